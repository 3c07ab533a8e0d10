"""VI.1: naming the other party in plain text, of which its owner is told; for more than that it is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, col, select

from bot.agreement.channels import get_channel
from bot.agreement.desk import Desk
from bot.agreement.emblem_plans import FieldEmpty
from bot.agreement.emblems import CLAUSE
from bot.agreement.errors import FieldError
from bot.agreement.events import Event
from bot.agreement.numbering import NumberedRow, next_seq
from bot.agreement.people import require
from bot.agreement.rights import Act


class MentionKind(StrEnum):
    """How the other party is named."""

    PLAIN_TEXT = "plain_text"
    """In a sentence, as a fact."""
    ENDORSEMENT = "endorsement"
    """As if it supported or recommended something."""
    BRANDING = "branding"
    """As part of a title, a cover or a design."""
    HEADLINE = "headline"
    """In a headline."""


class EmblemMention(NumberedRow, table=True):
    """One plain-text mention of the other party, as the using side put it on record."""

    __table_args__ = (UniqueConstraint("year", "seq"),)

    using_party: str
    owner_party: str
    product: str
    text: str
    channel_id: str = Field(foreign_key="channel.channel_id")
    noted_by: int = Field(foreign_key="person.id")
    noted_at: datetime


@dataclass(frozen=True, kw_only=True)
class PlainMentionNoted(Event):
    """A party put on record that it names the other in plain text."""

    mention_id: int
    number: str
    asking: str
    owner: str
    product: str
    text: str
    by: str


@dataclass
class ApprovalNeeded(FieldError):
    """A mention of this kind is a use that needs the owner's approval."""

    routine = "emblems"
    kind: MentionKind
    owner: str


def needs_approval(desk: Desk, kind: MentionKind) -> bool:
    """Whether a mention needs its owner's approval: in plain text it does only if the parties say so."""
    policy = str(desk.definition.policy("permission.plain_text_mention"))
    return kind is not MentionKind.PLAIN_TEXT or policy == "approval"


def note_mention(
    desk: Desk, *, owner: str, channel_id: str, kind: MentionKind, product: str, text: str
) -> PlainMentionNoted:
    """Put a plain-text mention on record; its owner is told, and nothing is asked of it."""
    require(desk.session, desk.person, Act.REQUEST_EMBLEM)
    for name, value in (("product", product), ("text", text)):
        if not value.strip():
            raise FieldEmpty(name)
    if needs_approval(desk, kind):
        raise ApprovalNeeded("kind", kind, desk.definition.party(owner).abbreviation)
    get_channel(desk.session, channel_id)
    row = EmblemMention(
        year=desk.today.year,
        seq=next_seq(desk.session, EmblemMention, desk.today.year),
        using_party=desk.person.party,
        owner_party=owner,
        product=product.strip(),
        text=text.strip(),
        channel_id=channel_id,
        noted_by=desk.person.key,
        noted_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    return PlainMentionNoted(
        clause=CLAUSE,
        subject=f"emblem_mention:{row.key}",
        mention_id=row.key,
        number=row.number,
        asking=desk.definition.party(row.using_party).abbreviation,
        owner=desk.definition.party(row.owner_party).abbreviation,
        product=row.product,
        text=row.text,
        by=desk.person.name,
    )


def mentions(session: Session, limit: int = 10) -> Sequence[EmblemMention]:
    """The latest mentions, newest first."""
    return session.exec(select(EmblemMention).order_by(col(EmblemMention.id).desc()).limit(limit)).all()
