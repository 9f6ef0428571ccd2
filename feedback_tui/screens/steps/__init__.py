"""Screens for the steps of a case: the menu, the form of each step, letters, and new feedback."""
