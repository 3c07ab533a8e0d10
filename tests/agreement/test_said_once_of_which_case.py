"""What the clock says is known by its case: after a copy was restored, a number may stand for another case."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.agreement.notice_receipts import TerminationNear
from bot.agreement.restricted import RestrictedPurged

DAY = date(2027, 2, 1)
SAID: dict[str, Any] = {
    "number": "2027/1",
    "title": "",
    "due_on": DAY,
    "planned_for": DAY,
    "late": False,
    "missed": 0,
    "days_left": 0,
}
NEAR = TerminationNear(clause="VII.1-2", subject="termination:1", termination_id=1, party="ilo", **SAID)
PURGED = RestrictedPurged(subject="restricted:1", restricted_id=1, sha256="ab" * 32, **SAID)


def test_the_countdown_of_one_partys_notice_is_not_taken_for_the_others() -> None:
    assert NEAR.once == replace(NEAR, days_left=-3, late=True).once
    assert NEAR.once != replace(NEAR, party="iom").once


def test_the_purge_of_one_text_is_not_taken_for_that_of_another() -> None:
    assert PURGED.once == replace(PURGED, late=True).once
    assert PURGED.once != replace(PURGED, sha256="cd" * 32).once
