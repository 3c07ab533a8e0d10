"""IV.1 as the agreement decides it, with no door between: areas, channels, and both parties at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlmodel import select

from bot.agreement import exchanges
from bot.agreement.channels import NoChannel
from bot.agreement.exchange_periods import report_nothing
from bot.agreement.exchanges import Classification, Exchange, NoSuchArea
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from tests.office import Office


def shared(office: Office) -> list[Exchange]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Exchange)).all())


def december(office: Office) -> Occurrence:
    """The Kenya channel's period that ends on 23 December 2026."""
    with office.reading() as desk:
        query = select(Occurrence).where(Occurrence.scope == "KE", Occurrence.due_on == date(2026, 12, 23))
        return desk.session.exec(query).one()


def test_an_area_the_agreement_does_not_have_is_refused(office: Office) -> None:
    facts = {"title": "Fund", "summary": "Opens.", "classification": Classification.PUBLIC}

    with pytest.raises(NoSuchArea):
        office.act("Mei Chen", exchanges.share, channel_id="C0LIAISON", area="A-NONE", **facts)

    assert not shared(office)


def test_a_channel_that_serves_nothing_cannot_be_shared_in(office: Office) -> None:
    facts = {"title": "Fund", "summary": "Opens.", "classification": Classification.PUBLIC}

    with pytest.raises(NoChannel):
        office.act("Mei Chen", exchanges.share, channel_id="C0ILOCOMMS", area="A-COOP", **facts)

    assert not shared(office)


@pytest.mark.postgres
def test_both_parties_may_answer_at_once(office_on_postgres: Office) -> None:
    """Whoever comes second waits for the first, and so the period is met and never left half open."""
    office = office_on_postgres
    key = december(office).key
    act = office.house.secretariat.act

    with ThreadPoolExecutor(2) as pool:
        for name in ("Grace Wanjiru", "Samuel Otieno"):
            pool.submit(act, office.who(name), report_nothing, occurrence_id=key)

    assert december(office).status is OccurrenceStatus.MET
