"""Councils as data: one TOML file each, read and checked by ``rules.profile``."""
