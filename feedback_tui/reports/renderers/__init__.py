"""The report in each format. A renderer only shows what the document says."""
