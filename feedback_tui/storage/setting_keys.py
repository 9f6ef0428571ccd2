"""What the settings of a register are called that it keeps for itself."""

CALENDAR = "calendar"
"""The setting that holds the fingerprint of the days off: whoever counts with others reads them again."""
OFFICIAL_DAYS = "official days off until"
PROFILE = "profile"
REGISTER = "register"
"""The setting that tells one register from another, whatever its record says: 32 hexadecimal digits, given by chance
when it is made. Those of before have none."""
PROFILE_MARK = "profile mark"
"""The setting that names the profile in use, once it was changed: whoever holds another reads it again."""
