"""Examines an installation from the outside, one check after the other, and never waits for long."""
