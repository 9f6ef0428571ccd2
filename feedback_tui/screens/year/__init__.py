"""The screens of the year: its figures, the cases behind each, its texts, its files."""
