"""The verbs that change a case: one file each, one verb one transaction. The only room that writes cases."""
