"""VII.1-2 counted through the whole path, for every day of two years, against somebody else's arithmetic."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, create_engine, select

from bot.agreement.calendars import GenevaCalendar, JointCalendar
from bot.agreement.definition import load
from bot.agreement.desk import Desk
from bot.agreement.files import Attachment
from bot.agreement.notice_drafts import Letter, approve, open_notice
from bot.agreement.notice_letters import NoticeChannel, NoticeLanguage
from bot.agreement.notice_receipts import acknowledge, prove_receipt, record_sent
from bot.agreement.people import TODAY, Mandate, Person
from bot.agreement.rights import Role
from bot.agreement.standing import AgreementEnd, end_of
from bot.agreement.terminations import Termination, TerminationStatus
from bot.tables import metadata
from tests.handlers.noticing import acknowledged, expected_end, row
from tests.office import ZURICH, Office, Servers

DEFINITION = load("ilo-iom-2020")
ZONE = ZoneInfo(DEFINITION.tz)
DAYS = [date(2027, 1, 1) + timedelta(days=n) for n in range(731)]
LETTER = Letter(NoticeLanguage.EN, "IOM", "Geneva", date(2026, 12, 1), "G. Houngbo", "Director-General", None)
FILE = Attachment("signed.pdf", b"signed")


def expected(day: date) -> date:
    """Two months on, as dateutil counts them: the same day, or the last of a shorter month."""
    return day + relativedelta(months=2)


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """The people of both sides, in a database that lives in memory."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    metadata().create_all(engine)
    with Session(engine) as made:
        for number, (party, role) in enumerate(
            [("ilo", Role.LEGAL), ("ilo", Role.SIGNATORY), ("iom", Role.CONTACT_POINT)], 1
        ):
            made.add(Person(id=number, party=party, name=f"P{number}", team_id=party, user_id=f"U{number}"))
            made.add(Mandate(person_id=number, role=role))
        made.commit()
        yield made
    engine.dispose()


def desk(session: Session, number: int, now: datetime) -> Desk:
    session.info.clear()
    session.info[TODAY] = now.astimezone(ZONE).date()
    calendar = JointCalendar([GenevaCalendar()])
    return Desk(session, now, DEFINITION, calendar, session.get_one(Person, number))


def sent_before(session: Session, now: datetime) -> Termination:
    """A notice of the ILO, agreed to by two people and on record as sent an hour before."""
    letter = Letter(**{**LETTER.__dict__, "planned_on": now.date()})
    open_notice(desk(session, 1, now), letter=letter, through="ilo")
    made = session.exec(select(Termination)).one()
    for number in (1, 2):
        approve(
            desk(session, number, now),
            termination_id=made.key,
            typed=f"{made.number} SEND",
            seen=1,
            through="ilo",
        )
    record_sent(
        desk(session, 2, now),
        termination_id=made.key,
        dated_on=LETTER.dated_on,
        sent_on=now.date() - timedelta(days=1),
        sent_time=time(9),
        travelled=NoticeChannel.COURIER,
        file=FILE,
        typed=f"{made.number} SENT",
        seen=1,
        through="ilo",
    )
    return made


def test_vii_1_2_every_day_of_2027_and_2028_ends_as_dateutil_counts(session: Session) -> None:
    wrong = []
    for day in DAYS:
        now = datetime.combine(day, time(18), ZONE)
        made = sent_before(session, now)
        receipt = {"received_on": day, "received_time": time(0, 30), "how": "By courier"}
        acknowledge(desk(session, 3, now), termination_id=made.key, **receipt)
        session.refresh(made)
        end = session.exec(select(AgreementEnd)).one()
        if made.status is not TerminationStatus.ACKNOWLEDGED or {made.ends_on, end.ends_on} != {
            expected(day)
        }:
            wrong.append((day, made.ends_on, end.ends_on))
        session.rollback()

    assert wrong == []


@pytest.mark.parametrize(
    "day", [date(2027, 12, 29), date(2027, 12, 31), date(2028, 2, 29), date(2027, 8, 31)]
)
def test_vii_1_2_evidence_of_receipt_counts_from_the_same_day(session: Session, day: date) -> None:
    now = datetime.combine(day, time(23, 59), ZONE)
    made = sent_before(session, now)
    facts = {"received_on": day, "received_time": time(23, 59), "how": "Slip", "file": FILE, "through": "ilo"}
    prove_receipt(desk(session, 1, now), termination_id=made.key, **facts)

    found = end_of(session)
    assert found is not None
    assert found.ends_on == expected(day)
    session.rollback()


@pytest.mark.parametrize(
    ("year", "month", "day", "last"),
    [
        (2026, 12, 31, date(2027, 2, 28)),
        (2027, 2, 28, date(2027, 4, 28)),
        (2027, 4, 30, date(2027, 6, 30)),
        (2027, 7, 31, date(2027, 9, 30)),
        (2027, 12, 30, date(2028, 2, 29)),
        (2028, 2, 29, date(2028, 4, 29)),
    ],
)
def test_vii_1_2_month_ends_through_the_door(
    tmp_path: Path, servers: Servers, year: int, month: int, day: int, last: date
) -> None:
    start = datetime(year, month, day, 8, tzinfo=ZURICH)
    url = f"sqlite:///{tmp_path / 'comity.db'}"
    with Office(tmp_path, url, servers, start=start) as office:
        office.move_in()
        acknowledged(office, when=start + timedelta(hours=4))

        assert row(office).ends_on == last == expected(start.date())
        assert expected_end(office) == last
