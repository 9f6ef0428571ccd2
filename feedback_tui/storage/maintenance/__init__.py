"""Backup, restore, encryption, and removal of the traces of erased text."""
