"""The cases behind a figure: each key of the summary that counts cases, or something of theirs, lists them."""
