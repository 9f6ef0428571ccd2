"""Long work, the lock, days off, the working-day calculator."""
