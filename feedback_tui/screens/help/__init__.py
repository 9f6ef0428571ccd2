"""Screens for help, guides, the tour, the command palette and the first start."""
