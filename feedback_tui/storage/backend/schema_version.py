"""The shape of register that this program works with."""

HEAD = "0016"
"""The newest migration. A test holds it to the migrations folder."""
