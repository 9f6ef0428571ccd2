"""The database engines: SQLite files and PostgreSQL servers, their schema and connections."""
