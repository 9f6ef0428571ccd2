"""Lists the cases behind a figure: any key of the summary that counts cases or rows of cases."""
