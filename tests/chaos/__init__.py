"""Chaos: real processes killed at random, a Slack that fails, a database that restarts; and still said once."""
