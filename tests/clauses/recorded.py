"""Rich cases whose joint records are made: an amendment of every kind, a long dispute, a project."""

from datetime import date
from typing import Any

from tests.clauses import amending, preparing
from tests.clauses.exchanging import KENYA
from tests.clauses.test_iv_6_1_projects import add
from tests.handlers import disputing as d
from tests.handlers import test_instruments as instruments
from tests.office import Office

CHANGES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "VII.1-1",
        "initial::",
        {
            "number": "12",
            "unit": "years",
            "summary": "It runs for twelve years.",
            "rule": "12 years from the Effective Date",
        },
    ),
    ("VII.1-2", "notice::", amending.THREE_MONTHS),
    (
        "V.3-2",
        "first:general-review:",
        {"number": "18", "unit": "months", "rule": "once in every 24 months, from 18 months on"},
    ),
    ("V.2-2", "every:contact-points-confirmed:", {"number": "6", "unit": "months"}),
    ("IV.1", "level:exchange-prompt:country", {"number": "2", "unit": "months"}),
    ("VII.1-4", "steps:renewal-notice:", {"steps": "6 months, 2 weeks, 0"}),
    ("IV.6-4", "basis:meeting-global:", {"basis": "policy"}),
    (
        "I.2",
        "words::",
        {"heading": "Shared aims & no <repetition>", "summary": "The parties share their aims."},
    ),
    ("V.3-1", "repeal::", {"sure": ["repeal"]}),
)
"""Every kind of change, each of a different clause."""
LONG = (
    "The centre was opened together; its costs, “100 % of them”, were borne by one side. <!channel> *No*. "
    * 8
)
NOTE = "Each side bears one half.\nThe first half is paid by 30 June 2027.\n\nNothing else is owed."
STATEMENTS = ("The costs were put on us alone, without a word in writing.", LONG.strip())
PROPOSALS = ("One half each, counted from the opening.", "Two thirds for us, one third for you.")
ITEMS = ("The workshops", "Paying the interpreters, and what they are owed if a day is cancelled")
RESULTS: tuple[dict[str, Any], ...] = (
    {},
    {"result": "A data set on fees", "owner": "other", "licence": "CC BY 4.0 & with notice"},
    {"kind": "brought", "result": "The ILO curriculum", "owner": "ilo", "licence": "In Kenya only."},
)
NOTED = "Checked with the registry."
TEN_BUT_ONE = {"security": "not_yet", "plan": "Encrypt & lock the drive.", "plan_on": "2027-02-01"}
REGISTER: tuple[dict[str, Any], ...] = (
    {},
    {
        "data": "Passport numbers and dates of birth of people who were recruited through agencies",
        "whose": "Workers and their families",
        "purpose": "Checking that no fee was charged",
        "kept_at": "The restricted registry at headquarters, cabinet 12",
        "transfers": "The labour inspectorate, on request",
        "retention_until": "2029-12-01",
    },
)


def amendment(office: Office) -> None:
    """Signed by both parties, with a later day stated; its record is about amendment:1."""
    amending.begin(office, effective_on=date(2027, 2, 1))
    for number, (clause, part, typed) in enumerate(CHANGES):
        if number:
            office.click("Lucía Romero", "amendments.add", where="direct")
        made = amending.change(office, clause, part, typed)
        assert made.ok, made
    amending.press(office, "Lucía Romero", "propose", {}, "direct")
    amending.press(office, "Helena Costa", "agree", {})
    amending.press(office, "Amina Diallo", "sign", {"signatory": "G. Houngbo", **amending.SIGNED})
    amending.press(office, "Helena Costa", "sign", {"signatory": "A. Pope", **amending.SIGNED})
    amending.press(office, "Amina Diallo", "file", {"file": amending.FILE})
    amending.press(office, "Helena Costa", "confirm", {})


def dispute(office: Office) -> None:
    """Settled after many steps at every level; its record is about dispute:1."""
    d.taken_up(office)
    for text in STATEMENTS:
        assert d.press(office, "Samuel Otieno", "step", {"kind": "statement", "text": text}).ok
    assert d.press(office, "Grace Wanjiru", "step", {"kind": "proposal", "text": PROPOSALS[0]}).ok
    assert d.press(office, "Amina Diallo", "refer", {"reason": "No refund is in sight."}).ok
    assert d.press(office, "Nadia Petrova", "step", {"kind": "proposal", "text": PROPOSALS[1]}).ok
    assert d.press(office, "Helena Costa", "refer", {"reason": "The heads decide."}).ok
    people = {"level": "heads of the parties", "people": ["Samuel Otieno (Nairobi)"]}
    assert d.press(office, "Amina Diallo", "name", people).ok
    assert d.press(office, "Amina Diallo", "note", {"text": d.SETTLEMENT}).ok
    assert d.press(office, "Helena Costa", "give_back", {"reason": "The day is missing."}).ok
    assert d.press(office, "Amina Diallo", "note", {"text": NOTE}).ok
    assert d.press(office, "Helena Costa", "confirm").ok


def project(office: Office) -> None:
    """Started with an instrument, lists, ten answers of both and a register; its record is about project:1."""
    instruments.in_force(office, KENYA, kind="agreement of a joint project")
    add(office)
    instrument = f"2026/1 {instruments.PARTICULARS['instrument']}"
    preparing.propose(office, answer="instrument", reason=None, instrument=instrument)
    preparing.confirm(office, "Nadia Petrova", "agreement")
    for item in ITEMS:
        preparing.add_item(office, item=item)
    preparing.confirm(office, "Grace Wanjiru", "items")
    for result in RESULTS:
        preparing.add_result(office, **result)
    preparing.say_where(office)
    preparing.confirm(office, "Nadia Petrova", "ownership")
    preparing.ten_answers(office, "Ravi Menon", **TEN_BUT_ONE)
    preparing.ten_answers(office, "Ines Martin", note=NOTED)
    for entry in REGISTER:
        preparing.enter(office, **entry)
    preparing.start(office)
