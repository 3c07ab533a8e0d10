"""People's own words in modals, exactly as they were typed: they call nobody and are no markup."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import shapes
from bot.forms import Form
from bot.letters import escape
from bot.shapes import SECTION_LIMIT, plain


def quoted(text: str) -> list[shapes.Block]:
    """A text in as many blocks as Slack needs for it."""
    shown = plain(escape(text))
    pieces = (shown[start : start + SECTION_LIMIT] for start in range(0, len(shown), SECTION_LIMIT))
    return [
        {"type": "section", "text": {"type": "plain_text", "text": piece, "emoji": False}} for piece in pieces
    ]


def with_words(form: Form, facts: Mapping[str, object], private: str, shown: Sequence[shapes.Block]) -> View:
    """A form above whose fields stands, in full, what is to be answered."""
    view = form.view(facts, private=private)
    made = list(view.blocks or ())
    intro = len(made) - len(form.fields)
    view.blocks = [*made[:intro], *Block.parse_all(list(shown)), *made[intro:]]
    return view
