"""Decides which counts of a report are not printed: small counts, and counts from which a small one could be computed.

- `counts`: what each number of a report counts.
- `relations`: the equations between these counts, such as a whole and its parts.
- `statements`: the numbers and equations of one document.
- `possible_counts`: searches for other counts with which the printed report would be the same.
- `choice`: selects the counts to withhold.
- `printed`: answers whether a number of the document is printed.

`reports.small_numbers` then makes the document without them. In these modules a *place* is the index of a count in
`Relations.values`.
"""
