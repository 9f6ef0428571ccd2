"""The search index and the name index."""
