"""Which cases are meant: filters as typed, as values, and as conditions of a statement."""
