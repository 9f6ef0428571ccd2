"""The input of each verb: validated when created, with its text made safe. Creating one raises pydantic's
ValidationError."""
