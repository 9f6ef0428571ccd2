"""Pieces that screens share: the virtual case table, fields and forms, drafts, the bar of keys."""
