"""X.2: a new agreement of both parties replaces this one as a whole; one side alone can bring about nothing."""

from datetime import date, datetime
from io import BytesIO
from itertools import permutations
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import select

from bot.agreement import instrument_confirmations, instrument_entries
from bot.agreement.errors import AgreementError
from bot.agreement.exchanges import Exchange, ExchangeStatus
from bot.agreement.files import Attachment, record_of
from bot.agreement.instrument_entries import Particulars
from bot.agreement.instruments import Instrument, InstrumentKind, InstrumentMovedOn, InstrumentStatus
from bot.agreement.people import NotMandated, WrongSide
from bot.agreement.standing import AgreementEnd
from bot.agreement.supersessions import KindFixed
from bot.journal import Entry, faults
from tests.clauses.exchanging import share
from tests.handlers.noticing import acknowledged
from tests.handlers.pressing import home_words, modal_words
from tests.handlers.test_instruments import LIAISON, add, press, row
from tests.office import ZURICH, Office, words_of

FIRST_DAY = date(2027, 1, 1)
LAST_DAY = date(2026, 12, 31)
NEW: dict[str, Any] = {
    "kind": "new agreement that replaces this one",
    "instrument": "Cooperation Agreement of 2026",
    "scope": "All that the Agreement of 2020 covers",
    "effective_on": FIRST_DAY,
    "ends_on": None,
    "notice": "",
    "review_on": None,
}
FILE = ("agreement-2026.pdf", b"the new agreement, signed by both")
SIGNED = {"capacity": "Director-General", "signed_on": date(2026, 11, 20)}
ILO, IOM = "Amina Diallo", "Helena Costa"
WITHOUT_SIGNATURE = ["Pierre Favre", "Lucía Romero", "Mei Chen", "Ravi Menon", "Victor Lang", "Clara Novak"]


@pytest.fixture(params=["office", "office_on_postgres"], ids=["SQLite", "PostgreSQL"])
def either(request: pytest.FixtureRequest) -> Office:
    """The same office on each of the databases."""
    made: Office = request.getfixturevalue(request.param)
    return made


def entered(office: Office, **changes: Any) -> None:
    assert add(office, **{**NEW, **changes}).ok


def both_signed(office: Office, **changes: Any) -> None:
    entered(office, **changes)
    press(office, ILO, "sign", {"signatory": "G. Houngbo", **SIGNED})
    press(office, IOM, "sign", {"signatory": "A. Pope", **SIGNED})


def filed(office: Office, **changes: Any) -> None:
    both_signed(office, **changes)
    press(office, ILO, "file", {"file": FILE})


def confirmed(office: Office, **changes: Any) -> None:
    filed(office, **changes)
    press(office, IOM, "confirm", {})


def end(office: Office) -> AgreementEnd | None:
    with office.reading() as desk:
        return desk.session.exec(select(AgreementEnd)).first()


def test_x_2_both_signatories_and_the_file_replace_the_agreement_without_a_notice(either: Office) -> None:
    office = either
    filed(office)
    assert end(office) is None

    press(office, IOM, "confirm", {})

    found = end(office)
    assert found is not None
    assert (found.ends_on, found.notice_id, found.instrument_id) == (LAST_DAY, None, 1)
    said = words_of(office.channel(LIAISON))
    assert "is replaced from Friday 1 January 2027 by “Cooperation Agreement of 2026” (X.2)" in said
    assert "is replaced from Friday 1 January 2027" in words_of(office.channel("ilo-iom-east-africa"))
    assert "is replaced from Friday 1 January 2027" in words_of(office.direct("Nadia Petrova"))
    assert "SHA-256" in said


def test_x_2_what_it_means_is_read_before_it_is_confirmed(office: Office) -> None:
    filed(office)

    office.click(IOM, "instruments.confirm")

    said = modal_words(office, IOM)
    assert "*It takes the place of the Agreement as a whole* (X.2): from Friday 1 January 2027" in said
    assert "the Agreement ends at the end of Thursday 31 December 2026" in said
    assert "agreement-2026.pdf (SHA-256" in said


def test_x_2_until_that_day_it_is_in_force_and_the_standing_says_what_comes(office: Office) -> None:
    confirmed(office)

    status = office.command("Mei Chen", "/agreement status")
    assert (
        "*A new agreement takes its place: the Agreement ends at the end of Thursday 31 December 2026*"
        in status
    )
    assert (
        "“Cooperation Agreement of 2026” (instrument 2026/1), in force from Friday 1 January 2027" in status
    )
    assert "no notice is needed" in status
    assert "*A new agreement takes its place:" in home_words(office.home("Mei Chen"))
    assert "*A new agreement takes its place: the Agreement ends" in office.command(ILO, "/agreement due")
    assert "otice is on record:" not in status
    office.command("Mei Chen", "/emblem request")
    assert modal_words(office, "Mei Chen")


def test_x_2_from_that_day_the_agreement_is_superseded_and_its_routines_close(either: Office) -> None:
    office = either
    share(office)
    confirmed(office)
    office.clock.move_to(datetime(2027, 1, 1, 10, tzinfo=ZURICH))
    office.tick()
    office.tick()

    told = [
        m
        for m in office.channel(LIAISON)
        if "ended at the end of Thursday 31 December 2026 (X.2)" in m["text"]
    ]
    assert len(told) == 1
    assert (
        "because “Cooperation Agreement of 2026” (instrument 2026/1), signed and confirmed by both parties,"
        " took its place on Friday 1 January 2027 (clause X.2); no notice was needed"
    ) in words_of(told)
    assert "by the notice on record" not in words_of(office.channel(LIAISON))
    with office.reading() as desk:
        assert desk.session.exec(select(Exchange)).one().status is ExchangeStatus.SHARED
        ended = desk.session.exec(select(Entry).where(Entry.event == "agreement_ended")).one()
        assert (ended.clause, ended.subject) == ("X.2", "superseded:1")
        assert not list(faults(desk.session))
    office.clock.move_to(datetime(2027, 1, 4, 10, tzinfo=ZURICH))
    office.tick()
    assert row(office).status is InstrumentStatus.IN_FORCE


def test_x_2_new_requests_are_refused_with_that_reason_and_what_outlives_it_goes_on(office: Office) -> None:
    confirmed(office)
    office.clock.move_to(datetime(2027, 1, 1, 10, tzinfo=ZURICH))
    office.tick()

    said = office.command("Mei Chen", "/emblem request")
    assert (
        "ended at the end of Thursday 31 December 2026, because another agreement took its place (X.2)"
        in said
    )
    status = office.command("Mei Chen", "/termination status")
    assert "took its place on Friday 1 January 2027 (clause X.2)" in status
    assert "by a notice" not in office.command("Mei Chen", "/agreement status")


def test_x_2_the_survivor_report_names_the_instrument_and_not_a_notice(office: Office) -> None:
    confirmed(office)
    office.clock.move_to(datetime(2027, 1, 1, 10, tzinfo=ZURICH))
    office.tick()

    with office.reading() as desk:
        record = record_of(desk.session, "superseded:1")
        assert record
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(record.content)).pages).split()
    )
    assert "because “Cooperation Agreement of 2026” (instrument 2026/1)" in text
    assert "What was open and is closed (X.2)" in text
    assert "by a notice" not in text


@pytest.mark.parametrize("name", WITHOUT_SIGNATURE)
@pytest.mark.parametrize("action", ["sign", "file", "confirm"])
def test_x_2_nobody_without_the_signatorys_mandate_can_do_any_step(
    office: Office, name: str, action: str
) -> None:
    both_signed(office) if action != "sign" else entered(office)
    if action == "confirm":
        press(office, IOM, "file", {"file": FILE})

    told = office.click(name, f"instruments.{action}")

    assert told
    assert end(office) is None
    assert row(office).is_confirmed is False


def test_x_2_one_side_alone_cannot_replace_the_agreement(office: Office) -> None:
    entered(office)
    file = Attachment(*FILE)
    facts = {"instrument_id": 1, "signatory": "G. Houngbo", **SIGNED}
    office.act(ILO, instrument_entries.sign, **facts)
    office.act(ILO, instrument_entries.add_file, instrument_id=1, file=file)

    with pytest.raises(WrongSide):
        office.act(ILO, instrument_confirmations.confirm, instrument_id=1, seen=row(office).version)
    with pytest.raises(instrument_confirmations.InstrumentNotReady):
        office.act(IOM, instrument_confirmations.confirm, instrument_id=1, seen=row(office).version)
    office.act(IOM, instrument_entries.sign, **{**facts, "signatory": "A. Pope"})
    with pytest.raises(WrongSide):
        office.act(ILO, instrument_confirmations.confirm, instrument_id=1, seen=row(office).version)

    office.pass_to(date(2027, 1, 4))
    assert end(office) is None
    assert "in force since" in office.command("Mei Chen", "/agreement status")


def test_x_2_no_order_of_one_sides_steps_ends_the_agreement(office: Office) -> None:
    given = Particulars(kind=InstrumentKind.REPLACEMENT, title="New", scope="All", effective_on=FIRST_DAY)
    steps = {
        "sign": (instrument_entries.sign, {"signatory": "G. Houngbo", **SIGNED}),
        "file": (instrument_entries.add_file, {"file": Attachment(*FILE)}),
        "correct": (instrument_entries.correct, {"particulars": given}),
        "confirm": (instrument_confirmations.confirm, {"seen": 0}),
    }
    for number, order in enumerate(permutations(steps), start=1):
        office.act("Lucía Romero", instrument_entries.add, channel_id="C0LIAISON", particulars=given)
        done = [_tried(office, ILO, number, *steps[name]) for name in order]
        assert done[order.index("confirm")] is False
        assert done[order.index("sign")] is True
    assert end(office) is None


def _tried(office: Office, name: str, number: int, verb: Any, facts: dict[str, Any]) -> bool:
    """Whether it could be done, with whatever was last seen."""
    with office.reading() as desk:
        version = desk.session.get_one(Instrument, number).version
    seen = {} if "seen" not in verb.__annotations__ or verb is instrument_entries.sign else {"seen": version}
    try:
        office.act(name, verb, instrument_id=number, **{**facts, **seen})
    except AgreementError:
        return False
    return True


def test_x_2_without_the_signed_file_on_record_here_nothing_is_confirmed(office: Office) -> None:
    both_signed(office)

    assert "the signed file is not on record here" in office.click(IOM, "instruments.confirm")
    result = press(office, ILO, "file", {"kept_at": "In the registry"})
    assert "file" in result.errors
    assert end(office) is None


def test_x_2_whoever_handed_the_file_in_does_not_confirm_it(office: Office) -> None:
    both_signed(office)
    press(office, IOM, "file", {"file": FILE})

    assert office.click(IOM, "instruments.confirm")
    press(office, ILO, "confirm", {})
    found = end(office)
    assert found is not None
    assert found.instrument_id == 1


def test_x_2_a_paper_that_was_signed_as_another_kind_does_not_become_a_replacement(office: Office) -> None:
    add(office)
    press(office, "Lucía Romero", "sign", {"signatory": "L. Romero", **SIGNED})
    given = Particulars(
        kind=InstrumentKind.REPLACEMENT, title="New", scope="All", effective_on=date(2027, 1, 1)
    )

    with pytest.raises(KindFixed):
        office.act("Lucía Romero", instrument_entries.correct, instrument_id=1, particulars=given, seen=1)


def test_x_2_it_is_not_replaced_from_a_day_before_the_later_signature(office: Office) -> None:
    filed(office, effective_on=date(2026, 11, 19))

    told = office.click(IOM, "instruments.confirm")

    assert "but it was signed by both parties only on Friday 20 November 2026" in told
    assert end(office) is None


def test_x_2_two_who_confirm_at_once_make_one_end_and_the_second_hears_who_was_first(office: Office) -> None:
    filed(office)
    seen = row(office).version
    office.act(IOM, instrument_confirmations.confirm, instrument_id=1, seen=seen)

    with pytest.raises(InstrumentMovedOn) as second:
        office.act(IOM, instrument_confirmations.confirm, instrument_id=1, seen=seen)

    assert second.value.by == IOM


@pytest.mark.parametrize(
    ("first_day", "expected"),
    [(date(2027, 3, 10), (date(2027, 2, 28), 1, None)), (date(2027, 2, 1), (date(2027, 1, 31), None, 1))],
    ids=["the notice ends it sooner", "the new agreement replaces it sooner"],
)
def test_x_2_whichever_of_a_notice_and_a_new_agreement_comes_first_ends_the_agreement(
    office: Office, first_day: date, expected: tuple[date, int | None, int | None]
) -> None:
    confirmed(office, effective_on=first_day)
    acknowledged(office)

    found = end(office)

    assert found is not None
    assert (found.ends_on, found.notice_id, found.instrument_id) == expected


def test_x_2_hostile_titles_stay_words(office: Office) -> None:
    confirmed(office, instrument="<!channel> *all*")

    assert "<!channel>" not in words_of(office.channel("ilo-iom-east-africa"))
    with office.reading() as desk:
        assert desk.session.get_one(Instrument, 1).title == "<!channel> *all*"


def test_x_2_other_kinds_are_signed_and_confirmed_as_before(office: Office) -> None:
    add(office)
    press(office, "Lucía Romero", "sign", {"signatory": "G. Houngbo", **SIGNED})
    press(office, "Nadia Petrova", "sign", {"signatory": "A. Pope", **SIGNED})
    press(office, "Nadia Petrova", "confirm", {})

    assert row(office).is_confirmed
    assert end(office) is None
    with pytest.raises(NotMandated):
        office.act("Lucía Romero", instrument_entries.sign, **_other(office))


def _other(office: Office) -> dict[str, Any]:
    add(office, **NEW)
    return {"instrument_id": 2, "signatory": "L. Romero", **SIGNED}
