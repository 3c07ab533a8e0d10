"""IV.2-1: documents that are not acknowledged are mentioned again, with growing pauses."""

from bot.agreement.acknowledgements import to_be_nudged
from bot.agreement.catching_up import Importance, Matter
from bot.agreement.channels import channels_at_hand
from bot.agreement.desk import Desk
from bot.agreement.document_acknowledgements import nudge
from bot.agreement.documents import Document


def due(desk: Desk) -> list[Matter]:
    """The acknowledgements to ask for again; where the channel has been taken away, nobody is asked."""
    waiting = to_be_nudged(desk.session, desk.today, Document)
    known = {row.channel_id for row in channels_at_hand(desk.session)} if waiting else set()
    return [_matter(desk, row) for row in waiting if row.channel_id in known]


def _matter(desk: Desk, row: Document) -> Matter:
    # Each by itself, however late: a letter of several late things has no button to acknowledge a document.
    name = f"document {row.year}/{row.seq:06}"
    return Matter(Importance.REST, row.nudge_on or desk.today, name, nudge, {"document_id": row.key})
