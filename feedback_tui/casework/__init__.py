"""The verbs that change a case: one verb is one transaction, and most have a file of their own. No other package writes
cases."""
