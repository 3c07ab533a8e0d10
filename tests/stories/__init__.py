"""What happened, told from beginning to end."""
