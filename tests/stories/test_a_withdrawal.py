"""Minutes of a withdrawal, November 2026 to March 2027: a notice runs, both withdraw it, and nothing ends."""

from collections import Counter
from datetime import date

from sqlmodel import select

from bot.agreement.closed_cases import ClosedCase
from bot.agreement.follow_ups import FollowUp
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.agreement.standing import AgreementEnd
from bot.agreement.terminations import TerminationStatus
from bot.journal import faults
from tests.clauses.exchanging import UPDATE
from tests.handlers import noticing
from tests.handlers.noticing import LIAISON
from tests.office import Office, words_of
from tests.stories.setting import days_of, said, told

HEADS = ("Amina Diallo", "Pierre Favre", "Helena Costa", "Omar Haddad")
REASON = "Both have found a way to go on."


def test_a_notice_that_both_withdraw(office: Office) -> None:
    the_iom_gives_notice_and_the_ilo_acknowledges(office)
    the_first_days_are_counted(office)
    one_side_alone_withdraws_nothing(office)
    both_withdraw_it(office)
    nothing_ends_and_nothing_is_counted_any_more(office)
    everything_goes_on(office)


def the_iom_gives_notice_and_the_ilo_acknowledges(office: Office) -> None:
    """Monday 30 November 2026: until the end of Saturday 30 January 2027."""
    noticing.approved(office, own=("Nadia Petrova", "Helena Costa"))
    office.pass_to(date(2026, 11, 30))
    assert noticing.press(office, "Helena Costa", "record_sent", noticing.sending(office)).ok
    assert noticing.press(office, "Amina Diallo", "acknowledge", noticing.receiving(office)).ok

    assert noticing.expected_end(office) == date(2027, 1, 30)


def the_first_days_are_counted(office: Office) -> None:
    """To the New Year: sixty days before, and thirty, which is said on the last day both sides work."""
    office.pass_to(date(2027, 1, 4))

    for name in HEADS:
        counted = told(office, name, "in force until the end of Saturday 30 January 2027")
        assert days_of(counted) == [date(2026, 12, 1), date(2026, 12, 30)]


def one_side_alone_withdraws_nothing(office: Office) -> None:
    """Monday 4 January 2027: IOM proposes to withdraw it; the notice stands, and IOM cannot agree with itself."""
    proposal = {"reason": REASON, **noticing.typed(office, "WITHDRAW")}
    assert noticing.press(office, "Helena Costa", "withdraw", proposal, LIAISON).ok
    office.click("Helena Costa", "notices.agree_withdrawal", where=LIAISON)

    assert noticing.refused(office)[-1] == "withdrawal_of_own_side"
    assert noticing.row(office).status is TerminationStatus.ACKNOWLEDGED
    assert noticing.expected_end(office) == date(2027, 1, 30)


def both_withdraw_it(office: Office) -> None:
    """Tuesday: the ILO agrees, by words that are typed."""
    office.pass_to(date(2027, 1, 5))
    agreed = noticing.press(
        office, "Amina Diallo", "agree_withdrawal", noticing.typed(office, "WITHDRAW"), LIAISON
    )
    assert agreed.ok

    assert noticing.row(office).status is TerminationStatus.WITHDRAWN
    assert noticing.expected_end(office) is None
    card = said(office, "Notice 2026/1 of IOM to end the Agreement")
    assert REASON in words_of(card)


def nothing_ends_and_nothing_is_counted_any_more(office: Office) -> None:
    """Past the day on which it would have ended: not a word of it."""
    before = Counter(m["text"] for name in HEADS for m in office.direct(name))
    office.pass_to(date(2027, 2, 3))

    new = Counter(m["text"] for name in HEADS for m in office.direct(name)) - before
    assert not any("30 January 2027" in text for text in new)
    assert said(office, "Agreement ended") == []
    with office.reading() as desk:
        assert desk.session.exec(select(ClosedCase)).all() == []
        assert desk.session.exec(select(AgreementEnd)).first() is None
        waiting = desk.session.exec(select(FollowUp).where(FollowUp.kind == "termination_countdown")).all()
        assert [row for row in waiting if row.said_at is None] == []


def everything_goes_on(office: Office) -> None:
    """Updates are shared, what falls due is brought to mind, a notice can be given anew, the journal is whole."""
    assert "In force" in office.command("Grace Wanjiru", "/agreement status")
    office.command("Mei Chen", "/exchange share")
    assert office.submit("Mei Chen", UPDATE).ok
    office.deliver()
    office.pass_to(date(2027, 3, 1))
    rooms = (LIAISON, "ilo-iom-horn-of-africa", "ilo-iom-east-africa")
    assert any(day > date(2027, 1, 30) for room in rooms for day in days_of(office.channel(room)))
    with office.reading() as desk:
        later = desk.session.exec(select(Occurrence).where(Occurrence.due_on > date(2027, 1, 30))).all()
        assert {row.status for row in later} == {OccurrenceStatus.OPEN}
    assert noticing.draft(office).ok
    with office.reading() as desk:
        assert list(faults(desk.session)) == []
