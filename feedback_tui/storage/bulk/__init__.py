"""Many rows at once: inserts, whole registers as values."""
