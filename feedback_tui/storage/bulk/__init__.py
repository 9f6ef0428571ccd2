"""Fast work on many rows: bulk inserts, bulk updates, and export and import of a whole register."""
