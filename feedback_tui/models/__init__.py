"""What is stored: the tables of the register, one noun a file; and the input of each verb (``models.inputs``)."""
