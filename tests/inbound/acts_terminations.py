"""What changes something around the end of the Agreement (VII.1, VII.2)."""

from tests.inbound.sending import Act

ACTS: list[Act] = []
READING = {"terminations.status", "terminations.day"}
