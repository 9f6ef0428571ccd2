"""The deadline queue and the other lists of cases."""
