"""Database access: engines and connections, the unit of work, migrations and integrity checks. No other package depends
on which database is used."""
