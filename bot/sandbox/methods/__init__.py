"""The methods of the Web API the bot uses, one file a family; importing them fills the table."""

from bot.sandbox.methods import auth, chat, conversations, files, reactions, users, views

__all__ = ["auth", "chat", "conversations", "files", "reactions", "users", "views"]
