"""Minutes of a renewal, August 2027 to December 2031: the ladder, two private decisions, silence."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.agreement.renewal_rooms import RenewalStatus
from bot.agreement.renewals import AgreementRenewal
from bot.journal import faults
from handlers.doors import COMMANDS
from tests.clauses.renewing import decide, enter, house, prepare, release, rooms, take_back
from tests.handlers.pressing import buttons, home_words
from tests.office import ZURICH, Office, Servers, words_of
from tests.stories.setting import days_of, due, said, told

LADDER = [
    date(2027, 8, 20),
    date(2028, 8, 22),
    date(2029, 2, 22),
    date(2029, 8, 22),
    date(2029, 11, 22),
    date(2030, 2, 22),
    date(2030, 4, 18),
    date(2030, 5, 22),
    date(2030, 5, 29),
    date(2030, 6, 6),
    date(2030, 6, 13),
    date(2030, 6, 20),
    date(2030, 6, 27),
    date(2030, 7, 4),
    date(2030, 7, 11),
    date(2030, 7, 18),
    date(2030, 7, 25),
    date(2030, 7, 31),
    date(2030, 8, 8),
    date(2030, 8, 15),
    date(2030, 8, 22),
]
"""36, 24, 18, 12, 9, 6, 4 and 3 months before Thursday 22 August 2030, weekly through twelve weeks, and the day.

Easter Monday and Good Friday, Ascension Day and the national day move a step to the working day before."""
HEADS = ("Amina Diallo", "Pierre Favre", "Helena Costa", "Omar Haddad")
LAST_SAFE = "Last safe day for a notice before tacit renewal"
SECRET = "Our field offices ask for a wider text"


@pytest.fixture
def office(tmp_path: Path, servers: Servers) -> Iterator[Office]:
    """Both organisations on Monday 2 August 2027."""
    with house(tmp_path, servers, date(2027, 8, 2)) as made:
        yield made


def live_to(office: Office, last: date) -> None:
    """Let the years go by: the clock looks on every day of the ladder, and on two days of each week."""
    while office.today < last:
        day = office.today + timedelta(days=1)
        office.clock.move_to(datetime(day.year, day.month, day.day, 10, tzinfo=ZURICH))
        if day in LADDER or day == last or day.weekday() in (0, 3):
            office.tick()


def test_a_renewal_from_the_first_reminder_to_the_year_after(office: Office) -> None:
    the_first_reminder_comes_three_years_before(office)
    the_ilo_prepares_and_decides_and_nobody_else_knows(office)
    the_other_party_tries_every_command(office)
    the_iom_decides_and_both_release(office)
    each_step_of_the_ladder_was_said_once_to_each_side(office)
    no_notice_comes_and_the_term_ends(office)
    the_agreement_is_renewed_by_silence(office)
    what_was_due_goes_on(office)
    the_journal_is_one_chain(office)


def the_first_reminder_comes_three_years_before(office: Office) -> None:
    """Friday 20 August 2027: both offices read the last days, each with its working, and find their room."""
    live_to(office, date(2027, 8, 20))

    for name in HEADS:
        (letter,) = told(office, name, LAST_SAFE)
        text = words_of([letter])
        assert "*Last safe day for a notice to be received: Thursday 22 August 2030.*" in text
        assert "*Last day on the longer reading: Friday 23 August 2030.*" in text
        assert "*Day by which to send it, by a working rule: Thursday 8 August 2030.*" in text
        assert [action for action, _ in buttons(letter["blocks"])] == ["renewals.room"]
    office.click("Omar Haddad", "renewals.room", where="direct")
    assert "IOM's renewal room (VII.1-4)" in words_of(office.told("Omar Haddad")[-1:])
    assert said(office, LAST_SAFE) == []


def the_ilo_prepares_and_decides_and_nobody_else_knows(office: Office) -> None:
    """Spring 2029: the legal officer prepares, the signatory decides otherwise, changes her mind, and releases."""
    live_to(office, date(2029, 3, 1))
    prepare(office, choice="give_notice", reasons=SECRET)
    decide(office, choice="undecided", reasons=f"{SECRET}, and we ask for time.")
    decide(office, choice="let_renew", reasons=f"{SECRET}, which an amendment can bring.")
    release(office)
    take_back(office)
    release(office)

    assert rooms(office)["ilo"].status is RenewalStatus.READY
    assert "Amina Diallo has decided for ILO on renewal" in words_of(office.direct("Pierre Favre"))


def the_other_party_tries_every_command(office: Office) -> None:
    """Everybody at IOM looks everywhere: there is nothing to be seen, not even that something was decided."""
    for name in ("Helena Costa", "Nadia Petrova", "Ines Martin"):
        seen = [home_words(office.home(name)), words_of(office.direct(name))]
        for command, doors in COMMANDS.items():
            seen += [office.command(name, f"{command} {word}".strip()) for word in doors]
        while office.slack.modal(office.id(name)):
            office.slack.close_modal(office.id(name))
        text = "\n".join(seen)
        assert SECRET not in text
        assert "ILO's renewal room" not in text
        assert "Let the Agreement renew itself" not in text
    assert SECRET not in words_of(office.channel("ilo-iom-liaison"))
    assert "Nothing is prepared or decided." in enter(office, "Helena Costa")


def the_iom_decides_and_both_release(office: Office) -> None:
    """Autumn 2029: IOM decides and releases, too, and both read both."""
    live_to(office, date(2029, 10, 1))
    decide(office, "Helena Costa", "let_renew", "The joint projects go on.")
    release(office, "Helena Costa")

    for name in HEADS:
        (letter,) = told(office, name, "The decisions of both parties on renewal")
        assert f"{SECRET}, which an amendment can bring." in words_of([letter])
        assert "The joint projects go on." in words_of([letter])


def each_step_of_the_ladder_was_said_once_to_each_side(office: Office) -> None:
    """To Friday 23 August 2030: twenty-one steps, each on its day, to the contact point and alternate of each."""
    live_to(office, date(2030, 8, 27))

    for name in HEADS:
        assert days_of(told(office, name, LAST_SAFE)) == LADDER
        assert len(told(office, name, "The decisions of both parties on renewal")) == 1


def no_notice_comes_and_the_term_ends(office: Office) -> None:
    """Wednesday 23 October 2030 is the last day of the term."""
    live_to(office, date(2030, 10, 23))

    assert "no notice is on record" in office.command("Mei Chen", "/termination status")
    assert said(office, "renewed by silence") == []


def the_agreement_is_renewed_by_silence(office: Office) -> None:
    """Thursday 24 October 2030: on record once, told to both, with the readings."""
    live_to(office, date(2030, 10, 31))

    with office.reading() as desk:
        (row,) = desk.session.exec(select(AgreementRenewal)).all()
    assert (row.term_end, row.ends_on) == (date(2030, 10, 23), None)
    for letters in (
        said(office, "renewed by silence"),
        *(told(office, one, "renewed by silence") for one in HEADS),
    ):
        assert days_of(letters) == [date(2030, 10, 24)]
    assert "in force, renewed, with no stated end (our reading)" in office.command(
        "Samuel Otieno", "/agreement status"
    )


def what_was_due_goes_on(office: Office) -> None:
    """2031: contact points are confirmed, the yearly meeting and the review fall due, and reminders are said."""
    live_to(office, date(2031, 12, 1))

    assert told(office, "Omar Haddad", "Confirm the contact points: Thursday 23 October 2031")
    assert said(office, "Hold the general review: Wednesday 22 October 2031")
    assert due(office, "meeting-global", date(2031, 10, 22)).window_start == date(2030, 10, 23)
    assert len(told(office, "Omar Haddad", LAST_SAFE)) == len(LADDER)


def the_journal_is_one_chain(office: Office) -> None:
    """Nothing was changed afterwards."""
    with office.reading() as desk:
        assert list(faults(desk.session)) == []
