"""The doors of IV.2-1: what each side publishes again and again, and the documents that one offers the other."""

from datetime import date
from itertools import accumulate
from typing import Any

from bot.agreement import document_acknowledgements, documents, report_series
from bot.agreement.channels import Channel, Level, NoChannel, all_channels, get_channel
from bot.agreement.desk import Desk
from bot.agreement.exchanges import Classification
from bot.agreement.people import may, require
from bot.agreement.report_series import (
    CLAUSE,
    EVERY,
    ReportSeries,
    get_series,
    new_series,
    offer_days,
    series_of,
)
from bot.agreement.rights import Act
from bot.cards import card
from bot.cards.documents import document_facts, month_name, side_facts
from bot.cards.facts import place_name
from bot.forms import FieldKind, Form, FormField
from bot.letters import period, say, term, words
from bot.outbox import Message
from bot.shapes import Block, Button, actions, blocks, entry, note, section
from handlers.calls import Call, Replace, Reply, Tell, row_number

EACH = 8
"""How many lines of one kind the list shows for each side; it says how many more there are."""
ROOM = 3600
"""How many characters the list of each side, and that of the latest, may take: Slack refuses longer messages."""
OFFER = Form(
    "documents/offer_form",
    "documents.offer",
    (
        FormField("subject", FieldKind.LINE),
        FormField("series", FieldKind.CHOICE, optional=True),
        FormField("issue", FieldKind.LINE, limit=60),
        FormField("languages", FieldKind.LINE),
        FormField("published_on", FieldKind.DAY),
        FormField("place", FieldKind.CHOICE),
        FormField("classification", FieldKind.RADIO),
        FormField("link", FieldKind.LINE, optional=True, limit=500),
        FormField("file", FieldKind.FILE, optional=True),
    ),
)
SERIES = Form(
    "documents/series_form",
    "documents.series",
    (
        FormField("subject", FieldKind.LINE),
        FormField("every", FieldKind.CHOICE),
        FormField("month", FieldKind.CHOICE),
        FormField("languages", FieldKind.LINE),
        FormField("kept", FieldKind.RADIO),
    ),
)
ENDED = "ended"
MONTHS = range(1, 13)


def listing(call: Call) -> Reply:
    """What each side offers and what is outstanding; with a number behind it, that document."""
    if call.text:
        return show(call)
    with call.reading() as desk:
        return Tell(_listing(desk))


def show(call: Call) -> Reply:
    """One document as it stands, by the number people quote."""
    with call.reading() as desk:
        row = documents.by_number(desk.session, call.text or call.value)
        return Tell(card(desk, f"document:{row.key}"))


def _listing(desk: Desk) -> Message:
    facts = {"clause": CLAUSE, "offer_days": offer_days(desk), "any": bool(documents.latest(desk.session, 1))}
    parts = {**words("menu/labels", {}), **words("documents/listing", facts)}
    made: list[Block] = []
    for party in desk.definition.parties:
        made += _fitting(_side(desk, side_facts(desk, party), parts), parts["too_long"])
    recent = [document_facts(desk, row.key) for row in documents.latest(desk.session, EACH)]
    if recent:
        latest = blocks({"body": say("documents/rows", "latest", {"rows": recent})})
        made += _fitting(latest, parts["too_long"])
    beginning = blocks({"headline": parts["headline"], "body": parts["body"]})
    end = [*_doors(desk, parts), *blocks({"footer": parts["footer"]})]
    return Message(parts["notice"], [*beginning, *made, *end])


def _fitting(made: list[Block], too_long: str) -> list[Block]:
    """As much of a list as there is room for: somebody's long title must not keep the others from being read."""
    sizes = accumulate(len(block["text"]["text"]) for block in made)
    shown = [block for block, size in zip(made, sizes, strict=True) if size <= ROOM]
    return shown if len(shown) == len(made) else [*shown, section(too_long)]


def _side(desk: Desk, side: dict[str, Any], parts: dict[str, str]) -> list[Block]:
    made = [section(say("documents/rows", "side", {"side": side}))]
    for row in side["series"][:EACH]:
        mine = may(desk.session, desk.person, Act.KEEP_SERIES, get_series(desk.session, row["series_id"]))
        edit = Button("documents.series", str(row["series_id"]), "change") if mine else None
        made.append(entry(say("documents/rows", "series", {"row": row}), parts, edit, spoken=row["title"]))
    more = len(side["series"][EACH:])
    if more or side["waiting"]:
        facts = {"more": more, "rows": side["waiting"][:EACH], "others": len(side["waiting"][EACH:])}
        made += blocks({"body": say("documents/rows", "waiting", facts)})
    return made


def _doors(desk: Desk, parts: dict[str, str]) -> list[Block]:
    new = new_series(desk)
    doors = (
        (Act.OFFER_DOCUMENT, None, Button("documents.offer", "new", "offer", "primary")),
        (Act.KEEP_SERIES, new, Button("documents.series", "new", "add_series")),
    )
    buttons = [button for act, case, button in doors if may(desk.session, desk.person, act, case)]
    return [actions(parts, buttons)] if buttons else []


def open_offer(call: Call) -> Reply:
    """Open the form in which a document is offered; from a prompt its series is filled in."""
    with call.reading(Act.OFFER_DOCUMENT) as desk:
        own = series_of(desk.session, desk.person.party)
        asked = next((row for row in own if str(row.key) == call.value), None)
        facts = {
            "receiving": [party.abbreviation for party in desk.definition.others(desk.person.party)],
            "clause": CLAUSE,
            "offer_days": offer_days(desk),
        }
        options: dict[str, list[tuple[str, str]]] = {
            "series": [(str(row.key), row.title) for row in own[:100]],
            "place": [(row.channel_id, place_name(row)) for row in all_channels(desk.session)],
            "classification": [(each.value, term(each)) for each in Classification],
        }
        initial = {"place": _place(desk, call.channel).channel_id}
        if asked:
            initial |= {"series": str(asked.key), "subject": asked.title, "languages": asked.languages}
    call.open(OFFER.view(facts, options=options, initial=initial, private=call.channel))
    return None


def _place(desk: Desk, channel: str) -> Channel:
    known = all_channels(desk.session)
    found = next(iter([*(row for row in known if row.channel_id == channel), *known]), None)
    if found is None:
        raise NoChannel(Level.GLOBAL)
    return found


def submit_offer(call: Call) -> Reply:
    """Offer what was filled in; whoever typed it elsewhere reads where it was posted."""
    answers = call.answers
    series = answers.get("series", "")
    call.act(
        documents.offer,
        channel_id=answers["place"],
        title=answers["subject"],
        issue=answers["issue"],
        languages=answers["languages"],
        published_on=_day(answers["published_on"]),
        classification=Classification(answers["classification"]),
        series_id=row_number(series) if series else None,
        link=answers["link"],
        attachment=call.attachment("file"),
    )
    if answers["place"] == call.private:
        return None
    with call.reading() as desk:
        place = place_name(get_channel(desk.session, answers["place"]))
    return Replace(note(words("documents/posted", {"place": place, "channel": answers["place"]})))


def _day(value: object) -> date | None:
    """A day that was chosen; nothing else is one, whatever a forged form sends."""
    return value if isinstance(value, date) else None


def open_series(call: Call) -> Reply:
    """Open the form of one series of the person's own party, or of a new one."""
    known = "" if call.value == "new" else call.value
    with call.reading() as desk:
        row = get_series(desk.session, row_number(known)) if known else None
        case = row or new_series(desk)
        require(desk.session, desk.person, Act.KEEP_SERIES, case)
        facts = {"new": row is None, "clause": CLAUSE, "offer_days": offer_days(desk)}
        labels = words("documents/series_form", facts)
        options = {
            "every": [(each, period(each)) for each in EVERY],
            "month": [(str(month), month_name(month)) for month in MONTHS],
            "kept": [("kept", labels["kept_yes"]), (ENDED, labels["kept_no"])],
        }
        initial = _initial(row) if row else {"every": EVERY[0], "kept": "kept"}
    call.open(SERIES.view(facts, options=options, initial=initial, private=known))
    return None


def _initial(row: ReportSeries) -> dict[str, str]:
    return {
        "subject": row.title,
        "every": row.every,
        "month": str(row.month),
        "languages": row.languages,
        "kept": ENDED if row.ended_on else "kept",
    }


def submit_series(call: Call) -> Reply:
    """Keep the series as filled in."""
    answers = call.answers
    event = call.act(
        report_series.keep_series,
        title=answers["subject"],
        every=answers["every"],
        month=row_number(answers["month"]),
        languages=answers["languages"],
        series_id=row_number(call.private) if call.private else None,
        ended=answers["kept"] == ENDED,
    )
    return Replace(note(words("documents/series_kept", event.facts())))


def acknowledge(call: Call) -> Reply:
    """Confirm that the other party's document has arrived."""
    event = call.act(document_acknowledgements.acknowledge, document_id=row_number(call.value))
    return call.again(event.subject)
