"""Where the figures come from: a few aggregate queries a section, in SQL that any database understands."""
