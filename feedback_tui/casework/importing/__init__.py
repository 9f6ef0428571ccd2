"""Importing cases whole: rows of the register into cases, and cases into rows."""
