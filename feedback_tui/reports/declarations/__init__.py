"""The figures of the report, each declared once: its key, its words, what it is of, and the cases that it counts."""
