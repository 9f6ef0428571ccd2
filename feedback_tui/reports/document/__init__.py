"""The year as it is read: sections of sentences and tables made from the figures; each renderer only shows them."""
