"""Every letter about matters, projects, digests and consultations, with the worst that people may type."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.agreement.consultations import ConsultationKind, ConsultationStatus
from bot.agreement.matters import MatterStatus
from bot.agreement.project_gates import Gate, GateStatus
from bot.agreement.project_registers import DataHolding
from bot.agreement.projects import ProjectKind, ProjectStatus
from bot.letters import words
from bot.sandbox.blocks import message_problems, text_size
from bot.shapes import Button, message

HOSTILE = '<!channel> "quoted" & <@U0IOMCOSTA>\n' * 80
LONG = "x" * 3000
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = date(2026, 12, 7)
MOST_TEXT = 13_202


def common(text: str) -> dict[str, Any]:
    person = {"name": text[:80], "party": "IOM", "office": "", "user_id": "U0IOMCOSTA"}
    return {
        "clause": "IV.6-1",
        "number": "2026/12",
        "title": text[:150],
        "party": "ILO",
        "by": text[:80],
        "by_party": "ILO",
        "others": ("IOM",),
        "receiving": ("IOM",),
        "author": person,
        "closer": person,
        "readier": person,
        "closed_at": AT,
        "zone": "Europe/Zurich",
        "place": "Kenya (country)",
        "planned_for": DAY,
        "due_on": DAY,
        "late": True,
        "days_left": 0,
        "person": person,
    }


def matter(text: str, **facts: Any) -> dict[str, Any]:
    closed = tuple((date(2026, 12, day), text[:60]) for day in (8, 25))
    days = {"arose_on": DAY, "share_by": DAY, "working_days": 10, "closed_days": closed, "days_late": 1}
    return {**common(text), **days, **facts}


def project(text: str, **facts: Any) -> dict[str, Any]:
    line = {"by": common(text)["person"], "on": DAY, "text": text[:200]}
    return {
        **common(text),
        "kind": ProjectKind.OPPORTUNITY,
        "status": ProjectStatus.CLOSED,
        "outcome": text[:600],
        "entered_at": AT,
        "area_title": "International cooperation",
        "starts_on": DAY,
        "ends_on": None,
        "lead": "IOM",
        "responsible": (("ILO", text[:80]), ("IOM", "")),
        "lines": [line] * 6,
        "earlier": 9,
        "gates": GATES_SHOWN,
        "had_begun": True,
        "begun_word": common(text)["person"],
        "begun_at": AT,
        "others": ("IOM",),
        "started_at": None,
        "held": 2,
        "asked": "IOM",
        **facts,
    }


def consultation(text: str, status: ConsultationStatus) -> dict[str, Any]:
    return {
        **common(text),
        "kind": ConsultationKind.OPERATIONAL,
        "status": status,
        "topic": text[:150],
        "questions": text[:1500],
        "agenda": text[:1500],
        "opened_at": AT,
        "ready_at": AT,
        "wished_on": DAY,
        "wish": text[:150],
        "minutes": text,
    }


def letters(text: str) -> list[tuple[str, dict[str, Any], tuple[str, ...]]]:
    matters = [matter(text, days_left=left, late=left < 0) for left in (3, 0, -3)]
    found = [("matters/matter_near", facts, ("share", "withhold")) for facts in matters]
    found += [("matters/matter_noted", matter(text, days_late=late), ("share",)) for late in (0, 1, 5)]
    found += [("projects/card", project(text, lines=lines), ("line", "close")) for lines in ([], [LINE] * 6)]
    found += [
        ("projects/line_asked", project(text, days_left=left), ("line", "no_change")) for left in (3, 0, -3)
    ]
    found.append(("projects/responsible_wanted", project(text), ("responsible",)))
    for status in ConsultationStatus:
        found.append(("consultations/card", consultation(text, status), ("ready", "close")))
    for name in ("agenda", "ready", "closed"):
        found.append((f"consultations/{name}", consultation(text, ConsultationStatus.CLOSED), ()))
    reply = {**common(text), "speaker": text[:80], "seq": 3, "text": text[:1500], "at": AT}
    found.append(("replies/reply_added", reply, ()))
    return found


GATES_SHOWN = [
    {
        "gate": gate,
        "gate_clause": "IX.1",
        "open": False,
        "status": status,
        "stated_by": "ILO",
        "others": ("IOM",),
    }
    for gate, status in zip(Gate, [*GateStatus, GateStatus.PROPOSED], strict=True)
]
LINE = {"by": {"name": "Helena Costa", "party": "IOM"}, "on": DAY, "text": HOSTILE[:200]}


@pytest.mark.parametrize("text", [HOSTILE, LONG, "plain"], ids=["hostile", "long", "plain"])
def test_iv_every_letter_is_one_that_slack_takes_whatever_people_typed(text: str) -> None:
    for template, facts, labels in letters(text):
        made = message(words(template, facts), [Button(f"a.{label}", "1", label) for label in labels])
        said = str(made.blocks[1:]) + made.text
        assert message_problems(made.blocks) == []
        assert text_size(made.blocks) <= MOST_TEXT
        assert not [word for word in ("<!channel>", "<@U0IOMCOSTA>", "&amp;lt;", "T00:00") if word in said]


ERRORS: Mapping[str, Mapping[str, Any]] = {
    "matters/errors": {
        "day": DAY,
        "today": date(2026, 11, 23),
        "since": date(2020, 10, 23),
        "status": MatterStatus.WITHHELD,
    },
    "projects/errors": {
        "starts_on": DAY,
        "today": DAY,
        "gate": Gate.OWNERSHIP,
        "gates": tuple(Gate),
        "status": DataHolding.PURGED,
        "count": 2,
        "item": HOSTILE,
        "name": HOSTILE,
        "office": HOSTILE,
        "had_begun": False,
    },
    "consultations/errors": {"day": DAY, "status": ConsultationStatus.READY},
    "replies/errors": {},
}


@pytest.mark.parametrize("name", ERRORS)
def test_iv_every_refusal_is_a_whole_sentence_and_inert(name: str) -> None:
    facts = {**common(HOSTILE), "at": AT, "number": HOSTILE, **ERRORS[name]}

    for sentence in words(name, facts).values():
        assert sentence.endswith(".")
        assert "<!channel>" not in sentence
