"""comity keeps an inter-agency agreement for two parties, as their neutral secretariat in Slack."""
