"""The screens: each reads frozen rows from the desk, and takes steps through the verbs of casework."""
