"""The report as a document: sections of sentences and tables made from the figures. Renderers only show them."""
