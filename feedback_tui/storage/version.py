"""The shape of register that this program works with."""

HEAD = "0013"
"""The newest migration. A test holds it to the migrations folder."""
