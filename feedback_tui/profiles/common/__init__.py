"""What all councils share until they write their own: their letters."""
