"""The deadline queue and the other lists."""
