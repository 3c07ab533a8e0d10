"""Buttons whose value names a draft or a room of the other party, through either app: no effect, nothing shown."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.clauses import amending, renewing
from tests.handlers import disputing, noticing
from tests.inbound.acts import knock
from tests.inbound.counting import trace
from tests.inbound.sending import pressed
from tests.office import Office, words_of

FORGED: list[tuple[Callable[[Office], Any], str, str]] = [
    (disputing.drafted, "disputes.send", "1@0"),
    (disputing.drafted, "disputes.discard", "1"),
    (disputing.drafted, "disputes.change", "1"),
    (amending.drafted, "amendments.propose", "1"),
    (amending.drafted, "amendments.correct", "1"),
    (amending.drafted, "amendments.drop", "1"),
    (amending.drafted, "amendments.withdraw", "1"),
    (renewing.ready, "renewals.take_back", "1"),
    (renewing.ready, "renewals.release", "1"),
    (noticing.draft, "notices.letter", "1"),
    (noticing.draft, "notices.approve", "1"),
]

PRIVATE = (
    amending.START["purpose"],
    renewing.WHY,
    noticing.DRAFT["signatory"],
    disputing.GRIEVANCE["about"],
)
"""What these drafts say."""


@pytest.mark.parametrize(("before", "action", "value"), FORGED, ids=[door for _, door, _ in FORGED])
def test_a_button_with_the_value_of_the_other_partys_draft_does_and_shows_nothing(
    office: Office, before: Callable[[Office], Any], action: str, value: str
) -> None:
    before(office)
    known = trace(office)

    for name in ("Helena Costa", "Nadia Petrova", "Victor Lang", "Clara Novak"):
        for party in ("ilo", "iom"):
            knock(office, party, pressed(office, party, name, action, value))

    assert trace(office) == known
    for name in ("Helena Costa", "Nadia Petrova"):
        shown = f"{office.slack.modal(office.id(name))} {words_of(office.told(name))}"
        assert not [words for words in PRIVATE if words in shown]
