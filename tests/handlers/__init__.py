"""The doors, through the door."""
