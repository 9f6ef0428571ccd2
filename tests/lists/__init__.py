"""Lists as files: what is written is what stands in the rows."""
