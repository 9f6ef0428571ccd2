"""What officers read: the queue, a case, earlier cases. Readers return frozen rows, never rows of the database. Every
reader that takes a register can raise RegisterError."""
