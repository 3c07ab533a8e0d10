"""The door of VI.1 to a mention: in plain text it is told to the owner, and anything else is asked of it."""

from bot.agreement import emblem_mentions, emblems
from bot.agreement.emblem_mentions import MentionKind
from bot.agreement.emblem_plans import Mark
from bot.agreement.rights import Act
from bot.forms import FieldKind, Form, FormField
from bot.letters import term
from handlers.calls import Call, Replace, Reply
from handlers.emblems import REQUEST, place_of, plan_view

MENTION = Form(
    "emblems/mention_form",
    "emblems.mention",
    (
        FormField("kind", FieldKind.RADIO),
        FormField("product", FieldKind.LINE),
        FormField("text", FieldKind.TEXT),
    ),
)


def open_mention(call: Call) -> Reply:
    """Open the form that asks in which way the other party is named."""
    with call.reading(Act.REQUEST_EMBLEM) as desk:
        owner = desk.definition.other(desk.person.party).abbreviation
        plain = emblem_mentions.needs_approval(desk, MentionKind.PLAIN_TEXT)
        place = place_of(desk, call.channel)
    facts = {"owner": owner, "plain_needs_approval": plain, "clause": emblems.CLAUSE}
    kinds = {"kind": [(kind.value, term(kind)) for kind in MentionKind]}
    call.open(MENTION.view(facts, options=kinds, private=place))
    return None


def submit_mention(call: Call) -> Reply:
    """Tell the owner of a mention in plain text; for anything else, go on with a request for its approval."""
    answers = call.answers
    kind = MentionKind(answers["kind"])
    with call.reading(Act.REQUEST_EMBLEM) as desk:
        owner = desk.definition.other(desk.person.party)
        if emblem_mentions.needs_approval(desk, kind):
            known = {"product": answers["product"], "mockup_text": answers["text"]}
            initial = {"mark": Mark.NAME.value, "purpose": term(kind), **known}
            return Replace(plan_view(REQUEST, desk, initial, call.private))
    call.act(
        emblem_mentions.note_mention,
        owner=owner.id,
        channel_id=call.private,
        kind=kind,
        product=answers["product"],
        text=answers["text"],
    )
    return None
