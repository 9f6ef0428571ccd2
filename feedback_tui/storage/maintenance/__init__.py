"""Backups, restoring, encryption, and what erased words leave behind."""
