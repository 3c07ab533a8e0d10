"""What the parties signed, in Python: it knows no Slack, no templates, no clock and no network."""
