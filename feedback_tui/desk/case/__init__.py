"""One case as a page: its parts as frozen rows."""
