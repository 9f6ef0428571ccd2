"""What the form of a step has beside its record: where it depends on the case, or asks for several things in one."""
