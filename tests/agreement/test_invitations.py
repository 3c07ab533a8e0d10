"""IV.4: the years of the Agreement, the clause of each side, and two who act at once on a real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlmodel import select

from bot.agreement.channels import all_channels
from bot.agreement.definition import load
from bot.agreement.instrument_confirmations import confirm
from bot.agreement.instrument_entries import Particulars, add, sign
from bot.agreement.instruments import InstrumentKind, InstrumentMovedOn, NoSuchInstrument
from bot.agreement.invitation_answers import cancel, decide_interest
from bot.agreement.invitation_counts import agreement_years
from bot.agreement.invitation_entries import OwnMeeting, announce_meeting
from bot.agreement.invitations import Invitation, NoSuchInvitation, SomebodyWasFirst, clause_of
from tests.office import DEFINITION, Office

MEETING = OwnMeeting(
    title="Committee on Labour Migration",
    convenor="Governing Body",
    starts_on=date(2027, 3, 15),
    ends_on=date(2027, 3, 17),
    place="Geneva",
    topic="Fair recruitment",
    rule="Standing Orders, article 5",
)
SUPPLEMENT = Particulars(
    kind=InstrumentKind.SUPPLEMENTARY,
    title="Labour mobility",
    scope="Kenya",
    effective_on=date(2026, 11, 2),
)


def place(office: Office) -> str:
    with office.reading() as desk:
        return all_channels(desk.session)[0].channel_id


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (date(2020, 11, 1), [(date(2020, 10, 23), date(2021, 10, 22))]),
        (
            date(2026, 10, 22),
            [(date(2025, 10, 23), date(2026, 10, 22)), (date(2024, 10, 23), date(2025, 10, 22))],
        ),
        (
            date(2026, 10, 23),
            [(date(2026, 10, 23), date(2027, 10, 22)), (date(2025, 10, 23), date(2026, 10, 22))],
        ),
    ],
)
def test_a_year_of_the_agreement_runs_from_one_anniversary_to_the_next(
    today: date, years: list[tuple[date, date]]
) -> None:
    assert list(agreement_years(DEFINITION, today)) == years


def test_iv_4_1_and_iv_4_2_each_side_invites_under_the_clause_that_names_it() -> None:
    assert [clause_of(DEFINITION, party.id) for party in DEFINITION.parties] == ["IV.4-1", "IV.4-2"]


def test_where_no_clause_names_a_party_the_paragraph_is_named() -> None:
    unnamed = load("ilo-iom-2020").model_copy(update={"clauses": ()})

    assert clause_of(unnamed, "ilo") == "IV.4"


@pytest.mark.parametrize("key", [0, 7])
def test_a_forged_number_is_no_row(office: Office, key: int) -> None:
    with pytest.raises(NoSuchInvitation):
        office.act("Amina Diallo", cancel, invitation_id=key, reason="x")
    with pytest.raises(NoSuchInstrument):
        office.act("Amina Diallo", confirm, instrument_id=key, seen=0)


@pytest.mark.postgres
def test_of_two_who_decide_at_once_one_is_told_of_the_other(office_on_postgres: Office) -> None:
    office = office_on_postgres
    office.act("Mei Chen", announce_meeting, channel_id=place(office), meeting=MEETING, through="ilo")

    def decide(name: str, of_interest: bool) -> str:
        try:
            office.house.secretariat.act(
                office.who(name), decide_interest, invitation_id=1, of_interest=of_interest, reason="Why."
            )
        except SomebodyWasFirst as refusal:
            return refusal.by
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(decide, ("Amina Diallo", "Pierre Favre"), (True, False)))

    assert sorted(map(bool, told)) == [False, True]
    with office.reading() as desk:
        assert desk.session.exec(select(Invitation)).one().of_interest is (told[0] == "")


@pytest.mark.postgres
def test_of_two_who_confirm_at_once_one_is_told_of_the_other(office_on_postgres: Office) -> None:
    office = office_on_postgres
    office.act("Lucía Romero", add, channel_id=place(office), particulars=SUPPLEMENT)
    for name in ("Amina Diallo", "Helena Costa"):
        office.act(name, sign, instrument_id=1, signatory="X", capacity="Y", signed_on=date(2026, 10, 30))

    def confirming(name: str) -> str:
        try:
            office.house.secretariat.act(office.who(name), confirm, instrument_id=1, seen=2)
        except InstrumentMovedOn as refusal:
            return refusal.by
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(confirming, ("Helena Costa", "Nadia Petrova")))

    assert sorted(map(bool, told)) == [False, True]
