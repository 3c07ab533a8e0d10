"""VI.1: a use that nobody confirms to be over is never forgotten: the owner is told once, with what it can do."""

from datetime import date, timedelta

from bot.agreement import emblem_endings
from bot.agreement.disputes import Dispute
from tests.handlers.permitting import next_morning, revoked, row
from tests.handlers.pressing import home_words
from tests.office import Office, words_of

TOLD = "nobody confirmed that the use is over"
ASKED = "please confirm that the use is over"


def told(office: Office, name: str, words: str) -> int:
    return sum(words in words_of([message]) for message in office.direct(name))


def days_on(office: Office, first: date, days: int) -> None:
    """Let so many days go by since `first`, a morning a week."""
    while office.today < first + timedelta(days=days):
        next_morning(office, min(office.today + timedelta(days=7), first + timedelta(days=days)))


def test_vi_1_the_owner_is_told_once_after_four_reminders(office: Office) -> None:
    revoked(office)
    first = office.today
    days_on(office, first, 21)
    assert (told(office, "Mei Chen", ASKED), told(office, "Yuki Tanaka", TOLD)) == (3, 0)

    days_on(office, first, 28)
    assert (told(office, "Mei Chen", ASKED), told(office, "Yuki Tanaka", TOLD)) == (4, 0)
    days_on(office, first, 29)

    for name in ("Yuki Tanaka", "Nadia Petrova", "Helena Costa", "Omar Haddad"):
        assert told(office, name, TOLD) == 1, name
    for name in ("Mei Chen", "Amina Diallo", "Jonas Weber", "David Okafor"):
        assert told(office, name, TOLD) == 0, name
    said = words_of(office.direct("Helena Costa")[-1:])
    assert "ILO was asked 4 times to confirm that it is over, and nobody has." in said
    assert "put the question to both parties under VIII" in said


def test_vi_1_after_that_it_is_asked_every_thirty_days_and_stays_in_the_home(office: Office) -> None:
    revoked(office)
    first = office.today
    days_on(office, first, 29)
    asked = told(office, "Mei Chen", ASKED)

    days_on(office, first, 56)
    assert told(office, "Mei Chen", ASKED) == asked
    days_on(office, first, 63)
    assert told(office, "Mei Chen", ASKED) == asked + 1
    days_on(office, first, 98)
    assert told(office, "Mei Chen", ASKED) == asked + 2

    assert told(office, "Yuki Tanaka", TOLD) == 1
    assert row(office).product in home_words(office.home("Mei Chen"))


def test_vi_1_whoever_may_raise_a_dispute_gets_a_button_for_it_and_nothing_is_sent_by_it(
    office: Office,
) -> None:
    revoked(office)
    days_on(office, office.today, 29)

    said = office.click("Helena Costa", "disputes.raise", where="direct")

    assert said == ""
    assert office.modal("Helena Costa")["callback_id"] == "disputes.raise"
    with office.reading() as desk:
        assert desk.session.get(Dispute, 1) is None
    assert "with `/instrument dispute`" in words_of(office.direct("Yuki Tanaka")[-1:])


def test_vi_1_nobody_is_told_once_it_was_confirmed(office: Office) -> None:
    number = revoked(office)
    days_on(office, office.today, 14)
    office.act("Mei Chen", emblem_endings.take_down, request_id=number, down_on=office.today)

    days_on(office, office.today, 60)

    assert told(office, "Yuki Tanaka", TOLD) == 0


def test_vi_1_after_months_away_the_owner_is_told_only_once_the_asking_side_was_asked_often_enough(
    office: Office,
) -> None:
    revoked(office)
    first = office.today

    next_morning(office, first + timedelta(days=150))
    assert (told(office, "Mei Chen", ASKED), told(office, "Yuki Tanaka", TOLD)) == (1, 0)

    days_on(office, first, 190)

    assert told(office, "Mei Chen", ASKED) >= 4
    assert told(office, "Yuki Tanaka", TOLD) == 1
