"""How near a day must be for it to wait for somebody."""

from datetime import timedelta

ANSWER_SOON = timedelta(days=14)
"""How long before the end of a period, or the day of an item, it is shown to those who may answer for it."""
