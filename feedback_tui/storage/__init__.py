"""The engine and its settings, the unit of work, migrations, checks. The only room that knows which database it is."""
