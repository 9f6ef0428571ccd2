"""The keys of the settings that a register keeps for itself."""

CALENDAR = "calendar"
"""The setting with the fingerprint of the days off; a program with another one reads them again."""
OFFICIAL_DAYS = "official days off until"
PROFILE = "profile"
REGISTER = "register"
"""The setting with the register's identity: 32 random hexadecimal digits, assigned when it is made. Registers made by
earlier versions have none."""
PROFILE_MARK = "profile mark"
"""The setting with the mark of the current profile, once it was changed; a program with another one reads it again."""
