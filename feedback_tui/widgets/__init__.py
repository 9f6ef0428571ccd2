"""Widgets that several screens use: the case table, fields and forms, drafts, the key bar; and the terminal drivers."""
