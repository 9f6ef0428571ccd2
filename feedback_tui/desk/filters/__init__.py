"""Case filters: as typed, as values, and as conditions of a statement."""
