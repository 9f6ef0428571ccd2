"""Lists as data: named columns over frozen rows, written as CSV, xlsx or JSON."""
