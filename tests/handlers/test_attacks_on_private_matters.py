"""What one party or a few people alone may know, tried by everybody else: nothing is learned, not even a count."""

from datetime import date

import pytest
from sqlmodel import select

from bot.agreement.handovers import hand_over
from bot.agreement.invitations import InvitationStatus
from bot.dossiers.facts import dossier
from bot.journal import Entry, Outcome
from tests.clauses.test_iv_1_matters import note
from tests.clauses.test_iv_11_funding import log
from tests.handlers.restricting import protected
from tests.handlers.restricting import share as share_restricted
from tests.handlers.test_exchanges import share
from tests.handlers.test_invitations import announce, invited, press, row
from tests.knocking import pressed, sent, user
from tests.office import Office, words_of


def counted(office: Office) -> dict[tuple[str, ...], int]:
    """How often each party did something, clause by clause, as the dossier tells both of them."""
    with office.reading() as desk:
        found = dossier(desk, date(2026, 11, 1), desk.today, None)
    (part,) = [each for each in found.parts if each.name == "all_acts"]
    return {row.keys[:2]: row.count for tally in part.tallies for row in tally.rows}


def test_v_3_2_the_dossier_does_not_count_what_one_party_noted_or_few_were_told(office: Office) -> None:
    protected(office)
    before = counted(office)

    note(office)
    announce(office)
    press(office, "Amina Diallo", "interest", {"reason": "It concerns migrants."})
    log(office)
    share_restricted(office)
    leaving, successor = office.person("Amina Diallo").key, office.person("Pierre Favre").key
    office.act("Amina Diallo", hand_over, leaving_id=leaving, successor_id=successor)

    assert counted(office) == before
    share(office)
    press(office, "Amina Diallo", "issue", {"signed_by": "The Director-General"})
    assert counted(office) == {**before, ("IV.1", "ILO"): 1, ("IV.4-1", "ILO"): 1}


OTHERS = ["Helena Costa", "Nadia Petrova", "Ines Martin"]
"""A contact point, somebody with another capacity and the administrator of the party that was not invited."""
DECIDING = ("interest", "no_interest", "reconsider", "issue", "accept", "tentative", "decline", "postpone")
SENT = {
    "invitations.interest": {"reason": "Forged."},
    "invitations.issue": {"signed_by": "Forged", "reference": ""},
    "invitations.accept": {"note": "Forged"},
    "invitations.cancel": {"reason": "Forged."},
    "invitations.attendance": {"attended": "Forged", "attendance_note": ""},
}


def answers(office: Office, name: str, key: str) -> list[str]:
    """What somebody is told who forges every button and form about one meeting of the other party."""
    said = []
    for n, action in enumerate((*DECIDING, "cancel", "attendance")):
        before = len(office.told(name))
        pressed(office, ("ilo", "iom")[n % 2], user(office, name), f"invitations.{action}", key)
        said += [words_of([one]) for one in office.told(name)[before:]]
    for form, values in SENT.items():
        said.append(sent(office, "iom", user(office, name), form, f"{key}@0", values, f"V{form}{key}").body)
    return said


@pytest.mark.parametrize("name", OTHERS)
def test_iv_4_a_meeting_to_which_nobody_was_invited_is_refused_as_one_that_is_not(
    office: Office, name: str
) -> None:
    announce(office)

    assert answers(office, name, "1") == answers(office, name, "7")
    assert row(office).status is InvitationStatus.ANNOUNCED
    with office.reading() as desk:
        found = desk.session.exec(select(Entry.subject).where(Entry.outcome == Outcome.REFUSED)).all()
    assert set(found) == {"no_such_invitation"}
    assert len(found) == 2 * (len(DECIDING) + 2 + len(SENT))


@pytest.mark.parametrize("name", ["Mei Chen", "Ravi Menon", "Nadia Petrova"])
def test_iv_11_a_forged_number_does_not_tell_whether_there_is_a_lead(office: Office, name: str) -> None:
    log(office)
    told = []
    for key in ("1", "7"):
        before = len(office.told(name))
        for action in ("show", "change"):
            pressed(office, "ilo", user(office, name), f"funding.{action}", key)
        told.append([words_of([one]) for one in office.told(name)[before:]])

    assert len(told[0]) == 2
    assert told[0] == told[1]


def test_iv_4_once_invited_the_other_party_still_decides_nothing_of_the_convening_one(office: Office) -> None:
    invited(office)
    for action in ("interest", "no_interest", "reconsider", "issue", "attendance"):
        pressed(office, "iom", user(office, "Helena Costa"), f"invitations.{action}", "1")
    for form, values in SENT.items():
        if form != "invitations.accept":
            sent(office, "iom", user(office, "Helena Costa"), form, "1@0", values, f"V{form}")

    with office.reading() as desk:
        found = desk.session.exec(select(Entry.subject).where(Entry.outcome == Outcome.REFUSED)).all()
    assert list(found) == ["wrong_side"] * 9
