"""V.3-2: the dossier tells of every routine what both parties know of, and nothing that one keeps to itself."""

from collections.abc import Callable
from datetime import date

import pytest

from tests import planning
from tests.clauses import drafting
from tests.clauses.test_iv_8_event_notes import note
from tests.clauses.test_v_1_offices import tell
from tests.clauses.test_v_dossier import part
from tests.handlers import meeting_days, offering
from tests.handlers import test_instruments as instruments
from tests.handlers import test_invitations as invitations
from tests.office import Office


def released(office: Office) -> None:
    drafting.cleared(office)
    drafting.at(office, drafting.RELEASE)


def event_noted(office: Office) -> None:
    note(office)
    office.click("Helena Costa", "event_notes.confirm")


def reported(office: Office) -> None:
    planning.add(office)
    planning.progress(office, "Amina Diallo", "on_track")


def invited_lately(office: Office) -> None:
    invitations.invited(office, starts_on=date(2026, 11, 25), ends_on=date(2026, 11, 25))
    office.pass_to(date(2026, 11, 26))


BOTH = "ILO · IOM"
SHOWN: dict[str, tuple[Callable[[Office], object], str]] = {
    "documents": (offering.offer, "ILO"),
    "meetings": (meeting_days.closed, BOTH),
    "invitations": (invited_lately, "ILO"),
    "workplan": (reported, "ILO"),
    "offices": (lambda office: tell(office, "Amina Diallo", "Nairobi", "ilo"), "ILO"),
    "event_notes": (event_noted, "ILO"),
    "instruments": (instruments.in_force, BOTH),
    "communications": (released, "ILO"),
}
NOT_SHOWN: dict[str, Callable[[Office], object]] = {
    "invitations": invitations.announce,
    "communications": drafting.draft,
    "event_notes": note,
    "instruments": instruments.add,
    "meetings": meeting_days.propose,
}


@pytest.mark.parametrize("name", SHOWN)
def test_v_3_2_each_routine_has_its_part(office: Office, name: str) -> None:
    prepare, party = SHOWN[name]
    prepare(office)

    found = part(office, name)

    assert [item.party for item in found.items] == [party]
    assert found.total == 1


@pytest.mark.parametrize("name", NOT_SHOWN)
def test_v_3_2_what_is_not_agreed_or_not_told_is_left_out(office: Office, name: str) -> None:
    NOT_SHOWN[name](office)

    assert part(office, name).items == ()
