"""IV.9: either side may postpone or withdraw what is not released, with a reason."""

from datetime import date, datetime
from typing import Any

import pytest

from tests.clauses.drafting import (
    LIAISON,
    TEXT,
    at,
    cleared,
    draft,
    lifted,
    refused,
)
from tests.handlers.pressing import modal_words
from tests.office import ZURICH, Office, words_of

EMBLEM = ["ilo:emblem"]


BEFORE = datetime(2026, 12, 1, 5, 59, tzinfo=ZURICH)


NOON = datetime(2026, 12, 1, 12, 0, tzinfo=ZURICH)


def postpone(office: Office, name: str, **changes: Any) -> Any:
    office.click(name, "communications.postpone")
    later = {"release_on": date(2026, 12, 3), "release_time": "18:00", "reason": "The minister is away."}
    result = office.submit(name, {**later, **changes})
    office.deliver()
    return result


@pytest.mark.parametrize("name", ["Helena Costa", "Pierre Favre", "David Okafor"])
def test_iv_9_either_side_may_postpone_with_a_reason_and_the_clearances_stay(
    office: Office, name: str
) -> None:
    cleared(office)

    assert postpone(office, name).ok

    said = words_of(office.channel(LIAISON))
    assert "to *Thursday 3 December 2026 at 18:00 (Geneva time)*" in said
    assert "The minister is away." in said
    assert "The minister is away." in words_of(office.direct("Mei Chen"))
    at(office, NOON)
    assert lifted(office) == []
    at(office, datetime(2026, 12, 3, 18, 0, tzinfo=ZURICH))
    assert len(lifted(office)) == 1


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"release_on": date(2026, 11, 30)}, "release_on", "To postpone is to move to a later time"),
        ({"release_on": date(2026, 11, 1)}, "release_on", "lies in the past"),
        ({"reason": " "}, "reason", "both parties need it"),
    ],
)
def test_iv_9_a_postponement_is_to_later_and_has_its_reason(
    office: Office, changes: dict[str, Any], field: str, said: str
) -> None:
    cleared(office)

    assert said in postpone(office, "Helena Costa", **changes).errors[field]


def test_iv_9_after_a_postponement_the_missing_clearance_is_asked_for_in_time_for_the_new_day(
    office: Office,
) -> None:
    draft(office)
    postpone(office, "Helena Costa", release_on=date(2026, 12, 17))

    office.pass_to(date(2026, 12, 4))
    assert not [m for m in office.direct("David Okafor") if "not cleared it" in m["text"]]
    office.pass_to(date(2026, 12, 14))

    assert len([m for m in office.direct("David Okafor") if "not cleared it" in m["text"]]) == 1


def withdraw(office: Office, name: str, reason: str = "Overtaken by events.") -> Any:
    office.click(name, "communications.withdraw")
    result = office.submit(name, {"reason": reason})
    office.deliver()
    return result


def test_iv_9_what_either_side_withdraws_is_never_released(office: Office) -> None:
    cleared(office)
    office.click("Helena Costa", "communications.withdraw")
    assert withdraw(office, "David Okafor").ok

    office.submit("Helena Costa", {"reason": "Me too."})
    told = modal_words(office, "Helena Costa")
    at(office, NOON)

    assert "Withdrawn. That was done by David Okafor (IOM) on Monday 23 November 2026" in told
    assert lifted(office) == []
    said = words_of(office.channel(LIAISON))
    assert "Withdrawn by *David Okafor (IOM)*" in said
    assert "Overtaken by events." in said
    assert TEXT not in said


def test_iv_9_a_withdrawal_has_its_reason(office: Office) -> None:
    cleared(office)

    assert "both parties need it" in withdraw(office, "Helena Costa", " ").errors["reason"]


@pytest.mark.parametrize("action", ["postpone", "withdraw"])
@pytest.mark.parametrize("name", ["Samuel Otieno", "Lucía Romero", "Yuki Tanaka"])
def test_iv_9_others_neither_postpone_nor_withdraw(office: Office, name: str, action: str) -> None:
    cleared(office)

    assert "postpone or withdraw" in office.click(name, f"communications.{action}")
    assert len(refused(office)) == 1
