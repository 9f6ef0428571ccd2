"""Declares each figure of the report once: its key, its label, its base, and the cases that it counts."""
