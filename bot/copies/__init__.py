"""Consistent copies of a SQLite database and its files: made on a running bot, checked, and put back."""
