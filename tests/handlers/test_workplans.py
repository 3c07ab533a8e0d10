"""IV.5 through the door: a workplan is drafted, proposed, adopted by both, changed and compared."""

from datetime import date

import pytest

from bot.agreement.ledger import OccurrenceStatus
from bot.agreement.workplans import WorkplanStatus
from tests.handlers.pressing import modal_words, press_told
from tests.office import Office, words_of
from tests.planning import KENYA, LIAISON, add, adopt, close_all, in_force, item, plans, propose, refusals


def statuses(office: Office) -> list[tuple[str, int, WorkplanStatus]]:
    return [(plan.scope, plan.version, plan.status) for plan in plans(office)]


def test_the_first_item_begins_the_workplan_whose_card_both_parties_see(office: Office) -> None:
    result = add(office)

    assert result.ok
    card, told = office.channel(LIAISON)
    assert "*A draft; nothing is adopted yet.*" in words_of([card])
    assert "1 item; begun by Amina Diallo (ILO) on Monday 23 November 2026" in words_of([card])
    assert told["thread_ts"] == card["ts"]
    assert "Amina Diallo (ILO) added item *2026/1*, “Study of recruitment costs”" in words_of([told])
    assert statuses(office) == [("", 1, WorkplanStatus.DRAFT)]


def test_both_parties_adopt_the_same_content_and_it_is_in_force_with_a_joint_record(office: Office) -> None:
    add(office)
    close_all(office, "Amina Diallo")

    propose(office)
    (plan,) = plans(office)
    assert adopt(office, "Amina Diallo") == ""
    assert statuses(office) == [("", 1, WorkplanStatus.ADOPTED_BY_ONE)]
    adopt(office, "Helena Costa")

    assert statuses(office) == [("", 1, WorkplanStatus.IN_FORCE)]
    said = words_of(office.channel(LIAISON))
    assert said.count(f"`{plan.sha256}`") >= 3
    assert "*Adopted* for ILO: Amina Diallo, contact point, signatory, on Monday 23 November 2026" in said
    assert "*Adopted* for IOM: Helena Costa" in said
    names = [file["name"] for message in office.channel(LIAISON) for file in message.get("files", [])]
    assert names == ["workplan-global-v1.json", "ILO-IOM-2026-001.pdf"]
