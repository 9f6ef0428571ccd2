"""The full-text search index and the index of names."""
