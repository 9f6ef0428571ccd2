"""Screens for long work, the lock, days off and the working-day calculator."""
