"""A local Slack, strict where the real one is, for demonstrations and tests."""
