"""VII.1-2: how the end of the Agreement closes what belongs to Articles VI to IX, and keeps each party's own."""

from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import col, select

from bot.agreement.amendments import Amendment, AmendmentStatus
from bot.agreement.closed_cases import ClosedCase, Routine
from bot.agreement.emblems import EmblemRequest, EmblemStatus
from bot.agreement.files import Record
from bot.agreement.follow_ups import FollowUp
from bot.agreement.formulas import FormulaStatus
from bot.agreement.people import AgreementOver
from bot.agreement.project_stages import start_project
from bot.agreement.projects import ProjectStatus
from bot.agreement.standing import AgreementEnd
from bot.agreement.terminations import Termination, TerminationStatus
from bot.journal import faults
from bot.packs.making import make_pack
from bot.packs.readers import Reader
from tests.clauses import amending, preparing, renewing
from tests.handlers import costing, crediting, disputing, noticing, permitting
from tests.handlers.noticing import LIAISON
from tests.handlers.pressing import buttons, home_words
from tests.office import DEFINITION, ZURICH, Office, words_of

LAST = date(2027, 2, 28)
POSTER, WISH, SECOND, WHY = "Zebra poster", "Okapi clause", "Pangolin council", "Ibex ministers"
PRIVATE_TO_ILO = (POSTER, WISH, WHY)
PRIVATE_TO_IOM = (SECOND,)
FEW = (SECOND, WHY)
"""What is told to a few of its own party alone, and so to nobody by the end."""
BOTH_SIDES = {
    "ilo": ("Amina Diallo", "Lucía Romero", "Mei Chen", "Ravi Menon", "Jonas Weber"),
    "iom": ("Helena Costa", "Nadia Petrova", "Omar Haddad", "Ines Martin", "Yuki Tanaka"),
}


def rows(office: Office, kind: Any) -> list[Any]:
    with office.reading() as desk:
        found = list(desk.session.exec(select(kind).order_by(col(kind.id))).all())
        desk.session.expunge_all()
    return found


def after(office: Office, day: date = date(2027, 3, 1), hour: int = 0) -> None:
    office.clock.move_to(datetime.combine(day, time(hour), ZURICH))
    office.tick()


def second_notice(office: Office) -> None:
    """The IOM drafts a notice of its own, in its own room."""
    noticing.draft(office, "Nadia Petrova", reason=SECOND, addressee="The Director-General\nILO")


def prepared(office: Office) -> None:
    """One case of each of the later routines, and a notice of the ILO received on 31 December 2026."""
    assert permitting.draft(office, product=POSTER).ok
    permitting.in_use(office)
    amending.drafted(office, amendment=WISH)
    crediting.agreed(office)
    costing.enter(office)
    preparing.ready(office)
    renewing.prepare(office, choice="give_notice", reasons=WHY)
    renewing.decide(office, choice="let_renew", reasons=f"{WHY} agreed.")
    disputing.raised(office)
    noticing.acknowledged(office)
    second_notice(office)


@pytest.fixture
def ended(office: Office) -> Office:
    """All of that, and the last day, Sunday 28 February 2027, is over."""
    prepared(office)
    after(office)
    return office


def test_vii_1_2_the_notice_takes_effect_in_the_act_that_closes_and_the_other_lapses(ended: Office) -> None:
    first, second = rows(ended, Termination)

    assert (first.status, second.status) == (TerminationStatus.EFFECTIVE, TerminationStatus.LAPSED)
    with ended.reading() as desk:
        end = desk.session.exec(select(AgreementEnd)).one()
        assert end.closed_at == first.closed_at == second.closed_at
        assert list(faults(desk.session)) == []
    (card,) = [m for m in ended.channel(LIAISON) if m["text"].startswith("Notice 2026/1 of ILO")]
    assert "Its last day is over, and the Agreement has ended." in words_of([card])
    room = next(m for m in ended.direct("Nadia Petrova") if "for your own party only" in m["text"])
    assert "nothing is asked about it any more" in words_of([room])
    assert [action for action, _ in buttons(room["blocks"])] == ["notices.effect"]


def test_vii_1_2_each_of_the_later_routines_is_closed_and_nothing_is_decided(ended: Office) -> None:
    kept = {row.routine for row in rows(ended, ClosedCase)}

    assert {Routine.EMBLEM_DRAFTS, Routine.FORMULAS, Routine.AMENDMENTS, Routine.PROJECTS} <= kept
    assert Routine.NOTICES not in kept
    assert crediting.statuses(ended) == [FormulaStatus.IN_FORCE]
    assert rows(ended, Amendment)[0].status is AmendmentStatus.DRAFTING
    assert preparing.project(ended).status is ProjectStatus.PREPARING
    assert {row.status for row in rows(ended, EmblemRequest)} == {EmblemStatus.DRAFT, EmblemStatus.IN_USE}


def test_vii_1_2_a_project_in_preparation_is_started_no_more(ended: Office) -> None:
    with pytest.raises(AgreementOver):
        ended.act("Grace Wanjiru", start_project, project_id=1)
    assert preparing.project(ended).status is ProjectStatus.PREPARING
    assert not [row for row in rows(ended, FollowUp) if row.kind.startswith("project") and not row.said_at]


def test_vii_1_2_a_second_notice_that_runs_lapses_and_is_named_to_both(office: Office) -> None:
    noticing.acknowledged(office)
    office.clock.move_to(datetime(2027, 1, 20, 12, tzinfo=ZURICH))
    own = ("Nadia Petrova", "Helena Costa")
    noticing.draft(office, own[0], addressee="The Director-General\nILO")
    number = rows(office, Termination)[1].number
    for name in own:
        noticing.press(office, name, "approve", {"typed": f"{number} SEND"})
    sending = noticing.sending(office, typed=f"{number} SENT")
    assert noticing.press(office, "Helena Costa", "record_sent", sending).ok
    assert noticing.press(office, "Amina Diallo", "acknowledge", noticing.receiving(office)).ok
    after(office)

    assert [row.status for row in rows(office, Termination)] == [
        TerminationStatus.EFFECTIVE,
        TerminationStatus.LAPSED,
    ]
    assert [row.number for row in rows(office, ClosedCase) if row.routine is Routine.NOTICES] == ["2027/1"]
    (card,) = [m for m in office.channel(LIAISON) if m["text"].startswith("Notice 2027/1 of IOM")]
    assert "The Agreement ended by another notice" in words_of([card])
    assert buttons(card["blocks"]) == []
    assert not [row for row in rows(office, FollowUp) if not row.said_at and "termination" in row.kind]


@pytest.mark.parametrize("party", ["ilo", "iom"])
def test_vii_1_2_what_one_party_keeps_to_itself_is_in_nothing_that_the_other_reads(
    ended: Office, tmp_path: Path, party: str
) -> None:
    secrets = PRIVATE_TO_IOM if party == "ilo" else PRIVATE_TO_ILO
    seen = [words_of(ended.channel(room)) for room in (LIAISON, "ilo-iom-horn-of-africa")]
    for name in BOTH_SIDES[party]:
        seen += [words_of(ended.direct(name)), home_words(ended.home(name))]
        seen += [ended.command(name, f"/termination status {day}") for day in ("", "2027-02-28")]
        seen.append(ended.command(name, "/agreement status"))
    seen += [pack(ended, tmp_path / "own", party), pack(ended, tmp_path / "both", "")]
    with ended.reading() as desk:
        records = desk.session.exec(select(Record).where(col(Record.subject).like("ending:%"))).all()
    assert len(records) == 3
    pages = [page for row in records for page in PdfReader(BytesIO(row.content)).pages]
    seen.append(" ".join(" ".join(page.extract_text() for page in pages).split()))

    for secret in secrets:
        assert not any(secret in text for text in seen), secret


def test_vii_1_2_each_party_is_told_of_its_own_drafts_and_what_few_may_know_is_told_to_nobody(
    ended: Office,
) -> None:
    for name in ("Amina Diallo", "Lucía Romero"):
        (letter,) = [m for m in ended.direct(name) if "what ended, and what lives on" in m["text"]]
        assert all(secret in words_of([letter]) for secret in (POSTER, WISH))
    for people in BOTH_SIDES.values():
        for name in people:
            letters = [m for m in ended.direct(name) if "what ended, and what lives on" in m["text"]]
            said = words_of(letters) + ended.command(name, "/termination status")
            assert not any(secret in said for secret in FEW)


def test_viii_the_end_says_nothing_of_disputes_and_counts_none(ended: Office, tmp_path: Path) -> None:
    texts = [pack(ended, tmp_path / party, party) for party in ("ilo", "iom")]
    texts += [ended.command(name, "/termination status") for name in ("Amina Diallo", "Mei Chen")]
    texts += [words_of(ended.channel(LIAISON)), words_of(ended.direct("Mei Chen"))]

    assert not any(secret in text for secret in disputing.SECRETS for text in texts)
    assert "ispute" not in {row.routine.value for row in rows(ended, ClosedCase)}
    assert "1 dispute" not in "\n".join(texts)


def test_viii_a_dispute_goes_on_after_the_end_for_who_may_know_of_it(ended: Office) -> None:
    assert "Marigold" in disputing.read(ended, "Helena Costa")
    with ended.reading() as desk:
        waiting = desk.session.exec(select(FollowUp).where(FollowUp.kind == "dispute_quiet")).all()
        assert [row for row in waiting if row.said_at is None]


def test_vi_1_a_use_goes_on_to_its_last_day_after_the_end_and_is_then_asked_to_come_down(
    ended: Office,
) -> None:
    said = ended.command("Helena Costa", "/termination status")
    assert "ILO takes down what was approved as 2026/1, “Study on fair recruitment”, by the end of" in said
    ended.pass_to(date(2027, 4, 1))

    (row,) = [row for row in rows(ended, EmblemRequest) if row.seq > 0]
    assert row.status is EmblemStatus.EXPIRED
    assert "Study on fair recruitment" in home_words(ended.home("Mei Chen"))
    permitting.press(ended, "Mei Chen", "taken_down", {"down_on": date(2027, 4, 1)})
    (row,) = [row for row in rows(ended, EmblemRequest) if row.seq > 0]
    assert row.status is EmblemStatus.TAKEN_DOWN
    assert "Study on fair recruitment" not in ended.command("Helena Costa", "/termination status")


def test_vi_1_what_is_in_use_under_an_approval_that_was_voided_comes_down_at_the_end(office: Office) -> None:
    permitting.in_use(office)
    permitting.press(office, "Mei Chen", "change_material", {"mockup_text": "Other words"})
    noticing.acknowledged(office, when=datetime(2026, 11, 23, 12, tzinfo=ZURICH))
    after(office, date(2027, 1, 24))

    (row,) = rows(office, EmblemRequest)
    assert row.status is EmblemStatus.LAPSED
    assert row.must_come_down
    with office.reading() as desk:
        planned = desk.session.exec(select(FollowUp).where(FollowUp.kind == "emblem_take_down")).all()
        assert [one.due_on for one in planned if one.said_at is None]


def test_ix_1_d_personal_data_of_projects_live_on_with_their_days(office: Office) -> None:
    preparing.started(office, data=True)
    noticing.acknowledged(office)
    after(office)

    said = office.command("Ines Martin", "/termination status")
    assert "IOM purges or returns personal data of project 2026/1, “Names and e-mail addresses”" in said
    assert "by the end of Friday 30 June 2028".replace("Friday", f"{date(2028, 6, 30):%A}") in said
    assert "IOM looks again by " in said
    kept = {row.kind for row in rows(office, FollowUp) if row.said_at is None}
    assert {"project_retention", "project_data_recheck"} <= kept


def test_vi_2_an_exception_on_costs_may_still_be_confirmed_after_the_end(ended: Office) -> None:
    assert "Joint training in Mombasa" in home_words(ended.home("Helena Costa"))
    assert costing.press(ended, "Helena Costa", "confirm").ok


def test_vii_3_an_amendment_for_a_later_day_does_not_take_effect(office: Office) -> None:
    amending.sealed(office, effective_on=date(2027, 6, 1))
    noticing.acknowledged(office)
    after(office)
    after(office, date(2027, 6, 2), 10)

    assert amending.row(office).status is AmendmentStatus.SIGNED
    card = next(m for m in office.channel(LIAISON) if "A longer notice" in m["text"])
    assert "It does not take effect." in words_of([card])
    assert buttons(card["blocks"]) == []


def pack(office: Office, folder: Path, party: str) -> str:
    """Every word of a pack that is text."""
    with office.database.reading() as session:
        make_pack(session, DEFINITION, Reader(party), folder, office.clock.now())
    texts = [path for path in sorted(folder.rglob("*")) if path.suffix in (".json", ".jsonl", ".csv", ".txt")]
    return "\n".join(path.read_text(encoding="utf-8") for path in texts)
