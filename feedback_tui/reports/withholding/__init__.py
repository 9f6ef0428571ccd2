"""Withholds small counts from a report, and whatever they could be worked out from.

`counts` says what each number of a report counts, `relations` how these counts hang together, `alternatives` looks for
another set of counts that prints the same report, `choice` decides which counts are withheld, and `published`
leaves them out of the document and of the JSON.
"""
