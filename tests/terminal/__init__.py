"""The real program in a pseudo-terminal, its screen read as a person reads it."""
