"""October 2026 to February 2027: field offices are told, Kenya begins a project, matters are shared."""

from datetime import date

from sqlmodel import select

from bot.agreement.exchanges import Exchange, ExchangeStatus
from bot.agreement.ledger import Occurrence, OccurrenceStatus
from bot.agreement.matters import MatterStatus, NotedMatter
from tests.clauses.exchanging import share
from tests.clauses.test_iv_1_matters import note, share_it
from tests.clauses.test_iv_6_1_projects import add as add_project
from tests.clauses.test_iv_6_1_projects import write as write_line
from tests.clauses.test_v_1_offices import tell
from tests.handlers.test_activities import CHANNELS
from tests.office import Office, words_of
from tests.stories.setting import ASIA, KENYA, LIAISON, days_of, due, fill, press, said, told

UPDATE = {
    "summary": "The outline is ready, and comments are welcome.",
    "area": "A-STRAT",
    "classification": "shareable",
}
NOTHING = ""


def the_house_opens(office: Office) -> None:
    """Friday 23 October 2026: what fell due before is unknown, and nobody is told of it in a channel."""
    with office.reading() as desk:
        rows = desk.session.exec(select(Occurrence).where(Occurrence.due_on < desk.today)).all()
    assert {row.status for row in rows} == {OccurrenceStatus.UNKNOWN}
    assert "2021" not in words_of(office.channel(LIAISON))


def the_field_offices_are_told(office: Office) -> None:
    """V.1: both parties tell Nairobi and Bangkok; IOM's office in Bangkok is silent and is asked again."""
    office.pass_to(date(2026, 10, 26))
    both = ["Nairobi (country)", "Bangkok (regional)"]
    tell(office, "Amina Diallo", "Nairobi", "ilo", offices=both)
    tell(office, "Helena Costa", "Nairobi", "iom", offices=both)
    for name in ("Samuel Otieno", "Anan Srisai", "Grace Wanjiru"):
        press(office, name, "distributions.acknowledge")

    office.pass_to(date(2026, 11, 10))
    assert days_of(told(office, "Linh Tran", "has not confirmed yet")) == [date(2026, 11, 9)]
    assert not told(office, "Anan Srisai", "has not confirmed yet")
    press(office, "Linh Tran", "distributions.acknowledge")

    assert len(said(office, "Every field office of both parties")) == 1


def kenya_begins_a_project(office: Office) -> None:
    """IV.6-1: a project in Kenya has a person of each side; I.2 and IV.7: it is compared with another."""
    office.pass_to(date(2026, 11, 12))
    add_project(office, "Grace Wanjiru")
    press_and_name(office)
    add_project(office, "Samuel Otieno", subject="Fair recruitment, second phase")
    office.click("Samuel Otieno", "activities.relate", where=KENYA)
    fill(office, "Samuel Otieno", {"relation": "joint"})
    office.click("Samuel Otieno", "activities.consider", where=KENYA)
    fill(office, "Samuel Otieno", CHANNELS)

    office.pass_to(date(2026, 12, 10))
    assert days_of(told(office, "Grace Wanjiru", "Fair recruitment in Kenya")) != []
    write_line(office, "Grace Wanjiru", "The baseline survey is complete.")
    press(office, "Samuel Otieno", "projects.no_change")


def press_and_name(office: Office) -> None:
    """ILO's own officer in Nairobi answers for its side."""
    office.click("Samuel Otieno", "projects.responsible", where="direct")
    fill(office, "Samuel Otieno", {"responsible": "Samuel Otieno"})


def each_level_reads_its_digest(office: Office) -> None:
    """IV.1 and IV.6-1: Nairobi and Bangkok share; each channel reads a digest of its own, and once."""
    share(office, "Samuel Otieno", KENYA, subject="Labour mobility fund")
    share(office, "Anan Srisai", ASIA, subject="Recruitment fees in Asia")
    press(office, "Grace Wanjiru", "exchanges.acknowledge", where=KENYA)
    press(office, "Linh Tran", "exchanges.acknowledge", where=ASIA)

    office.pass_to(date(2027, 1, 4))
    digests = [words_of(said(office, "Digest", where)) for where in (KENYA, ASIA, LIAISON)]
    assert [text.count("“Labour mobility fund”") for text in digests] == [1, 0, 0]
    assert [text.count("“Recruitment fees in Asia”") for text in digests] == [0, 1, 0]


def closed_days_bring_reminders_forward(office: Office) -> None:
    """A reminder of 24 December 2027, when ILO is closed, came on the working day before; as did three prompts."""
    office.pass_to(date(2028, 1, 7))
    reminders = said(office, "acknowledging the collaboration: Sunday 23 January 2028")
    assert days_of(reminders) == [date(2027, 12, 23)]


def a_matter_is_shared_in_time(office: Office) -> None:
    """IV.1: what arose on 20 January is noted for ILO alone, and shared before its ten working days are over."""
    office.pass_to(date(2027, 1, 21))
    note(office, subject="A new corridor to the Gulf", arose_on="2027-01-20")
    assert "new corridor" not in words_of(office.channel(LIAISON))

    office.pass_to(date(2027, 1, 26))
    share_it(office, "Mei Chen")
    press(office, "Helena Costa", "exchanges.acknowledge")

    assert "and was shared in time" in words_of(said(office, "new corridor"))
    with office.reading() as desk:
        assert desk.session.exec(select(NotedMatter)).one().status is MatterStatus.SHARED
        shares = desk.session.exec(select(Exchange)).all()
    assert {row.status for row in shares} == {ExchangeStatus.ACKNOWLEDGED}


def a_quarter_is_answered(office: Office, due_on: date, asked_on: date, ilo: str | None = NOTHING) -> None:
    """IV.1 and V.2-2: each party shares or has nothing to report, and both confirm their contact points.

    `ilo` is what ILO shares; None when it has shared something in the period before it is asked.
    """
    office.pass_to(max(asked_on, office.today))
    prompts = said(office, f"share for the period to {due_on:%A} {due_on.day} {due_on:%B %Y}")
    assert days_of(prompts) == [asked_on]
    if ilo:
        office.click("Amina Diallo", "exchanges.share")
        fill(office, "Amina Diallo", {**UPDATE, "subject": ilo})
        press(office, "Omar Haddad", "exchanges.acknowledge", LIAISON)
    elif ilo == NOTHING:
        press(office, "Amina Diallo", "exchanges.nothing", LIAISON)
    press(office, "Omar Haddad", "exchanges.nothing", LIAISON)
    assert due(office, "exchange-prompt", due_on).status is OccurrenceStatus.MET

    quarter = due(office, "contact-points-confirmed", due_on)
    office.pass_to(date.fromordinal(due_on.toordinal() - 3))
    for name in ("Pierre Favre", "Omar Haddad"):
        office.click(name, "contacts.review", str(quarter.key), where="direct")
        fill(office, name, {})
    assert due(office, "contact-points-confirmed", due_on).status is OccurrenceStatus.MET
