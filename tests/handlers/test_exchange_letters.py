"""Every letter of IV.1 and of the ledger, filled with the worst that people may type, is one Slack takes."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.agreement.calendars import JointCalendar, load_calendar
from bot.agreement.duty_rules import rule_facts
from bot.agreement.exchange_periods import Answer
from bot.agreement.exchanges import Classification, ExchangeStatus, Onward
from bot.agreement.ledger import OccurrenceStatus
from bot.agreement.renewal_days import notice_days
from bot.agreement.settlement_statements import StatedOutcome
from bot.announcements.ledger import MOST
from bot.cards.renewals import days_facts
from bot.letters import say, words
from bot.outbox import Message
from bot.resources import resource
from bot.sandbox.blocks import message_problems, text_size
from bot.shapes import Button, message
from tests.office import DEFINITION

HOSTILE = '<!channel> "quoted" & <@U0IOMCOSTA>\n' * 80
LONG = "x" * 3000
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MOST_TEXT = 13_202
"""Characters: Slack refuses a message with more."""


def duty(name: str = "general-review", level: str = "", **facts: Any) -> dict[str, Any]:
    found = DEFINITION.duty(name)
    return {
        "clause": found.clause,
        "subject": "occurrence:1",
        "duty": found.id,
        "title": found.title,
        "summary": DEFINITION.clause(found.clause).summary,
        "level": level,
        "scope": "KE" if level else "",
        "window_start": date(2026, 10, 23),
        "due_on": date(2027, 1, 23),
        "owed_by": (),
        **rule_facts(DEFINITION, found, level),
        **facts,
    }


def due(name: str, level: str = "", **facts: Any) -> dict[str, Any]:
    return duty(
        name,
        level,
        **{
            "occurrence_id": 1,
            "channel_id": "C0KENYA",
            "planned_for": date(2027, 1, 8),
            "late": True,
            "missed": 2,
            "also_due": (date(2026, 11, 23), date(2026, 12, 23)),
            "days_left": 15,
            "days": None,
            "stated": None,
            **facts,
        },
    )


def prompt(text: str, **facts: Any) -> dict[str, Any]:
    one = {
        "number": "2026/1",
        "title": text,
        "party": "ILO",
        "receiving": ["IOM"],
        "shared_on": date(2026, 11, 2),
    }
    unacknowledged = {"waiting_for": ("ILO", "IOM"), "unacknowledged": (one,) * 12, "first_call": True}
    return due("exchange-prompt", "country", **{**unacknowledged, **facts})


def settled(text: str, **facts: Any) -> dict[str, Any]:
    return duty(
        channel_id="C0LIAISON",
        by=text[:150],
        **{
            "party": "ILO",
            "met_on": date(2027, 1, 25),
            "days_late": 2,
            "evidence": text,
            "note": text,
            "complete": False,
            "confirmed_by": text[:150],
            "waiting_for": ("IOM",),
            **facts,
        },
    )


def share(text: str, **facts: Any) -> dict[str, Any]:
    person = {"name": text[:80], "party": "ILO", "office": "", "user_id": "U0ILOCHEN"}
    return {
        "clause": "IV.1",
        "number": "2026/1",
        "party": "ILO",
        "receiving": ("IOM",),
        "by": text[:80],
        "title": text[:150],
        "summary": text,
        "asked": text,
        "counterparts": text[:150],
        "link": "https://example.org/?a=1&b=<x>",
        "file": {"name": text[:150], "sha256": "0" * 64},
        "classification": Classification.SHAREABLE,
        "onward": Onward.CONCERNED,
        "arose_on": date(2026, 11, 2),
        "days_late": 2,
        "replies": [{"seq": 12, "speaker": person, "text": text[:1500], "on": date(2026, 11, 24)}] * 4,
        "earlier": 8,
        "length": 1500,
        "status": ExchangeStatus.SHARED,
        "author": person,
        "acknowledger": person,
        "area_title": "International cooperation",
        "place": "Kenya (country)",
        "shared_at": AT,
        "acknowledged_at": AT,
        "zone": "Europe/Zurich",
        "nudges": 2,
        "escalated": True,
        "last": True,
        "planned_for": date(2026, 11, 30),
        "late": True,
        **facts,
    }


def caught_up(text: str, count: int) -> dict[str, Any]:
    days = {"days_late": 5, "shared_on": date(2026, 11, 2)}
    lines = [
        {**days, **share(text), "share": True},
        *(
            {**days, **due("general-review", "country", days_left=left), "share": False}
            for left in (9, 0, -9)
        ),
    ] * 10
    shown = lines[: min(count, MOST)]
    return {
        "lines": shown,
        "count": count,
        "more": count - len(shown),
        "soon": 30,
        "clauses": ["IV.1", "V.3-2"],
    }


def letters(text: str) -> list[tuple[str, dict[str, Any], tuple[str, ...]]]:
    answers = ("share", "nothing", "menu")
    acknowledged = share(text, status=ExchangeStatus.ACKNOWLEDGED)
    rows = [{**share(text), "shared_on": date(2026, 11, 2)}] * 20
    found = [
        ("exchanges/card", share(text), ("acknowledge", "add_reply")),
        ("exchanges/card", acknowledged, ()),
        (
            "exchanges/card",
            share(text, link="", file=None, asked="", counterparts="", arose_on=None, replies=[]),
            ("acknowledge",),
        ),
        ("exchanges/file_enclosed", share(text), ()),
        ("exchanges/acknowledgement_nudged", share(text), ("acknowledge",)),
        ("exchanges/update_acknowledged", {**share(text), "at": AT}, ()),
        ("exchanges/listing", {"clause": "IV.1", "rows": rows, "chosen": ""}, ()),
        ("exchanges/listing", {"clause": "IV.1", "rows": [], "chosen": "open"}, ()),
        ("exchanges/help", {"clause": "IV.1"}, ("share", "list")),
        ("exchanges/nothing_reported", settled(text), ()),
        ("ledger/occurrence_met", settled(text), ()),
        ("ledger/occurrence_met", settled(text, days_late=0), ()),
        ("ledger/occurrence_not_known", settled(text), ()),
        ("ledger/occurrence_stated", settled(text), ("confirm", "disagree")),
        ("ledger/occurrence_stated", settled(text, met_on=None), ("confirm", "disagree")),
        *(("ledger/statement_disputed", disputed(text, outcome), ()) for outcome in StatedOutcome),
        ("ledger/waiver_given", settled(text), ("agree",)),
        ("ledger/waiver_given", settled(text, complete=True, waiting_for=()), ()),
    ]
    found += [("ledger/caught_up", caught_up(text, count), ("due", "list")) for count in (1, 40)]
    for days_left in (15, 1, 0, -3):
        for name in ("exchange_prompted", "exchange_reminded"):
            found.append((f"exchanges/{name}", prompt(text, days_left=days_left), answers))
        for each in DEFINITION.duties:
            level = "country" if each.levels else ""
            found.append(("ledger/reminder_due", due(each.id, level, days_left=days_left), ("settle",)))
            facts = due(each.id, level, days_left=days_left, stated=stated(text), days=days_for_notice())
            found.append(("ledger/reminder_due", facts, ("settle", "renewal_room")))
    return found


def disputed(text: str, outcome: StatedOutcome) -> dict[str, Any]:
    by = {"stated_by": text[:150], "stated_party": "ILO", "reason": text[:1500]}
    return settled(text, party="IOM", outcome=outcome, **by)


def stated(text: str) -> dict[str, Any]:
    by = {"name": text[:80], "party": "ILO", "office": "", "user_id": "U0ILOCHEN"}
    return {"by": by, "party": "ILO", "met_on": date(2027, 1, 25), "waiting_for": ["IOM"]}


def days_for_notice() -> dict[str, Any]:
    parties = [load_calendar(Path("/nowhere"), party.calendar) for party in DEFINITION.parties]
    days = notice_days(DEFINITION, JointCalendar(parties), date(2030, 10, 23))
    assert days is not None
    return days_facts(days, DEFINITION.tz)


def sound(made: Message) -> None:
    said = str(made.blocks[1:]) + made.text
    assert made.text
    assert message_problems(made.blocks) == []
    assert text_size(made.blocks) <= MOST_TEXT
    assert "<!channel>" not in said
    assert "<@U0IOMCOSTA>" not in said
    assert "&amp;lt;" not in said
    assert "T00:00" not in said


@pytest.mark.parametrize("text", [HOSTILE, LONG, "plain"], ids=["hostile", "long", "plain"])
def test_every_letter_is_one_that_slack_takes_whatever_people_typed(text: str) -> None:
    for template, facts, labels in letters(text):
        sound(message(words(template, facts), [Button(f"a.{label}", "1", label) for label in labels]))


def test_the_letters_tried_here_are_all_there_are() -> None:
    tried = {template for template, _, _ in letters("plain")}
    other = {"exchanges/share_form", "exchanges/posted", "exchanges/errors", "ledger/errors", "ledger/why"}
    folder = resource("templates")

    found = {
        f"{path.parent.name}/{path.stem}"
        for name in ("exchanges", "ledger")
        for path in (folder / name).iterdir()
    }

    assert found == tried | other


ERRORS: Mapping[str, Mapping[str, Any]] = {
    "exchanges/errors": {
        "classification": Classification.RESTRICTED,
        "field": "link",
        "area": HOSTILE,
        "link": HOSTILE,
        "number": HOSTILE,
        "by": HOSTILE,
        "party": "ILO",
        "at": AT,
        "zone": "Europe/Zurich",
        "answer": Answer.NOTHING,
        "word": HOSTILE,
        "places": ("Global", "Kenya (country)"),
    },
    "ledger/errors": {
        "title": HOSTILE,
        "party": "ILO",
        "due_on": date(2027, 1, 23),
        "status": OccurrenceStatus.MET,
        "today": date(2027, 1, 23),
        "concluded": date(2020, 10, 23),
        "opened": date(2026, 10, 23),
        "text": HOSTILE,
        "by": HOSTILE,
        "at": AT,
        "zone": "Europe/Zurich",
        "own": False,
    },
    "channels/errors": {"wanted": HOSTILE},
}


@pytest.mark.parametrize("name", ERRORS)
def test_every_refusal_is_a_whole_sentence_and_inert(name: str) -> None:
    for sentence in words(name, ERRORS[name]).values():
        assert sentence.endswith(".")
        assert "<!channel>" not in sentence


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("renewal-notice", "the last working day on which a notice of 2 months is in time"),
        ("term-end", "is the end of the term. The text sets this date."),
        (
            "workplan-global",
            "is 6 months after conclusion (Friday 23 October 2020). The text sets this date.",
        ),
        ("meeting-global", "the last day of the period of 1 year that opened on Friday 23 October 2026"),
        (
            "acknowledgement-consultation",
            "counting one year at a time from conclusion (Friday 23 October 2020), the first time",
        ),
    ],
)
def test_a_date_says_its_rule_its_event_and_who_set_it(name: str, said: str) -> None:
    footer = words("ledger/reminder_due", due(name))["footer"]

    assert footer.startswith(f"Clause {DEFINITION.duty(name).clause}. Saturday 23 January 2027")
    assert said in footer


@pytest.mark.parametrize(
    ("level", "scope", "said"),
    [
        ("global", "", "Global"),
        ("country", "KE", "Kenya (country)"),
        ("regional", "Africa", "Africa (region)"),
    ],
)
def test_a_place_is_called_by_its_name(level: str, scope: str, said: str) -> None:
    assert say("channels/places", level, {"scope": scope}) == said
