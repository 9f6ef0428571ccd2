"""What the law and the council ask. Pure: no database, no clock of its own, no screen; today is always handed in."""
