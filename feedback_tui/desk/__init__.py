"""What an officer reads: the queue, a case, earlier cases. Frozen rows, never rows of the database."""
