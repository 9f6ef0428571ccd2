"""Help, guides, tour, command palette, first start."""
