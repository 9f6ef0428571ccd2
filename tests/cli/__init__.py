"""The commands, as a script or a person at a prompt uses them."""
