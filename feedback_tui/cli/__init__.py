"""The commands: each parses its options, calls one verb or reader, and prints. Data goes to standard output, messages
to standard error.

A command may raise any PlainError, pydantic's ValidationError, typer.BadParameter (wrong usage) and typer.Exit.
`main.run` turns each into a message and an exit code.
"""
