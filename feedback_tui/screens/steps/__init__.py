"""Steps of a case: the menu, the form of each, letters, and new feedback."""
