"""The command line, family by family; `bot.cli` joins them, and alone knows doors and schedules."""
