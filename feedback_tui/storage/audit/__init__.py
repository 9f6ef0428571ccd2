"""The record of events: captured changes, hash chain, replay, check."""
