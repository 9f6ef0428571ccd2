"""The verbs that change a case: one verb is one transaction, and most have a file of their own. No other package writes
cases.

A verb that is given the reference of its case raises what `actor.find_case` raises (NoSuchCase, ConflictError,
Restricted, StepNotAllowed after erasure), and any verb a RegisterError of the storage. The docstrings of verbs need not
repeat these.
"""
