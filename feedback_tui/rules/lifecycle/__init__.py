"""The life of a case: which step may follow which."""
