"""The year: its figures, the cases behind each, its words, its files."""
