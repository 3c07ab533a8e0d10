"""What the parties send each other and say together: documents, secrets, invitations, a press release."""

from datetime import date, datetime
from typing import Any

from sqlmodel import select

from bot.agreement.communications import CommunicationStatus
from bot.agreement.documents import Document
from bot.agreement.exchanges import ExchangeStatus
from bot.agreement.invitations import InvitationReply, InvitationStatus
from bot.agreement.restricted import Restricted
from tests.clauses import drafting, test_iv_8_event_notes, test_iv_9_marks, test_iv_9_proofs
from tests.clauses.test_iv_6_2_consultations import close, consult, ready
from tests.clauses.test_iv_9_postponements import postpone
from tests.clauses.test_iv_11_funding import SECRET as LEAD
from tests.clauses.test_iv_11_funding import log
from tests.handlers import restricting, test_emblems, test_instruments, test_invitations
from tests.handlers.offering import offer
from tests.handlers.pressing import home_words, modal_words
from tests.office import ZURICH, Office, words_of
from tests.stories.setting import KENYA, LIAISON, days_of, press, said, told

COMMITTEE = {"starts_on": date(2027, 9, 20), "ends_on": date(2027, 9, 22)}
PRESS: dict[str, Any] = {"release_on": date(2027, 7, 27), "marks": ["ilo:emblem"]}
EMBLEM = {
    "use_from": date(2027, 8, 5),
    "use_until": date(2027, 12, 31),
    "needed_by": date(2027, 8, 4),
    "product": "Press release on fair recruitment",
}
LIFTED = datetime(2027, 8, 5, 18, tzinfo=ZURICH)


def a_supplementary_agreement_comes_into_force(office: Office) -> None:
    """IV.3: each party records its own signature, and IOM confirms ILO's entry; its end is said in time."""
    test_instruments.in_force(office)
    assert "in force" in office.command("Nadia Petrova", "/instrument list").lower()


def a_document_is_offered_and_acknowledged(office: Office) -> None:
    """IV.2-1: ILO offers a report on 7 June 2027; to acknowledge it means that it has arrived."""
    office.pass_to(date(2027, 6, 7))
    offer(office, published_on="2027-06-01", issue="2027")
    press(office, "Omar Haddad", "documents.acknowledge", LIAISON)
    with office.reading() as desk:
        assert desk.session.exec(select(Document)).one().status is ExchangeStatus.ACKNOWLEDGED


def a_restricted_matter_is_read_by_those_named(office: Office) -> None:
    """IV.2-3: under an arrangement of both, three people may read it; no trace is left elsewhere."""
    restricting.protected(office)
    restricting.share(office, arrangement="1", retention_until="2027-12-15")
    for name in restricting.NAMED:
        assert restricting.TEXT in restricting.read(office, name)
        office.slack.close_modal(office.id(name))
        press(office, name, "restricted.acknowledge")
    assert "Restricted information" not in home_words(office.home("Amina Diallo"))
    assert not restricting.leaks(restricting.everything_kept(office))
    assert not restricting.leaks(restricting.everything_in_slack(office))


def it_is_deleted_in_time(office: Office) -> None:
    """IV.2-3: kept until 15 December 2027, as its sender asked, and then its words are gone."""
    office.pass_to(date(2027, 12, 17))
    with office.reading() as desk:
        row = desk.session.exec(select(Restricted)).one()
    assert (row.title, row.text) == ("", "")
    assert days_of(told(office, "Mei Chen", "was deleted, as its time here is over")) == [date(2027, 12, 16)]


def an_invitation_is_accepted(office: Office) -> None:
    """IV.4-1: ILO invites IOM to a committee of its own in September 2027, and IOM sends Grace Wanjiru."""
    test_invitations.invited(office, **COMMITTEE)
    accepted = {"note": "Grace Wanjiru, Programme officer"}
    test_invitations.press(office, "Omar Haddad", "accept", accepted, LIAISON)
    assert test_invitations.row(office).reply is InvitationReply.ACCEPTED


def she_attends(office: Office) -> None:
    """IV.4-1: who attended is put on record after the last day."""
    office.pass_to(date(2027, 9, 24))
    test_invitations.press(office, "Pierre Favre", "attendance", {"attended": "Grace Wanjiru"})
    assert test_invitations.row(office).status is InvitationStatus.HELD


def a_press_release_waits_for_the_emblem(office: Office) -> None:
    """IV.9 and VI.1: both clear it; on 27 July 2027 it is not released, because nobody approved the emblem."""
    office.pass_to(date(2027, 7, 21))
    drafting.draft(office, **PRESS)
    drafting.clear(office, "Mei Chen")
    drafting.clear(office, "David Okafor")
    assert "This cannot be released yet" in words_of(office.channel(LIAISON))

    office.pass_to(date(2027, 7, 28))
    for name in ("Mei Chen", "David Okafor"):
        assert days_of(told(office, name, "was not released")) == [date(2027, 7, 27)]
    assert not drafting.lifted(office)


def it_is_released_when_its_embargo_lifts(office: Office) -> None:
    """IV.9: postponed to 5 August, the emblem approved by its owner, the embargo lifts at six in the evening."""
    postpone(office, "David Okafor", release_on=LIFTED.date(), release_time="18:00")
    assert test_emblems.ask(office, **EMBLEM).ok
    press(office, "Yuki Tanaka", "emblems.approve")
    assert test_iv_9_marks.name_approval(office, 1).ok

    office.pass_to(LIFTED.date())
    assert not drafting.lifted(office)
    drafting.at(office, LIFTED)
    assert len(drafting.lifted(office)) == 1

    office.pass_to(date(2027, 8, 9))
    assert test_iv_9_proofs.publish(office, published_on=date(2027, 8, 6)).ok
    assert drafting.row(office).status is CommunicationStatus.PUBLISHED


def a_joint_briefing_is_noted(office: Office) -> None:
    """IV.8: Nairobi notes a briefing of donors, and the other office confirms it."""
    test_iv_8_event_notes.note(office, "Samuel Otieno", KENYA, held_on=office.today)
    press(office, "Grace Wanjiru", "event_notes.confirm", KENYA)


def a_lead_for_funds_is_kept_among_few(office: Office) -> None:
    """IV.11: the contact points keep a lead; no channel and nobody else reads of it."""
    office.pass_to(date(2027, 11, 3))
    log(office, deadline=date(2028, 1, 31))
    office.slack.close_modal(office.id("Amina Diallo"))
    office.command("Omar Haddad", "/communication funding")
    assert LEAD in modal_words(office, "Omar Haddad")
    office.slack.close_modal(office.id("Omar Haddad"))
    assert LEAD not in words_of(office.channel(LIAISON) + office.channel(KENYA))


def the_parties_consult(office: Office) -> None:
    """IV.6-2: ILO asks IOM to consult on 2028, IOM says when, and what it came to is kept."""
    consult(office)
    ready(office, "Omar Haddad", wished_on="2027-11-17")
    office.pass_to(date(2027, 11, 18))
    close(office, "Amina Diallo")
    assert "We agreed on two corridors." in words_of(said(office, "Priorities for 2028"))
