"""The general review of the window to 22 October 2027, from the opening of its dossier to the joint record."""

from datetime import date

from sqlmodel import select

from bot.agreement.files import Record
from bot.agreement.ledger import OccurrenceStatus
from bot.agreement.reviews import Review, ReviewStatus
from tests.handlers.reviewing import contribute, hold, review, sign
from tests.office import Office
from tests.stories.setting import days_of, due, fill, press, said, told

CLOSES, HELD = date(2027, 10, 22), date(2027, 10, 20)
MEETINGS, PROSPECTS = "Meetings and consultations", "Prospects and priorities for the next period"
TITLE = "General review 2027/1"


def its_dossier_opens_by_itself(office: Office) -> None:
    """V.3-2: on 22 April 2027, six months before the window closes, and once."""
    assert days_of(said(office, f"{TITLE} (clause V.3-2)")) == [date(2027, 4, 22)]


def both_parties_contribute(office: Office) -> None:
    """V.3-2: both write on meetings and prospects; for what is missing each is asked in good time."""
    for section in (MEETINGS, PROSPECTS):
        contribute(office, "Amina Diallo", section, "ILO has met the IOM and looks ahead.")
        contribute(office, "Omar Haddad", section, "IOM has met the ILO and looks ahead.")
    asked = days_of(told(office, "Amina Diallo", f"{TITLE}: "))
    assert date(2027, 6, 24) in asked


def a_day_is_agreed(office: Office) -> None:
    """V.3-2: ILO proposes Wednesday 20 October 2027, and IOM agrees."""
    office.click("Amina Diallo", "reviews.day")
    fill(office, "Amina Diallo", {"day": HELD})
    press(office, "Omar Haddad", "reviews.agree", "ilo-iom-liaison")
    assert review(office).day_agreed


def it_is_held_and_both_sign_one_version(office: Office) -> None:
    """V.3-2: held on the day, signed by both on the next: a joint record, and the window is met."""
    office.pass_to(date(2027, 10, 21))
    hold(office, "Amina Diallo", HELD)
    sign(office, "Amina Diallo")
    sign(office, "Helena Costa")

    assert review(office).status is ReviewStatus.SIGNED
    texts = [message["text"] for message in said(office, "general review 2027/1")]
    assert "signed off" in texts[-2]
    assert texts[-1].startswith("Record ILO-IOM/2027/")
    row = due(office, "general-review", CLOSES)
    assert (row.status, row.met_on) == (OccurrenceStatus.MET, HELD)
    with office.reading() as desk:
        assert row.evidence in {record.number for record in desk.session.exec(select(Record)).all()}


def the_next_dossier_is_not_open_yet(office: Office) -> None:
    """V.3-2: that of the window to 22 October 2029 opens in April 2029."""
    with office.reading() as desk:
        assert len(desk.session.exec(select(Review)).all()) == 1
    assert "opens by itself on *Friday 20 April 2029*" in office.command("Helena Costa", "/agreement report")
