"""VII.1-2: no way leads to the end of the Agreement but by two people, a signed letter and its receipt."""

from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from bot.agreement.errors import AgreementError
from bot.agreement.files import Attachment, StoredFile
from bot.agreement.notice_drafts import PEOPLE_NEEDED, Letter, approve, drop_notice, open_notice, revise
from bot.agreement.notice_letters import NoticeChannel, NoticeLanguage
from bot.agreement.notice_receipts import acknowledge, prove_receipt, record_sent
from bot.agreement.notice_withdrawals import agree_to_withdrawal, drop_withdrawal, propose_withdrawal
from bot.agreement.standing import AgreementEnd
from bot.agreement.stated_notices import (
    StatedLetter,
    confirm_letter,
    deny_letter,
    retract_letter,
    state_letter,
)
from bot.agreement.terminations import (
    MACHINE,
    Termination,
    TerminationApproval,
    TerminationStatus,
)
from bot.drawings import besides
from tests.clauses.test_vii_1_2_vectors import ZONE, desk
from tests.clauses.test_vii_1_2_vectors import session as session

NOW = datetime(2027, 3, 1, 12, tzinfo=ZONE)
BOUND = {TerminationStatus.RECEIVED, TerminationStatus.ACKNOWLEDGED, TerminationStatus.EFFECTIVE}
"""In which the Agreement has an end."""


def test_vii_1_2_without_two_people_or_a_letter_no_status_that_ends_the_agreement_is_reached() -> None:
    given_by = [name for name in MACHINE.moves if "two people" in besides(MACHINE, name)]
    with_letter = [name for name in MACHINE.moves if "signed letter" in besides(MACHINE, name)]

    assert given_by == ["approve", "confirm_letter"]
    assert with_letter == ["record_sent", "confirm_letter"]
    for needed in (given_by, with_letter):
        assert not MACHINE.reachable(without=frozenset(needed)) & (BOUND | {TerminationStatus.WITHDRAWN})


def test_vii_1_2_every_status_can_be_reached_and_only_the_clock_acts_by_itself() -> None:
    assert MACHINE.reachable() == set(TerminationStatus)
    assert [name for name, move in MACHINE.moves.items() if move.act is None] == ["take_effect", "lapse"]
    assert MACHINE.final == {
        TerminationStatus.EFFECTIVE,
        TerminationStatus.DROPPED,
        TerminationStatus.WITHDRAWN,
        TerminationStatus.DENIED,
        TerminationStatus.LAPSED,
    }


LETTER = Letter(
    NoticeLanguage.EN, "IOM", "Geneva", date(2027, 2, 1), "G. Houngbo", "Head", NOW.date() + timedelta(days=9)
)
STATED = StatedLetter(
    date(2027, 2, 1), "G. Houngbo", "Head", date(2027, 2, 28), time(9), "By courier", NoticeChannel.COURIER
)
FILE = Attachment("signed.pdf", b"signed")
SENT = {"dated_on": date(2027, 2, 1), "sent_on": date(2027, 2, 27), "sent_time": time(9)}
RECEIVED = {"received_on": date(2027, 2, 28), "received_time": time(9), "how": "By courier"}


def deed(
    name: str, row: Termination | None, with_file: bool, right_words: bool
) -> tuple[Any, dict[str, Any]]:
    """One verb with facts that are as they should be, or lack the file, or the words that are to be typed."""
    key, number, seen = (row.key, row.number, row.version) if row else (1, "ILO-2027/1", 1)
    file = FILE if with_file else None

    def typed(word: str) -> str:
        return f"{number} {word}" if right_words else "yes"

    room = {"termination_id": key, "through": "ilo"}
    shared = {"termination_id": key}
    version = row.withdrawal_version if row else 0
    known: dict[str, tuple[Any, dict[str, Any]]] = {
        "open": (open_notice, {"letter": LETTER, "through": "ilo"}),
        "revise": (revise, {**room, "letter": LETTER, "seen": seen}),
        "drop": (drop_notice, {**room, "note": "No."}),
        "approve": (approve, {**room, "typed": typed("SEND"), "seen": seen}),
        "send": (
            record_sent,
            {
                **room,
                **SENT,
                "travelled": NoticeChannel.HAND,
                "file": file,
                "typed": typed("SENT"),
                "seen": seen,
            },
        ),
        "prove": (prove_receipt, {**room, **RECEIVED, "file": file}),
        "acknowledge": (acknowledge, {**shared, **RECEIVED}),
        "state": (state_letter, {"letter": STATED, "file": file}),
        "confirm": (confirm_letter, {**shared, "typed": typed("OURS")}),
        "deny": (deny_letter, {**shared, "reason": "No."}),
        "retract": (retract_letter, {**shared, "reason": "No."}),
        "propose": (propose_withdrawal, {**shared, "reason": "Why.", "typed": typed("WITHDRAW")}),
        "agree": (agree_to_withdrawal, {**shared, "typed": typed("WITHDRAW"), "seen": version}),
        "let_stand": (drop_withdrawal, {**shared, "seen": version}),
    }
    return known[name]


NAMES = ["open", "revise", "drop", "approve", "send", "prove", "acknowledge", "state", "confirm", "deny"]
NAMES += ["retract", "propose", "agree", "let_stand"]
LIKELY = ["approve", "approve", "send", "acknowledge", "confirm", "propose", "agree"]
STEP = st.tuples(
    st.sampled_from(NAMES + LIKELY),
    st.integers(1, 3),
    st.integers(0, 5).map(bool),
    st.integers(0, 5).map(bool),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.sampled_from(["open", "open", "state"]), steps=st.lists(STEP, max_size=14))
def test_vii_1_2_no_walk_of_people_reaches_an_end_without_two_of_them_and_a_letter(
    session: Session, first: str, steps: list[tuple[str, int, bool, bool]]
) -> None:
    session.rollback()
    opener = 1 if first == "open" else 3
    for name, person, with_file, right_words in [(first, opener, True, True), *steps]:
        rows = session.exec(select(Termination).order_by(Termination.id.desc())).all()  # type: ignore[union-attr]
        verb, facts = deed(name, rows[0] if rows else None, with_file, right_words)
        savepoint = session.begin_nested()
        try:
            verb(desk(session, person, NOW), **facts)
        except AgreementError:
            savepoint.rollback()
        session.expire_all()
        check(session)


def check(session: Session) -> None:
    """What has an end has two people's agreement, one of them a signatory's, the letter, and its receipt."""
    rows = session.exec(select(Termination)).all()
    for row in rows:
        if row.status in BOUND:
            mine = select(TerminationApproval).where(TerminationApproval.termination_id == row.key)
            given = [each for each in session.exec(mine).all() if each.version == row.version]
            assert len({each.person_id for each in given}) >= PEOPLE_NEEDED
            assert any(each.signs for each in given)
            assert session.get_one(StoredFile, row.file_id).content == FILE.content
            assert row.received_at is not None
    end = session.exec(select(AgreementEnd)).first()
    assert (end is not None) is any(row.status in BOUND for row in rows)
