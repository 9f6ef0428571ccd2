"""Import of whole cases: rows of the register into cases, and cases into rows."""
