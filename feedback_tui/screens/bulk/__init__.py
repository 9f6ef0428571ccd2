"""One step for many cases."""
