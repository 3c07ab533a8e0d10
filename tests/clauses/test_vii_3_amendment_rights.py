"""VII.3: who may do what with an amendment: every step × everybody, two at once, and after the Agreement."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import func, select

from bot.agreement import amendments
from bot.agreement.amendment_drafts import add_change, draft, drop_change, propose, revise, withdraw
from bot.agreement.amendment_signatures import add_file, agree, confirm_file, decline, sign
from bot.agreement.amendment_values import Typed
from bot.agreement.amendments import (
    Amendment,
    AmendmentMovedOn,
    AmendmentStatus,
    NoSuchAmendment,
    as_signed,
)
from bot.agreement.errors import AgreementError
from bot.agreement.files import Attachment
from bot.agreement.people import AgreementOver, Refusal
from bot.agreement.standing import AgreementEnd
from bot.journal import Entry, Outcome
from bot.sandbox.seed import ROLES
from tests.clauses.amending import (
    FILE,
    LIAISON,
    agreed,
    both_signed,
    drafted,
    filed,
    press,
    proposed,
    row,
    sealed,
)
from tests.handlers.pressing import modal_words
from tests.office import ZURICH, Office, words_of

DRAFTING = frozenset({"contact_point", "legal"})
ANSWERING = frozenset({"contact_point", "signatory"})
TREATY = frozenset({"contact_point", "alternate", "signatory", "legal"})
DAY = date(2026, 11, 23)
Facts = Callable[[Office, str], dict[str, Any]]


def party(name: str, office: Office) -> str:
    return office.slack.state.people[office.id(name)].team_id.removeprefix("T0").lower()


def digest(office: Office, version: int) -> str:
    with office.reading() as desk:
        return amendments.digest(desk.session, desk.session.get_one(Amendment, 1), version)


def signed_as(office: Office) -> str:
    with office.reading() as desk:
        return as_signed(desk.session, desk.session.get_one(Amendment, 1))


STEPS: list[tuple[str, Any, Callable[[Office], None], Facts, str, frozenset[str]]] = [
    (
        "add_change",
        add_change,
        drafted,
        lambda office, name: {
            "clause": "I.2",
            "target": "words::",
            "typed": Typed(summary="Other words."),
            "through": party(name, office),
        },
        "ilo",
        DRAFTING,
    ),
    (
        "drop_change",
        drop_change,
        drafted,
        lambda office, name: {"change_id": 1, "through": party(name, office)},
        "ilo",
        DRAFTING,
    ),
    (
        "propose",
        propose,
        drafted,
        lambda office, name: {"seen": digest(office, 1), "through": party(name, office)},
        "ilo",
        DRAFTING,
    ),
    (
        "revise",
        revise,
        proposed,
        lambda office, name: {"reason": "x", "through": party(name, office)},
        "ilo",
        DRAFTING,
    ),
    (
        "withdraw",
        withdraw,
        proposed,
        lambda office, name: {"reason": "x", "through": party(name, office)},
        "ilo",
        DRAFTING,
    ),
    ("agree", agree, proposed, lambda office, _: {"seen": row(office).digest}, "iom", ANSWERING),
    (
        "decline",
        decline,
        proposed,
        lambda office, _: {"seen": row(office).digest, "reason": "x"},
        "iom",
        ANSWERING,
    ),
    (
        "sign",
        sign,
        agreed,
        lambda office, _: {
            "seen": row(office).digest,
            "signatory": "X",
            "capacity": "Head",
            "signed_on": DAY,
        },
        "",
        TREATY,
    ),
    ("add_file", add_file, agreed, lambda *_: {"file": Attachment(*FILE), "seen": 0}, "", TREATY),
    (
        "confirm_file",
        confirm_file,
        filed,
        lambda office, _: {"seen": signed_as(office)},
        "iom",
        TREATY,
    ),
]


@pytest.mark.parametrize(
    ("verb", "before", "facts", "side", "capacities"),
    [each[1:] for each in STEPS],
    ids=[each[0] for each in STEPS],
)
def test_vii_3_every_step_for_everybody(
    office: Office,
    verb: Any,
    before: Callable[[Office], None],
    facts: Facts,
    side: str,
    capacities: frozenset[str],
) -> None:
    before(office)
    for user_id, (_, roles) in ROLES.items():
        name = office.slack.state.people[user_id].name
        allowed = side in ("", party(name, office)) and bool(capacities & set(roles))
        if not allowed:
            with pytest.raises(AgreementError):
                office.act(name, verb, amendment_id=1, **facts(office, name))
    for name in ("Victor Lang", "Clara Novak"):
        with pytest.raises(Refusal):
            office.act(
                name, verb, amendment_id=1, **{**facts(office, "Amina Diallo"), **_through(facts, office)}
            )
    last = next(
        office.slack.state.people[user_id].name
        for user_id, (_, roles) in ROLES.items()
        if capacities & set(roles) and side in ("", party(office.slack.state.people[user_id].name, office))
    )
    assert office.act(last, verb, amendment_id=1, **facts(office, last))


def _through(facts: Facts, office: Office) -> dict[str, Any]:
    return {"through": "ilo"} if "through" in facts(office, "Amina Diallo") else {}


@pytest.mark.parametrize("name", ["Pierre Favre", "Mei Chen", "Samuel Otieno", "Ravi Menon", "Yuki Tanaka"])
def test_vii_3_only_contact_points_and_legal_officers_draft(office: Office, name: str) -> None:
    facts = {"title": "x", "purpose": "y", "channel_id": "C0LIAISON", "effective_on": None}

    with pytest.raises(Refusal):
        office.act(name, draft, **facts, through=party(name, office))
    with office.reading() as desk:
        refused = select(func.count()).select_from(Entry).where(Entry.outcome == Outcome.REFUSED)
        assert desk.session.exec(refused).one() == 1


def test_vii_3_a_draft_of_the_other_party_does_not_exist_for_it(office: Office) -> None:
    drafted(office)

    for action in ("show", "moves"):
        with pytest.raises(AssertionError):
            office.click("Helena Costa", f"amendments.{action}", where="direct")
    for key in (1, 7):
        with pytest.raises(NoSuchAmendment) as refused:
            office.act("Helena Costa", agree, amendment_id=key, seen="")
        assert refused.value.number == str(key)


def test_vii_3_a_draft_does_not_pass_through_the_other_partys_app(office: Office) -> None:
    drafted(office)

    with pytest.raises(Refusal):
        office.act("Lucía Romero", withdraw, amendment_id=1, reason="x", through="iom")
    assert row(office).status is AmendmentStatus.DRAFTING


@pytest.mark.parametrize("base", ["office", "office_on_postgres"])
def test_vii_3_of_twenty_who_answer_at_once_one_wins_and_the_others_are_told(
    request: pytest.FixtureRequest, base: str
) -> None:
    office: Office = request.getfixturevalue(base)
    proposed(office)
    seen = row(office).digest

    def answer(number: int) -> Exception | None:
        facts = {"amendment_id": 1, "seen": seen}
        verb, more = (agree, {}) if number % 2 else (decline, {"reason": "No."})
        try:
            office.house.secretariat.act(office.who("Helena Costa"), verb, **facts, **more)
        except AmendmentMovedOn as error:
            return error
        return None

    with ThreadPoolExecutor(20) as pool:
        outcomes = list(pool.map(answer, range(20)))

    assert outcomes.count(None) == 1
    told = {(each.by, each.party) for each in outcomes if isinstance(each, AmendmentMovedOn)}
    assert told == {("Helena Costa", "IOM")}


def test_vii_3_of_two_amendments_that_race_one_is_confirmed_and_the_other_is_told(
    office_on_postgres: Office,
) -> None:
    office = office_on_postgres
    filed(office)
    seen = signed_as(office)

    def confirm(name: str) -> Exception | None:
        try:
            office.house.secretariat.act(office.who(name), confirm_file, amendment_id=1, seen=seen)
        except AmendmentMovedOn as error:
            return error
        return None

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(confirm, ["Helena Costa", "Nadia Petrova"] * 4))

    assert outcomes.count(None) == 1
    assert row(office).status is AmendmentStatus.SIGNED


def test_vii_3_of_two_who_record_one_partys_signature_the_second_is_told_of_the_first(office: Office) -> None:
    agreed(office)
    signed = {"signatory": "G. Houngbo", "capacity": "Head", "signed_on": DAY}
    office.click("Lucía Romero", "amendments.sign")
    press(office, "Amina Diallo", "sign", signed)

    office.submit("Lucía Romero", signed)

    said = modal_words(office, "Lucía Romero")
    assert "“signature put on record” by Amina Diallo (ILO)" in said


def test_vii_3_a_signature_or_file_that_is_wrong_is_put_right_until_it_is_confirmed(office: Office) -> None:
    filed(office)
    office.click("Helena Costa", "amendments.confirm")
    right = {"signatory": "G. Houngbo", "capacity": "Head", "signed_on": date(2026, 11, 20)}
    press(office, "Amina Diallo", "sign", right)
    press(office, "Amina Diallo", "file", {"file": ("right.pdf", b"the right one")})

    office.submit("Helena Costa", {})
    assert "has moved on" in modal_words(office, "Helena Costa")
    office.slack.close_modal(office.id("Helena Costa"))
    office.click("Helena Costa", "amendments.file")
    office.submit("Helena Costa", {"file": FILE})
    assert "has moved on" in modal_words(office, "Helena Costa")
    office.slack.close_modal(office.id("Helena Costa"))
    press(office, "Helena Costa", "confirm", {})

    found = row(office)
    assert (found.status, found.in_force_on) == (AmendmentStatus.SIGNED, DAY)
    said = words_of(office.channel(LIAISON)[:1])
    assert "on Friday 20 November 2026" in said
    assert "right.pdf" in said


def test_vii_3_a_file_is_not_confirmed_by_the_party_that_handed_it_in_nor_before_both_signed(
    office: Office,
) -> None:
    agreed(office)
    press(office, "Amina Diallo", "file", {"file": FILE})
    with pytest.raises(AgreementError):
        office.act("Helena Costa", confirm_file, amendment_id=1, seen=signed_as(office))
    for name in ("Amina Diallo", "Helena Costa"):
        press(office, name, "sign", {"signatory": "X", "capacity": "Head", "signed_on": DAY})

    told = office.click("Amina Diallo", "amendments.confirm")

    assert "the other party" in told.casefold() or "belongs" in told
    assert row(office).status is AmendmentStatus.AGREED


def end_agreement(office: Office, on: date) -> None:
    with office.database.writing() as session:
        session.add(
            AgreementEnd(agreement="ilo-iom-2020", ends_on=on, notice_id=1, recorded_at=office.clock.now())
        )


def test_vii_3_once_the_agreement_has_ended_there_is_nothing_left_to_amend(office: Office) -> None:
    both_signed(office)
    end_agreement(office, date(2026, 11, 24))
    office.clock.move_to(datetime(2026, 11, 25, 10, tzinfo=ZURICH))

    with pytest.raises(AgreementOver):
        office.act("Amina Diallo", add_file, amendment_id=1, file=Attachment(*FILE), seen=0)
    told = office.click("Amina Diallo", "amendments.file", where=LIAISON)
    assert "ended" in told
    facts = {"title": "x", "purpose": "y", "channel_id": "C0LIAISON", "effective_on": None}
    with pytest.raises(AgreementOver):
        office.act("Amina Diallo", draft, **facts, through="ilo")


def test_vii_3_an_amendment_for_a_day_after_the_end_never_takes_effect(office: Office) -> None:
    sealed(office, effective_on=date(2027, 2, 1))
    end_agreement(office, date(2027, 1, 29))
    office.clock.move_to(datetime(2027, 2, 2, 10, tzinfo=ZURICH))
    office.tick()

    assert row(office).status is AmendmentStatus.SIGNED
    with office.reading() as desk:
        assert desk.definition.term.notice == "P2M"
