"""What is stored: the tables of the register, and the input of each verb (``models.inputs``)."""
