"""Benchmarks that anyone can run: ``make bench``. Each is a ratio of two things measured side by side in one run."""
