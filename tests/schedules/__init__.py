"""The clock: what is said, when, and once."""
