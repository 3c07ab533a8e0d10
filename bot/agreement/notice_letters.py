"""VII.1-2: the signed letter that gives notice: its language, and how it travelled."""

from enum import StrEnum


class NoticeLanguage(StrEnum):
    """The language in which the letter is drafted."""

    EN = "en"
    """English."""
    FR = "fr"
    """French."""
    ES = "es"
    """Spanish."""


class NoticeChannel(StrEnum):
    """How the signed letter travelled."""

    HAND = "hand"
    """Handed over in person."""
    COURIER = "courier"
    """By courier."""
    REGISTERED_POST = "registered_post"
    """By registered post."""
    EMAIL = "email"
    """By e-mail."""
    OTHER = "other"
    """In another way."""
