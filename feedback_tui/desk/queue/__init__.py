"""The deadline queue: its rows, their order and groups, and the statements that read them."""
