"""Renders a document in each format. A renderer only shows what the document says."""
