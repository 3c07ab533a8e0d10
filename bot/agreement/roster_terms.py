"""What the roster and the register of designations have in common: Slack's numbers, and when an end is said."""

TEAM = r"[TE][A-Z0-9]{2,}"
USER = r"[UW][A-Z0-9]{2,}"
ENDS = "designation_ends"
"""The follow-up that says that a contact point's designation comes to its end."""
WARNINGS = ("P30D", "P7D")
"""How long before a contact point's designation ends its party is told."""
