"""The doors of IV.3 and IX.1(a): the register of what the parties concluded, and its two-sided record."""

from typing import Any

from bot.agreement import instrument_confirmations, instrument_entries, instruments
from bot.agreement.channels import Channel, Level, NoChannel, all_channels
from bot.agreement.desk import Desk
from bot.agreement.instrument_entries import Particulars
from bot.agreement.instruments import Instrument, InstrumentEnding, InstrumentKind
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.agreement.supersessions import confirming, signing
from bot.cards import card
from bot.cards.facts import place_name
from bot.cards.instruments import instrument_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import period, term, words
from bot.shapes import Button, message
from handlers.calls import Call, Reply, Tell, row_number

HEAD = (
    FormField("kind", FieldKind.RADIO),
    FormField("instrument", FieldKind.LINE),
    FormField("scope", FieldKind.LINE),
)
TERMS = (
    FormField("reference", FieldKind.LINE, optional=True),
    FormField("effective_on", FieldKind.DAY, optional=True),
    FormField("ends_on", FieldKind.DAY, optional=True),
    FormField("notice", FieldKind.LINE, optional=True, limit=20),
    FormField("review_on", FieldKind.DAY, optional=True),
)
FILE_FIELD = FormField("file", FieldKind.FILE, optional=True)
ADD = Form(
    "instruments/add_form",
    "instruments.add",
    (*HEAD, FormField("place", FieldKind.CHOICE), *TERMS, FILE_FIELD),
)
CORRECT = Form("instruments/correct_form", "instruments.correct", (*HEAD, *TERMS))
SIGN = Form(
    "instruments/sign_form",
    "instruments.sign",
    (
        FormField("signatory", FieldKind.LINE),
        FormField("capacity", FieldKind.LINE),
        FormField("signed_on", FieldKind.DAY),
    ),
)
FILE = Form(
    "instruments/file_form",
    "instruments.file",
    (FILE_FIELD, FormField("kept_at", FieldKind.LINE, optional=True)),
)
WITHDRAW = Form(
    "instruments/withdraw_form", "instruments.withdraw", (FormField("reason", FieldKind.TEXT, limit=1500),)
)
CONFIRM = Form("instruments/confirm_form", "instruments.confirm", ())
END = Form(
    "instruments/end_form",
    "instruments.end",
    (
        FormField("ending", FieldKind.RADIO),
        FormField("ending_on", FieldKind.DAY),
        FormField("replaced_by", FieldKind.LINE, optional=True, limit=20),
        FormField("note", FieldKind.TEXT, limit=1500),
    ),
)
CONFIRM_ENDING = Form("instruments/confirm_ending_form", "instruments.confirm_ending", ())
ADD_BUTTON = Button("instruments.add", "new", "add_instrument", "primary")
LIST_BUTTON = Button("instruments.list", "all", "instruments")
AMENDMENTS_BUTTON = Button("amendments.list", "all", "amendments")


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, term(kind)) for kind in InstrumentKind]


def open_add(call: Call) -> Reply:
    """Open the form in which an instrument is put on record."""
    with call.reading(Act.ADD_INSTRUMENT) as desk:
        others = desk.definition.others(desk.person.party)
        facts = {"others": tuple(party.abbreviation for party in others)}
        place = _place(desk, call.channel)
        places = [(row.channel_id, str(place_name(row))) for row in all_channels(desk.session)]
    options = {"kind": _kinds(), "place": places}
    call.open(ADD.view(facts, options=options, initial={"place": place.channel_id}))
    return None


def _place(desk: Desk, channel: str) -> Channel:
    """The shared channel the person is in, or the global one."""
    known = all_channels(desk.session)
    found = next(iter([*[row for row in known if row.channel_id == channel], *known]), None)
    if found is None:
        raise NoChannel(Level.GLOBAL)
    return found


def submit_add(call: Call) -> Reply:
    """Put the instrument on record."""
    call.act(
        instrument_entries.add,
        channel_id=call.answers["place"],
        particulars=_particulars(call.answers),
        file=call.attachment("file"),
    )
    return None


def _particulars(answers: dict[str, Any]) -> Particulars:
    days = {name: answers.get(name) for name in ("effective_on", "ends_on", "review_on")}
    return Particulars(
        kind=InstrumentKind(answers["kind"]),
        title=answers["instrument"],
        scope=answers["scope"],
        reference=answers["reference"],
        notice=answers["notice"],
        **days,
    )


def open_correction(call: Call) -> Reply:
    """Open the form in which particulars are corrected, with what is on record."""
    with call.reading(Act.ADD_INSTRUMENT) as desk:
        row = instruments.get_instrument(desk.session, row_number(call.value))
        facts = _facts(desk, row)
    known = row.model_dump(include={"scope", "reference", "effective_on", "ends_on", "notice", "review_on"})
    initial = {name: str(value) for name, value in known.items() if value}
    initial |= {"kind": row.kind.value, "instrument": row.title}
    if row.notice:
        initial["notice"] = period(row.notice)
    call.open(CORRECT.view(facts, options={"kind": _kinds()}, initial=initial, private=_seen(row)))
    return None


def submit_correction(call: Call) -> Reply:
    """Put the corrected particulars on record."""
    key, seen = _about(call)
    particulars = _particulars(call.answers)
    call.act(instrument_entries.correct, instrument_id=key, particulars=particulars, seen=seen)
    return None


def open_signature(call: Call) -> Reply:
    """Open the form in which the own party's signature is put on record, or corrected."""
    with call.reading() as desk:
        row = instruments.get_instrument(desk.session, row_number(call.value))
        require(desk.session, desk.person, signing(row))
        own = desk.definition.party(desk.person.party)
        known = instruments.signatures(desk.session, row).get(own.id)
        facts = {**_facts(desk, row), "own": own.abbreviation}
    initial = {"capacity": own.head}
    if known:
        initial = known.model_dump(include={"signatory", "capacity"})
        initial["signed_on"] = known.signed_on.isoformat()
    seen = known.revision if known else 0
    call.open(SIGN.view(facts, initial=initial, private=f"{row.key}@{seen}"))
    return None


def submit_signature(call: Call) -> Reply:
    """Put the own party's signature on record."""
    key, seen = _about(call)
    call.act(instrument_entries.sign, instrument_id=key, seen=seen, **call.answers)
    return None


def open_file(call: Call) -> Reply:
    """Open the form in which the signed file is handed in."""
    with call.reading() as desk:
        row = instruments.get_instrument(desk.session, row_number(call.value))
        require(desk.session, desk.person, signing(row))
    return _open(call, FILE, Act.READ)


def submit_file(call: Call) -> Reply:
    """Keep the signed file, or where it is kept."""
    call.act(
        instrument_entries.add_file,
        instrument_id=_about(call)[0],
        file=call.attachment("file"),
        kept_at=call.answers["kept_at"],
    )
    return None


def open_withdrawal(call: Call) -> Reply:
    """Open the form in which a draft is given up."""
    return _open(call, WITHDRAW, Act.ADD_INSTRUMENT)


def submit_withdrawal(call: Call) -> Reply:
    """Give up the draft."""
    call.act(instrument_entries.withdraw, instrument_id=_about(call)[0], reason=call.answers["reason"])
    return None


def open_confirmation(call: Call) -> Reply:
    """Show once more what would be confirmed."""
    with call.reading() as desk:
        row = instruments.get_instrument(desk.session, row_number(call.value))
        require(desk.session, desk.person, confirming(row), row)
        instrument_confirmations.check_ready(desk, row)
    return _open(call, CONFIRM, Act.READ)


def submit_confirmation(call: Call) -> Reply:
    """Confirm what the other side put on record."""
    key, seen = _about(call)
    call.act(instrument_confirmations.confirm, instrument_id=key, seen=seen)
    return None


def open_ending(call: Call) -> Reply:
    """Open the form in which an early end is put on record."""
    with call.reading(Act.ADD_INSTRUMENT) as desk:
        row = instruments.get_instrument(desk.session, row_number(call.value))
        instrument_confirmations.check_in_force(row)
    return _open(call, END, Act.ADD_INSTRUMENT)


def submit_ending(call: Call) -> Reply:
    """Put an early end on record, for the other side to confirm."""
    key, seen = _about(call)
    answers = {**call.answers, "ending": InstrumentEnding(call.answers["ending"])}
    call.act(instrument_confirmations.propose_ending, instrument_id=key, seen=seen, **answers)
    return None


def open_ending_confirmation(call: Call) -> Reply:
    """Show once more which end would be confirmed."""
    with call.reading() as desk:
        row = instruments.get_instrument(desk.session, row_number(call.value))
        require(desk.session, desk.person, Act.CONFIRM_INSTRUMENT, row)
        instrument_confirmations.check_ending(desk, row)
    return _open(call, CONFIRM_ENDING, Act.READ)


def submit_ending_confirmation(call: Call) -> Reply:
    """Confirm the early end that the other side put on record."""
    key, seen = _about(call)
    call.act(instrument_confirmations.confirm_ending, instrument_id=key, seen=seen)
    return None


def drop_ending(call: Call) -> Reply:
    """Take an early end that is not confirmed off the record."""
    event = call.act(instrument_confirmations.drop_ending, instrument_id=row_number(call.value))
    return call.again(event.subject)


def _open(call: Call, form: Form, act: Act) -> Reply:
    with call.reading(act) as desk:
        row = instruments.get_instrument(desk.session, row_number(call.value))
        facts = _facts(desk, row)
    endings = {"ending": [(each.value, term(each)) for each in InstrumentEnding]}
    call.open(form.view(facts, options=endings, private=_seen(row)))
    return None


def _facts(desk: Desk, row: Instrument) -> dict[str, Any]:
    return instrument_facts(desk, row.key)


def _seen(row: Instrument) -> str:
    """The instrument a form is about, and how much had been changed when it was opened."""
    return f"{row.key}@{row.version}"


def _about(call: Call) -> tuple[int, int]:
    key, _, seen = call.private.partition("@")
    return row_number(key), row_number(seen)


def listing(call: Call) -> Reply:
    """The register, by where each instrument stands."""
    with call.reading() as desk:
        facts = {
            "rows": [_line(row) for row in instruments.listing(desk.session)],
            "superseded": desk.definition.supersedes,
            "since": desk.definition.event("entry_into_force"),
        }
    return Tell(message(words("instruments/listing", facts), (ADD_BUTTON, AMENDMENTS_BUTTON)))


def _line(row: Instrument) -> dict[str, Any]:
    return {**instruments.about(row), "ends_on": row.last_day, "effective_on": row.effective_on}


def show(call: Call) -> Reply:
    """One instrument as it stands, by the number people quote."""
    with call.reading() as desk:
        row = instruments.by_number(desk.session, call.text or call.value)
        return Tell(card(desk, f"instrument:{row.key}"))


def help(call: Call) -> Reply:  # noqa: ARG001  a door that does not depend on who knocks
    """What /instrument does."""
    return Tell(message(words("instruments/help", {}), (ADD_BUTTON, LIST_BUTTON, AMENDMENTS_BUTTON)))
