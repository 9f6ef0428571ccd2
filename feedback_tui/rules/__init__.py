"""The rules of the law and of the council. Pure functions: no database, no clock and no screen; today is always an
argument."""
