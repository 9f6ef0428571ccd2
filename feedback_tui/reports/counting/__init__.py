"""Counts the figures with a few aggregate queries for each section, in SQL that SQLite and PostgreSQL share."""
