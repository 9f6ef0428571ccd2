"""The page of one case, as frozen rows."""
