"""IV.3 and IX.1(a) through the door: a two-sided register, its days said once, and what outlives the Agreement."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement.files import Attachment
from bot.agreement.instrument_confirmations import (
    NothingToConfirm,
    confirm_ending,
    drop_ending,
)
from bot.agreement.instrument_entries import add_file, sign
from bot.agreement.instruments import (
    Instrument,
    InstrumentStatus,
    InstrumentStep,
)
from bot.agreement.people import Refusal
from bot.journal import Entry, Outcome
from tests.handlers.pressing import buttons, modal_words
from tests.office import ZURICH, Office, words_of

LIAISON, KENYA = "ilo-iom-liaison", "ilo-iom-east-africa"
PARTICULARS: dict[str, Any] = {
    "kind": "supplementary agreement",
    "instrument": "Labour mobility in the Horn of Africa",
    "scope": "Fair recruitment, six countries",
    "reference": "SA/1",
    "effective_on": date(2026, 11, 2),
    "ends_on": date(2027, 12, 31),
    "notice": "P3M",
    "review_on": date(2027, 6, 30),
}
SIGNED = {"capacity": "Director-General", "signed_on": date(2026, 10, 30)}
WITHOUT_MANDATE = ["Mei Chen", "Jonas Weber", "Samuel Otieno", "David Okafor", "Ines Martin"]


def add(office: Office, name: str = "Lucía Romero", channel: str = LIAISON, **changes: Any) -> Any:
    office.command(name, "/instrument add", channel=channel)
    result = office.submit(name, {**PARTICULARS, **changes})
    office.deliver()
    return result


def press(office: Office, name: str, action: str, typed: dict[str, Any], where: str = LIAISON) -> Any:
    told = office.click(name, f"instruments.{action}", where=where)
    assert told == "", told
    result = office.submit(name, typed)
    office.deliver()
    return result


def signed(office: Office, where: str = LIAISON, **changes: Any) -> None:
    """An instrument that the ILO entered and both parties' people recorded the signature of."""
    add(office, "Lucía Romero" if where == LIAISON else "Amina Diallo", where, **changes)
    press(office, "Amina Diallo", "sign", {"signatory": "G. Houngbo", **SIGNED}, where)
    press(office, "Helena Costa", "sign", {"signatory": "A. Pope", **SIGNED}, where)


def in_force(office: Office, where: str = LIAISON, **changes: Any) -> None:
    signed(office, where, **changes)
    press(office, "Helena Costa", "confirm", {}, where)


def rows(office: Office) -> list[Instrument]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Instrument)).all())


def row(office: Office) -> Instrument:
    return rows(office)[0]


def deeds(office: Office) -> list[str]:
    with office.reading() as desk:
        return [step.deed.value for step in desk.session.exec(select(InstrumentStep)).all()]


def refusals(office: Office) -> list[Entry]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).all())


def actions(message: dict[str, Any]) -> list[str]:
    return [action.partition(".")[2] for action, _ in buttons(message["blocks"])]


def test_iv_3_a_supplementary_agreement_is_a_draft_until_each_party_records_its_own_signature(
    office: Office,
) -> None:
    assert add(office).ok
    (card,) = office.channel(LIAISON)
    said = words_of([card])
    assert "Supplementary agreement* (clause IV.3 of the ILO–IOM Agreement)" in said
    assert "*Signed for ILO:* not on record yet" in said
    assert "stays in force on its own terms (VII.2)" in said
    assert actions(card) == ["sign", "correct", "file", "withdraw"]
    assert "2026/1" in words_of(office.direct("Helena Costa"))
    assert "2026/1" in words_of(office.direct("Nadia Petrova"))

    press(office, "Amina Diallo", "sign", {"signatory": "G. Houngbo", **SIGNED})
    assert row(office).status is InstrumentStatus.DRAFTING
    press(office, "Nadia Petrova", "sign", {"signatory": "A. Pope", **SIGNED})

    said = words_of(office.channel(LIAISON)[:1])
    assert row(office).status is InstrumentStatus.SIGNED
    assert "*Signed for ILO:* G. Houngbo, Director-General, on Friday 30 October 2026" in said
    assert "*Signed for IOM:* A. Pope, Director-General, on Friday 30 October 2026" in said
    assert "*It does not count as in force yet:* ILO stated these particulars" in said


def test_iv_3_it_is_in_force_only_once_the_other_party_confirmed_what_was_stated(office: Office) -> None:
    signed(office)
    assert "2026/1: please confirm" in words_of(office.direct("Nadia Petrova"))

    press(office, "Helena Costa", "confirm", {}, "direct")

    found = row(office)
    assert (found.status, found.is_confirmed) == (InstrumentStatus.IN_FORCE, True)
    card = office.channel(LIAISON)[0]
    assert "Helena Costa (IOM) confirmed them on Monday 23 November 2026" in words_of([card])
    assert actions(card) == ["end", "file"]
    assert deeds(office) == ["entered", "signed", "signed", "confirmed"]


def test_iv_3_the_last_safe_day_for_a_notice_is_shown_with_its_working(office: Office) -> None:
    add(office, ends_on=date(2027, 12, 30))

    said = words_of(office.channel(LIAISON))

    assert "*Last safe day for a notice to be received: Wednesday 29 September 2027.*" in said
    assert "On the longest reading it is Thursday 30 September 2027" in said
    assert "The latest notice of three months that is over by then" in said
    assert "The earliest of these days is in time under every reading" in said


def test_ix_1_a_a_project_agreement_lives_in_its_country_and_its_file_is_kept_with_its_digest(
    office: Office,
) -> None:
    file = b"the signed project agreement"
    in_force(office, KENYA, kind="agreement of a joint project", file=("signed.pdf", file))

    card = office.channel(KENYA)[0]
    said = words_of([card])
    assert "Agreement of a joint project* (clause IX.1(a)" in said
    assert f"signed.pdf (SHA-256 {sha256(file).hexdigest()})" in said
    assert actions(card) == ["end"]
    assert [one["name"] for m in office.channel(KENYA) for one in m.get("files", [])] == ["signed.pdf"]
    assert not office.channel(LIAISON)


def test_ix_1_a_the_end_the_notice_and_the_review_are_said_once_in_the_instruments_place(
    office: Office,
) -> None:
    in_force(office, KENYA, kind="agreement of a joint project")
    office.pass_to(date(2027, 7, 1))
    office.tick()

    said = [m["text"] for m in office.channel(KENYA) if m["text"].startswith("Instrument 2026/1")]
    wanted = "“Labour mobility in the Horn of Africa”"
    assert said.count(f"Instrument 2026/1, {wanted}, is to be reviewed by Wednesday 30 June 2027.") == 2
    assert said.count(f"Instrument 2026/1, {wanted}, ends with Friday 31 December 2027.") == 2
    last = "the last safe day for a notice is Thursday 30 September 2027."
    assert said.count(f"Instrument 2026/1, {wanted}: {last}") == 1
    assert not [m for m in office.channel(LIAISON) if "2026/1," in m["text"]]


def test_what_was_missed_is_said_once_and_late(office: Office) -> None:
    in_force(office)
    office.clock.move_to(datetime(2027, 9, 27, 10, tzinfo=ZURICH))
    office.tick()
    office.tick()

    said = [m for m in office.channel(LIAISON) if "the last safe day for a notice is" in m["text"]]
    assert len(said) == 1
    assert "and comes late" in words_of(said)
    assert "A notice of 3 months that is to be over when the term" in words_of(said)


def test_iv_3_with_its_last_day_it_ends_and_nothing_more_is_said(office: Office) -> None:
    in_force(office, ends_on=date(2027, 1, 31), notice="", review_on=None)
    office.pass_to(date(2027, 2, 2))

    assert row(office).status is InstrumentStatus.ENDED
    assert row(office).closed_on == date(2027, 1, 31)
    said = words_of(office.channel(LIAISON))
    assert "ended at the end of *Sunday 31 January 2027*. Ended with its term. Its record is kept." in said
    assert not actions(office.channel(LIAISON)[0]) or actions(office.channel(LIAISON)[0]) == ["file"]


def test_what_begins_later_is_in_force_from_its_first_day(office: Office) -> None:
    in_force(office, effective_on=date(2027, 1, 18))
    assert row(office).status is InstrumentStatus.SIGNED
    assert "It is in force from Monday 18 January 2027 on." in words_of(office.channel(LIAISON))
    assert actions(office.channel(LIAISON)[0]) == ["file"]

    office.pass_to(date(2027, 1, 18))

    assert row(office).status is InstrumentStatus.IN_FORCE
    assert "2026/1 is in force" in words_of(office.channel(LIAISON))


def test_what_ended_before_it_was_put_on_record_is_ended_at_once(office: Office) -> None:
    days = {"effective_on": date(2022, 1, 1), "ends_on": date(2025, 12, 31), "review_on": None}
    in_force(office, **days)

    assert row(office).status is InstrumentStatus.ENDED
    assert "Ended with its term." in office.command("Mei Chen", "/instrument list")


def test_vii_2_the_card_says_that_it_outlives_the_agreement(office: Office) -> None:
    add(office, kind="other agreement on the subject")

    said = words_of(office.channel(LIAISON))
    assert "Other agreement on the subject* (clause VII.2" in said
    assert "If the ILO–IOM Agreement ends, this stays in force on its own terms (VII.2)." in said


END = {
    "ending": "terminated",
    "ending_on": date(2026, 11, 20),
    "note": "Notice received on 20 August.",
}


def test_an_early_end_counts_once_the_other_party_confirmed_it(office: Office) -> None:
    in_force(office)
    press(office, "Omar Haddad", "end", END)
    assert row(office).status is InstrumentStatus.IN_FORCE
    assert "*It does not count until the other party confirms it.*" in words_of(office.channel(LIAISON)[:1])
    assert "Please confirm it, or say that it was not." in words_of(office.direct("Lucía Romero"))

    press(office, "Lucía Romero", "confirm_ending", {}, "direct")

    assert row(office).status is InstrumentStatus.TERMINATED
    assert row(office).closed_on == date(2026, 11, 20)
    assert "Confirmed by Lucía Romero (ILO)." in words_of(office.channel(LIAISON)[:1])
    office.clock.move_to(datetime(2028, 1, 10, 10, tzinfo=ZURICH))
    office.tick()
    assert not [m for m in office.channel(LIAISON) if "Friday 31 December 2027." in m["text"]]


def test_an_early_end_that_is_still_ahead_is_said_when_it_comes(office: Office) -> None:
    in_force(office)
    add(office, instrument="Its successor")
    ahead = {**END, "ending": "replaced", "ending_on": date(2027, 1, 29), "replaced_by": "2026/2"}
    press(office, "Amina Diallo", "end", ahead)
    press(office, "Helena Costa", "confirm_ending", {}, "direct")
    assert row(office).status is InstrumentStatus.IN_FORCE

    office.pass_to(date(2027, 2, 1))

    assert row(office).status is InstrumentStatus.REPLACED
    said = words_of(office.channel(LIAISON))
    assert "*Replaced by 2026/2* with the end of Friday 29 January 2027" in said
    assert "Replaced by another instrument. Its record is kept." in said


@pytest.mark.parametrize("name", ["Amina Diallo", "Helena Costa"])
def test_an_early_end_can_be_taken_off_the_record(office: Office, name: str) -> None:
    in_force(office)
    press(office, "Amina Diallo", "end", END)

    office.click(name, "instruments.drop_ending", where=LIAISON)
    office.deliver()

    assert (row(office).ending_by, row(office).status) == ("", InstrumentStatus.IN_FORCE)
    assert actions(office.channel(LIAISON)[0]) == ["end", "file"]
    with pytest.raises(NothingToConfirm):
        office.act(name, drop_ending, instrument_id=1)


def test_what_is_corrected_is_for_the_other_side_to_confirm(office: Office) -> None:
    signed(office)

    press(office, "Helena Costa", "correct", {"ends_on": date(2028, 6, 30), "notice": ""})

    said = words_of(office.channel(LIAISON)[:1])
    assert "*Until:* the end of Friday 30 June 2028" in said
    assert "IOM stated these particulars" in said
    assert "it is for the other party" in office.click("Helena Costa", "instruments.confirm", where=LIAISON)
    press(office, "Amina Diallo", "confirm", {})
    assert row(office).is_confirmed


def test_nobody_confirms_what_they_have_not_seen(office: Office) -> None:
    signed(office)
    office.click("Helena Costa", "instruments.confirm", where=LIAISON)
    assert "*Until:* Friday 31 December 2027" in modal_words(office, "Helena Costa")
    press(office, "Lucía Romero", "correct", {"ends_on": date(2029, 12, 31)})

    office.submit("Helena Costa", {})

    assert "“particulars corrected”, by Lucía Romero (ILO)" in modal_words(office, "Helena Costa")
    assert not row(office).is_confirmed
    assert len(refusals(office)) == 1


def test_whoever_confirms_second_is_told_who_was_first(office: Office) -> None:
    signed(office)
    office.click("Nadia Petrova", "instruments.confirm", where=LIAISON)
    press(office, "Helena Costa", "confirm", {})

    office.submit("Nadia Petrova", {})

    assert "“record confirmed”, by Helena Costa (IOM) on Monday 23 November" in modal_words(
        office, "Nadia Petrova"
    )


def test_whoever_confirms_an_end_second_is_told_who_was_first(office: Office) -> None:
    in_force(office)
    press(office, "Amina Diallo", "end", {**END, "ending_on": date(2027, 2, 26)})
    seen = row(office).version
    press(office, "Helena Costa", "confirm_ending", {}, "direct")

    with pytest.raises(Refusal) as caught:
        office.act("Nadia Petrova", confirm_ending, instrument_id=1, seen=seen)

    assert caught.value.facts()["by"] == "Helena Costa"


def test_whoever_records_the_same_signature_second_is_told_who_was_first(office: Office) -> None:
    add(office)
    office.click("Lucía Romero", "instruments.sign", where=LIAISON)
    press(office, "Amina Diallo", "sign", {"signatory": "G. Houngbo", **SIGNED})

    office.submit("Lucía Romero", {"signatory": "Somebody else", **SIGNED})

    assert "“signature put on record”, by Amina Diallo (ILO)" in modal_words(office, "Lucía Romero")
    assert "Somebody else" not in words_of(office.channel(LIAISON)[:1])


def test_a_signature_can_be_corrected_by_its_own_party_until_it_is_confirmed(office: Office) -> None:
    signed(office)
    press(office, "Lucía Romero", "sign", {"signed_on": date(2026, 10, 29)})

    assert "G. Houngbo, Director-General, on Thursday 29 October 2026" in words_of(
        office.channel(LIAISON)[:1]
    )
    press(office, "Helena Costa", "confirm", {})
    with pytest.raises(Refusal):
        office.act(
            "Lucía Romero",
            sign,
            instrument_id=1,
            signatory="X",
            capacity="Y",
            signed_on=date(2026, 10, 1),
            seen=2,
        )


def test_the_signed_file_is_kept_once(office: Office) -> None:
    in_force(office)
    result = press(office, "Nadia Petrova", "file", {"file": ("signed.pdf", b"text")})

    assert result.ok
    assert "signed.pdf" in words_of(office.channel(LIAISON)[:1])
    with pytest.raises(Refusal):
        office.act("Amina Diallo", add_file, instrument_id=1, file=Attachment("other.pdf", b"x"))
