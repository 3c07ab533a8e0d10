"""The doors of IV.1: sharing something with the other party, and acknowledging what it shared."""

from collections.abc import Mapping
from typing import Any

from bot.agreement import acknowledgements, exchange_periods, exchanges, matters
from bot.agreement.channels import Channel, Level, NoChannel, all_channels, channel_for, get_channel
from bot.agreement.desk import Desk
from bot.agreement.exchanges import Classification, Exchange, Onward
from bot.agreement.ledger import get
from bot.agreement.people import require_clause
from bot.agreement.rights import Act
from bot.agreement.time_limits import civil_day
from bot.cards.exchanges import exchange_facts, exchange_in_full
from bot.cards.facts import place_name
from bot.forms import FieldKind, Form, FormField, Initial
from bot.letters import term, words
from bot.shapes import Button, message, note
from handlers.calls import Call, Replace, Reply, Tell, row_number

MATTER = "matter:"
"""Begins what the form keeps when it shares a matter that was noted before."""
SHARE = Form(
    "exchanges/share_form",
    "exchanges.share",
    (
        FormField("subject", FieldKind.LINE),
        FormField("summary", FieldKind.TEXT, limit=2000),
        FormField("area", FieldKind.CHOICE),
        FormField("place", FieldKind.CHOICE),
        FormField("counterparts", FieldKind.LINE, optional=True),
        FormField("asked", FieldKind.TEXT, optional=True, limit=600),
        FormField("classification", FieldKind.RADIO),
        FormField("onward", FieldKind.RADIO),
        FormField("link", FieldKind.LINE, optional=True, limit=500),
        FormField("file", FieldKind.FILE, optional=True),
    ),
)


def open_share(call: Call) -> Reply:
    """Open the form in which something is shared; from a prompt it answers that prompt."""
    period = call.value if call.value.isdecimal() else ""
    with call.reading(Act.SHARE_UPDATE) as desk:
        if not period:
            require_clause(desk.session, *exchanges.SHARED_UNDER)
        place_id = place(desk, call.channel, period).channel_id
    return open_filled(call, {"place": place_id}, f"{period}@{call.channel}")


def open_filled(call: Call, initial: Mapping[str, Initial], private: str) -> Reply:
    """Open the form with some fields filled in; what began it (a period, a matter) stands in `private`."""
    with call.reading(Act.SHARE_UPDATE) as desk:
        others = desk.definition.others(desk.person.party)
        facts = {
            "receiving": [party.abbreviation for party in others],
            "clause": exchanges.CLAUSE,
            "matter": private.startswith(MATTER),
        }
        chosen = {"onward": Onward.BOTH_ORGANIZATIONS.value, **initial}
        view = SHARE.view(facts, options=options(desk), initial=chosen, private=private)
    call.open(view)
    return None


def options(desk: Desk) -> dict[str, list[tuple[str, str]]]:
    """What there is to choose from in the form."""
    return {
        "area": [(area.id, f"{area.title} ({area.clause})") for area in desk.definition.areas],
        "place": [(row.channel_id, place_name(row)) for row in all_channels(desk.session)],
        "classification": [(each.value, term(each)) for each in Classification],
        "onward": [(each.value, term(each)) for each in Onward],
    }


def place(desk: Desk, channel: str, period: str = "") -> Channel:
    """The channel that was asked about its period, else the one the person is in, else the global one."""
    if period:
        return channel_for(desk.session, get(desk.session, row_number(period)).scope)
    known = all_channels(desk.session)
    here = [row for row in known if row.channel_id == channel]
    found = next(iter([*here, *known]), None)
    if found is None:
        raise NoChannel(Level.GLOBAL)
    return found


def submit_share(call: Call) -> Reply:
    """Share what was filled in; whoever typed it elsewhere reads where it was posted."""
    answers = call.answers
    began_with, _, typed_in = call.private.partition("@")
    matter = row_number(began_with.removeprefix(MATTER)) if began_with.startswith(MATTER) else None
    period = row_number(began_with) if began_with and matter is None else None
    about = {} if matter is None else {"matter_id": matter}
    call.act(
        exchanges.share if matter is None else matters.share_matter,
        channel_id=answers["place"],
        title=answers["subject"],
        summary=answers["summary"],
        area=answers["area"],
        classification=Classification(answers["classification"]),
        # A form that was open before this field came to it is sent in without it.
        onward=Onward(answers.get("onward") or Onward.BOTH_ORGANIZATIONS),
        counterparts=answers["counterparts"],
        asked=answers["asked"],
        link=answers["link"],
        attachment=call.attachment("file"),
        occurrence_id=period,
        **about,
    )
    return None if answers["place"] == typed_in else _posted(call, answers["place"])


def _posted(call: Call, channel_id: str) -> Reply:
    with call.reading() as desk:
        facts = {"place": place_name(get_channel(desk.session, channel_id)), "channel": channel_id}
    return Replace(note(words("exchanges/posted", facts)))


def report_nothing(call: Call) -> Reply:
    """Say that there is nothing to report for the period."""
    call.act(exchange_periods.report_nothing, occurrence_id=row_number(call.value))
    return None


def acknowledge(call: Call) -> Reply:
    """Confirm that what the other party shared has arrived."""
    event = call.act(acknowledgements.acknowledge, exchange_id=row_number(call.value))
    return call.again(event.subject)


def listing(call: Call) -> Reply:
    """The latest shares of both parties; those still open, of one's own party or of one place, if asked for."""
    with call.reading() as desk:
        rows = exchanges.listing(desk.session, **_wanted(desk, call.text.strip()))
        facts = {"rows": [_line(desk, row) for row in rows], "chosen": call.text, "clause": exchanges.CLAUSE}
    return Tell(message(words("exchanges/listing", facts)))


def _wanted(desk: Desk, word: str) -> dict[str, Any]:
    """What to list for a word: nothing, "open", "mine" or the beginning of a place's name."""
    kinds: dict[str, dict[str, Any]] = {
        "": {},
        "open": {"unacknowledged": True},
        "mine": {"party": desk.person.party},
    }
    places = {place_name(row): {"channel_id": row.channel_id} for row in all_channels(desk.session)}
    found = [kind for name, kind in places.items() if word and name.lower().startswith(word.lower())]
    chosen = kinds.get(word.lower(), next(iter(found), None))
    if chosen is None:
        raise exchanges.NoSuchList(word, tuple(places))
    return chosen


def _line(desk: Desk, row: Exchange) -> dict[str, object]:
    shared_on = civil_day(row.shared_at, desk.definition.tz)
    return {**exchange_facts(desk, row.key), "shared_on": shared_on}


def show(call: Call) -> Reply:
    """One share as it stands, by the number people quote."""
    with call.reading() as desk:
        row = exchanges.by_number(desk.session, call.text or call.value)
        return Tell(exchange_in_full(desk, row.key))


def help(call: Call) -> Reply:  # noqa: ARG001  the one door that does not depend on who knocks
    """What this command does and who may do it."""
    buttons = (Button("exchanges.share", "new", "share", "primary"), Button("exchanges.list", "all", "list"))
    return Tell(message(words("exchanges/help", {"clause": exchanges.CLAUSE}), buttons))
