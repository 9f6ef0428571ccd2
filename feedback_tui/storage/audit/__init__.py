"""The event record: change capture, hash chain, replay and integrity check."""
