"""Every act of Articles VI to X × every capacity × both sides × before and after the end, against its own list.

The list repeats what `rights.py` says on purpose: whoever opens an act to somebody else has to say so twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import StaticPool
from sqlmodel import Session, create_engine

from bot.agreement.people import TODAY, Person, may, take_roles
from bot.agreement.rights import RIGHTS, Act, Role, Side
from bot.agreement.standing import AgreementEnd
from bot.agreement.surviving_acts import SURVIVING
from bot.tables import metadata

SUBSTANCE = "contact_point alternate field_focal_point communications legal"
TREATY = "contact_point alternate signatory legal"
ROOM = "contact_point signatory legal"
HEADS = "contact_point signatory"
EVERYBODY = " ".join(Role)
EITHER, OWN, OTHER = "either", "initiating", "responding"
ENDS, LIVES = False, True
WHO: Mapping[Act, tuple[str, str, bool]] = {
    Act.REQUEST_EMBLEM: (SUBSTANCE, EITHER, ENDS),
    Act.ANSWER_EMBLEM: (SUBSTANCE, OWN, ENDS),
    Act.DECIDE_EMBLEM: ("emblem_approver", OTHER, ENDS),
    Act.CHANGE_EMBLEM: (SUBSTANCE, OWN, ENDS),
    Act.REPORT_EMBLEM_USE: (SUBSTANCE, OWN, LIVES),
    Act.REVOKE_EMBLEM: ("emblem_approver", OTHER, LIVES),
    Act.TAKE_DOWN_EMBLEM: (SUBSTANCE, OWN, LIVES),
    Act.KEEP_INSTRUCTIONS: ("emblem_approver communications", OWN, LIVES),
    Act.DELEGATE_APPROVAL: ("emblem_approver contact_point", OWN, ENDS),
    Act.ENTER_ABSENCE: ("emblem_approver contact_point", OWN, ENDS),
    Act.RECORD_LETTER: ("contact_point alternate legal", OTHER, ENDS),
    Act.OPEN_NOTICE: (ROOM, EITHER, ENDS),
    Act.APPROVE_NOTICE: (ROOM, OWN, ENDS),
    Act.RECORD_NOTICE: (ROOM, OWN, ENDS),
    Act.ACKNOWLEDGE_NOTICE: (HEADS, OTHER, ENDS),
    Act.STATE_NOTICE: (HEADS, EITHER, ENDS),
    Act.WITHDRAW_NOTICE: (HEADS, EITHER, ENDS),
    Act.RAISE_DISPUTE: (ROOM, EITHER, LIVES),
    Act.READ_DISPUTE: (EVERYBODY, EITHER, LIVES),
    Act.NAME_IN_DISPUTE: (ROOM, EITHER, LIVES),
    Act.TAKE_UP_DISPUTE: (ROOM, OTHER, LIVES),
    Act.ADD_DISPUTE_STEP: (EVERYBODY, EITHER, LIVES),
    Act.REFER_DISPUTE: ("contact_point", EITHER, LIVES),
    Act.WITHDRAW_DISPUTE: (ROOM, OWN, LIVES),
    Act.WRITE_SETTLEMENT: (ROOM, EITHER, LIVES),
    Act.CONFIRM_SETTLEMENT: (HEADS, OTHER, LIVES),
    Act.PROPOSE_FORMULA: ("contact_point alternate communications", EITHER, ENDS),
    Act.ANSWER_FORMULA: ("contact_point alternate communications", OTHER, ENDS),
    Act.WITHDRAW_FORMULA: ("contact_point alternate communications", OWN, ENDS),
    Act.KEEP_FORMULA: ("contact_point alternate communications", EITHER, ENDS),
    Act.ENTER_COST: (TREATY, EITHER, ENDS),
    Act.CONFIRM_COST: (TREATY, OTHER, LIVES),
    Act.WITHDRAW_COST: (TREATY, OWN, LIVES),
    Act.SETTLE_GATE: ("contact_point legal", EITHER, ENDS),
    Act.CONFIRM_GATE: ("contact_point legal", OTHER, ENDS),
    Act.CONFIRM_ITEMS: ("contact_point alternate field_focal_point legal", OTHER, ENDS),
    Act.START_PROJECT: ("contact_point alternate field_focal_point", EITHER, ENDS),
    Act.CLOSE_PROJECT: (SUBSTANCE, EITHER, LIVES),
    Act.KEEP_PROJECT_DATA: ("data_steward legal", EITHER, LIVES),
    Act.DISPOSE_PROJECT_DATA: ("data_steward legal", OWN, LIVES),
    Act.DRAFT_AMENDMENT: ("contact_point legal", EITHER, ENDS),
    Act.CHANGE_AMENDMENT: ("contact_point legal", OWN, ENDS),
    Act.ANSWER_AMENDMENT: (HEADS, OTHER, ENDS),
    Act.SIGN_AMENDMENT: (TREATY, EITHER, ENDS),
    Act.CONFIRM_AMENDMENT: (TREATY, OTHER, ENDS),
    Act.PREPARE_RENEWAL: (TREATY, EITHER, ENDS),
    Act.DECIDE_RENEWAL: ("signatory", EITHER, ENDS),
    Act.SIGN_REPLACEMENT: ("signatory", EITHER, ENDS),
    Act.CONFIRM_REPLACEMENT: ("signatory", OTHER, ENDS),
    Act.ANSWER_STATEMENT: ("contact_point alternate legal", OTHER, LIVES),
    Act.HOLD_ARCHIVE: (ROOM, EITHER, LIVES),
}
"""In which capacities, on which side of a case, and whether after the end of the Agreement."""
LAST = date(2027, 2, 28)


@dataclass(frozen=True)
class Begun:
    """A case that the ILO began."""

    def side_of(self, party: str) -> Side:
        return Side.INITIATING if party == "ilo" else Side.RESPONDING


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """The Agreement, which ends at the end of `LAST`, and one person of each party."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    known = metadata().tables
    metadata().create_all(engine, [known["person"], known["mandate"], known["agreementend"]])
    with Session(engine) as made:
        end = {"agreement": "ilo-iom-2020", "ends_on": LAST, "notice_id": 1}
        made.add(AgreementEnd(**end, recorded_at=datetime(2026, 12, 1, tzinfo=UTC)))
        for number, party in enumerate(("ilo", "iom"), 1):
            made.add(Person(id=number, party=party, name=party, team_id=f"T0{party}", user_id="U0"))
        made.commit()
        yield made
    engine.dispose()


def allowed(session: Session, act: Act, today: date) -> set[tuple[str, str]]:
    """Every capacity and party that may do `act` in a case of the ILO's, and without any case."""
    session.info[TODAY] = today
    found = set()
    for number in (1, 2):
        person = session.get_one(Person, number)
        for role in Role:
            take_roles(session, person, frozenset({role}))
            if may(session, person, act, Begun()):
                found.add((role.value, person.party))
            if may(session, person, act):
                found.add((role.value, f"{person.party}, in no case"))
    return found


def wanted(act: Act) -> set[tuple[str, str]]:
    roles, side, _ = WHO[act]
    parties = {EITHER: ["ilo", "iom"], OWN: ["ilo"], OTHER: ["iom"]}[side]
    parties += [f"{party}, in no case" for party in ("ilo", "iom") if side == EITHER]
    return {(role, party) for role in roles.split() for party in parties}


@pytest.mark.parametrize("act", WHO)
def test_vi_to_x_an_act_is_open_to_these_capacities_on_this_side_and_to_nobody_else(
    session: Session, act: Act
) -> None:
    assert allowed(session, act, LAST) == wanted(act)
    after = allowed(session, act, date(2027, 3, 1))
    assert after == (wanted(act) if WHO[act][2] else set())


def test_vi_to_x_no_act_was_forgotten_here() -> None:
    first = list(Act).index(Act.KEEP_INSTRUCTIONS)
    assert set(list(Act)[first:]) <= WHO.keys()


def test_nobody_decides_under_the_agreement_as_administrator() -> None:
    alone = {act for act, right in RIGHTS.items() if right.roles & {Role.ADMINISTRATOR}}
    assert alone == {
        Act.READ,
        Act.READ_RESTRICTED,
        Act.ACKNOWLEDGE_DISTRIBUTION,
        Act.READ_DISPUTE,
        Act.ADD_DISPUTE_STEP,
    }


def test_vii_2_only_these_acts_outlive_the_agreement() -> None:
    others = {
        Act.READ,
        Act.READ_RESTRICTED,
        Act.RECORD_ARRANGEMENT,
        Act.CONFIRM_ARRANGEMENT,
        Act.DESIGNATE,
        Act.CONFIRM_CONTACTS,
        Act.HAND_OVER,
        Act.SIGN_INSTRUMENT,
        Act.CONFIRM_INSTRUMENT,
        Act.ADD_INSTRUMENT,
        Act.SETTLE,
    }
    assert others | {act for act, (_, _, lives) in WHO.items() if lives} == SURVIVING
