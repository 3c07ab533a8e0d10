"""The doors of IV.1: sharing something with the other party, and acknowledging what it shared."""

from bot.agreement import acknowledgements, exchange_periods, exchanges
from bot.agreement.channels import Channel, Level, NoChannel, all_channels, channel_for, get_channel
from bot.agreement.desk import Desk
from bot.agreement.exchanges import Classification, Exchange
from bot.agreement.ledger import get
from bot.agreement.rights import Act
from bot.agreement.time_limits import civil_day
from bot.cards import card
from bot.cards.exchanges import exchange_facts
from bot.cards.facts import place_name
from bot.forms import FieldKind, Form, FormField
from bot.letters import term, words
from bot.shapes import Button, message, note
from handlers.calls import Call, Replace, Reply, Tell, row_number

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
        FormField("link", FieldKind.LINE, optional=True, limit=500),
        FormField("file", FieldKind.FILE, optional=True),
    ),
)


def open_share(call: Call) -> Reply:
    """Open the form in which something is shared; from a prompt it answers that prompt."""
    period = call.value if call.value.isdecimal() else ""
    with call.reading(Act.SHARE_UPDATE) as desk:
        others = desk.definition.others(desk.person.party)
        facts = {"receiving": [party.abbreviation for party in others], "clause": exchanges.CLAUSE}
        place = _place(desk, call.channel, period)
        options = _options(desk)
    private = f"{period}@{call.channel}"
    call.open(SHARE.view(facts, options=options, initial={"place": place.channel_id}, private=private))
    return None


def _options(desk: Desk) -> dict[str, list[tuple[str, str]]]:
    return {
        "area": [(area.id, f"{area.title} ({area.clause})") for area in desk.definition.areas],
        "place": [(row.channel_id, place_name(row)) for row in all_channels(desk.session)],
        "classification": [(each.value, term(each)) for each in Classification],
    }


def _place(desk: Desk, channel: str, period: str) -> Channel:
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
    period, _, typed_in = call.private.partition("@")
    attachment = call.attachment("file")
    call.act(
        exchanges.share,
        channel_id=answers["place"],
        title=answers["subject"],
        summary=answers["summary"],
        area=answers["area"],
        classification=Classification(answers["classification"]),
        counterparts=answers["counterparts"],
        asked=answers["asked"],
        link=answers["link"],
        attachment=attachment,
        occurrence_id=row_number(period) if period else None,
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
    """The latest shares of both parties."""
    with call.reading() as desk:
        rows = [_line(desk, row) for row in exchanges.listing(desk.session)]
    return Tell(message(words("exchanges/listing", {"rows": rows, "clause": exchanges.CLAUSE})))


def _line(desk: Desk, row: Exchange) -> dict[str, object]:
    shared_on = civil_day(row.shared_at, desk.definition.tz)
    return {**exchange_facts(desk, row.key), "shared_on": shared_on}


def show(call: Call) -> Reply:
    """One share as it stands, by the number people quote."""
    with call.reading() as desk:
        row = exchanges.by_number(desk.session, call.text or call.value)
        return Tell(card(desk, f"exchange:{row.key}"))


def help(call: Call) -> Reply:  # noqa: ARG001  the one door that does not depend on who knocks
    """What this command does and who may do it."""
    buttons = (Button("exchanges.share", "new", "share", "primary"), Button("exchanges.list", "all", "list"))
    return Tell(message(words("exchanges/help", {"clause": exchanges.CLAUSE}), buttons))
