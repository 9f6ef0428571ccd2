"""The commands of steps that the record of a step alone cannot make; `own_command` of the record names the module."""
