"""The schema version that this program works with."""

HEAD = "0022"
"""The number of the newest migration. A test compares it with the migrations folder."""
