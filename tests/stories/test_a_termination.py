"""Minutes of a termination, November 2026 to January 2028: from a draft to the archive."""

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlmodel import select

from bot.agreement.closed_cases import ClosedCase
from bot.agreement.emblems import EmblemRequest, EmblemStatus
from bot.agreement.files import Record
from bot.agreement.instruments import Instrument, InstrumentStatus
from bot.agreement.project_data import DataCheck
from bot.agreement.standing import AgreementEnd
from bot.agreement.terminations import Termination, TerminationStatus
from bot.agreement.time_limits import civil_day
from bot.journal import faults
from bot.outbox import Kind, OutboxRow
from handlers.doors import COMMANDS
from tests.clauses import archiving, preparing
from tests.clauses.ending import everything_open
from tests.cli.conftest import CommandLine
from tests.handlers import noticing, permitting, test_emblems, test_instruments
from tests.handlers.pressing import buttons, home_words
from tests.office import ZURICH, Office, words_of
from tests.stories.setting import days_of, said, told

LIAISON, HORN, KENYA = "ilo-iom-liaison", "ilo-iom-horn-of-africa", "ilo-iom-east-africa"
REASON = "Our governing body has decided so after long thought"
LAST = date(2027, 1, 30)
"""Two months from the receipt on Monday 30 November 2026: a Saturday, to its end."""
COUNTDOWN = [
    date(2026, 12, 1),
    date(2026, 12, 30),
    date(2027, 1, 15),
    date(2027, 1, 22),
    date(2027, 1, 27),
    date(2027, 1, 29),
]
"""60, 30, 14, 7, 3 and 1 days before; what falls on a day that is not worked is said on the working day before."""
HEADS = ("Amina Diallo", "Pierre Favre", "Helena Costa", "Omar Haddad")
PEOPLE = (
    *HEADS,
    *("Lucía Romero", "Mei Chen", "Jonas Weber", "Ravi Menon", "Samuel Otieno", "Anan Srisai"),
    *("Nadia Petrova", "Yuki Tanaka", "Ines Martin", "Grace Wanjiru", "Linh Tran", "David Okafor"),
)
LIVING = (
    "Labour mobility in the Horn of Africa",
    "Fair recruitment in Kenya",
    "equest 2026/2",
    "personal data (clause IX.1(d))",
)
"""An agreement beside this one, a project with personal data, and the use of an emblem."""


def live_to(office: Office, last: date) -> None:
    """Let the days go by, one morning after the other."""
    office.pass_to(last)


def at(office: Office, day: date, hour: int, minute: int = 0) -> None:
    office.clock.move_to(datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZURICH))


def notice(office: Office) -> Termination:
    return noticing.row(office)


def test_a_termination_from_draft_to_archive(office: Office, tmp_path: Path) -> None:
    the_two_parties_work_together(office)
    the_ilo_drafts_in_its_own_room(office)
    the_iom_tries_every_command_and_sees_nothing(office)
    two_people_agree_by_words_they_type(office)
    the_signed_letter_is_sent(office)
    the_iom_receives_and_acknowledges_it(office)
    everybody_knows_and_the_days_are_counted_down(office)
    the_last_day_is_a_working_day_to_its_end(office)
    at_midnight_it_ends_and_everything_is_closed(office)
    the_survivor_report_is_filed(office)
    new_requests_are_refused_with_the_reason(office)
    what_lives_on_lives_on_for_a_year(office)
    nothing_was_said_twice(office)
    the_archives_made_themselves_and_are_verified(office, tmp_path)


def the_two_parties_work_together(office: Office) -> None:
    """Monday 23 November 2026: an agreement beside this one, a project with personal data, an emblem in use."""
    test_instruments.in_force(office)
    everything_open(office)
    preparing.data_settled(office)
    asked = test_emblems.ask(office, product="The ILO study", use_until=date(2027, 6, 30))
    assert asked.ok, asked.errors
    permitting.press(office, "Yuki Tanaka", "approve")


def the_ilo_drafts_in_its_own_room(office: Office) -> None:
    """The legal officer drafts; the letter comes to print and to edit, with every reading of its last day."""
    assert noticing.draft(office, reason=REASON, planned_on=date(2026, 11, 30)).ok

    assert notice(office).status is TerminationStatus.DRAFT
    assert [m["files"][0]["name"] for m in office.direct("Lucía Romero") if m.get("files")] != []
    card = words_of(told(office, "Amina Diallo", "for your own party only"))
    assert "Saturday 30 January 2027" in card


def the_iom_tries_every_command_and_sees_nothing(office: Office) -> None:
    """Tuesday: four people of IOM type every word of every command, and look at their home and messages."""
    live_to(office, date(2026, 11, 24))
    for name in ("Helena Costa", "Nadia Petrova", "Omar Haddad", "Ines Martin"):
        seen = [home_words(office.home(name)), words_of(office.direct(name))]
        for command, doors in COMMANDS.items():
            for word in doors:
                seen.append(office.command(name, f"{command} {word}".strip()))
                while office.slack.modal(office.id(name)):
                    seen.append(str(office.slack.modal(office.id(name))))
                    office.slack.close_modal(office.id(name))
        text = "\n".join(seen)
        assert REASON not in text
        assert "ILO-2026/1" not in text
        assert "Gilbert Houngbo" not in text
    with office.reading() as desk:
        assert desk.session.exec(select(AgreementEnd)).first() is None


def two_people_agree_by_words_they_type(office: Office) -> None:
    """Wednesday: a button alone does nothing, a wrong word is refused, and one person alone is not enough."""
    live_to(office, date(2026, 11, 25))
    wrong = noticing.agree(office, "Lucía Romero", typed="yes")
    assert not wrong.ok
    office.slack.close_modal(office.id("Lucía Romero"))
    assert noticing.agree(office, "Lucía Romero").ok
    assert notice(office).status is TerminationStatus.DRAFT
    assert noticing.agree(office, "Amina Diallo").ok

    assert notice(office).status is TerminationStatus.APPROVED
    assert told(office, "Helena Costa", "notice") == []


def the_signed_letter_is_sent(office: Office) -> None:
    """Monday 30 November: people sent it by courier; only then does the other side learn of it."""
    live_to(office, date(2026, 11, 30))
    form = noticing.sending(office)
    without = {name: value for name, value in form.items() if name != "file"}
    assert not noticing.press(office, "Amina Diallo", "record_sent", without).ok
    assert office.submit("Amina Diallo", form).ok
    office.deliver()

    assert notice(office).status is TerminationStatus.SENT
    assert told(office, "Helena Costa", "Notice 2026/1 of ILO to end the Agreement")
    assert told(office, "Grace Wanjiru", "Notice 2026/1") == []
    assert said(office, "Notice 2026/1") == []
    assert noticing.expected_end(office) is None


def the_iom_receives_and_acknowledges_it(office: Office) -> None:
    """The same noon: IOM's contact point says when it came, and from then on everybody may know."""
    assert noticing.press(office, "Helena Costa", "acknowledge", noticing.receiving(office)).ok

    assert noticing.expected_end(office) == LAST
    row = notice(office)
    assert all((row.dated_on, row.sent_at, row.received_at, row.acknowledged_at))
    assert len(said(office, "Notice 2026/1 of ILO to end the Agreement")) >= 1
    with office.reading() as desk:
        records = desk.session.exec(select(Record).where(Record.subject == row.subject)).all()
    assert [record.language for record in records] == ["en", "es", "fr"]


def everybody_knows_and_the_days_are_counted_down(office: Office) -> None:
    """To Friday 29 January 2027: each of the six days, once to the contact point and alternate of each side."""
    live_to(office, date(2027, 1, 29))

    for name in HEADS:
        assert days_of(told(office, name, "in force until the end of Saturday 30 January 2027")) == COUNTDOWN
    assert "the Agreement ends at the end of Saturday 30 January 2027" in office.command(
        "Grace Wanjiru", "/agreement status"
    )


def the_last_day_is_a_working_day_to_its_end(office: Office) -> None:
    """Saturday, five minutes to midnight: the Agreement is in force."""
    at(office, LAST, 23, 55)
    office.tick()

    assert notice(office).status is TerminationStatus.ACKNOWLEDGED
    office.command("Mei Chen", "/exchange share")
    assert office.slack.modal(office.id("Mei Chen"))
    office.slack.close_modal(office.id("Mei Chen"))


def at_midnight_it_ends_and_everything_is_closed(office: Office) -> None:
    """Sunday, at 0:00: one card in the global channel, a word in the others, a letter to each office, notes."""
    at(office, LAST + timedelta(days=1), 0)
    office.tick()
    office.tick()

    assert notice(office).status is TerminationStatus.EFFECTIVE
    for room in (LIAISON, HORN, KENYA):
        (message,) = said(office, "The ILO–IOM Agreement ended at the end of Saturday 30 January 2027", room)
        assert days_of([message]) == [date(2027, 1, 31)]
    for name in HEADS:
        assert len(told(office, name, "what ended, and what lives on")) == 1
    for card in said(office, "Closed: the Agreement ended."):
        assert {action for action, _ in buttons(card["blocks"])} <= {"projects.data", "projects.close"}
    with office.reading() as desk:
        assert len(desk.session.exec(select(ClosedCase)).all()) > 10


def the_survivor_report_is_filed(office: Office) -> None:
    """In the thread of that card, numbered for both parties."""
    (card,) = said(office, "The ILO–IOM Agreement ended")
    (report,) = said(office, "Survivor report")
    assert report["thread_ts"] == card["ts"]
    text = words_of([card])
    assert "ILO takes down what was approved as" in text
    assert "IOM purges or returns personal data" in text


def new_requests_are_refused_with_the_reason(office: Office) -> None:
    """Monday 1 February: nothing new, and the reason said; what lives on can be looked at."""
    live_to(office, date(2027, 2, 1))
    for name, words in (
        ("Mei Chen", "/emblem request"),
        ("Helena Costa", "/meeting propose"),
        ("Nadia Petrova", "/termination notice"),
    ):
        assert "The Agreement ended at the end of Saturday 30 January 2027" in office.command(name, words)
    assert "Labour mobility in the Horn of Africa" in office.command("Mei Chen", "/termination status")


def what_lives_on_lives_on_for_a_year(office: Office) -> None:
    """To January 2028: a use that is taken down, data looked at again, and the end of the agreement beside."""
    before = Counter(everything_said(office))
    live_to(office, date(2027, 7, 1))
    the_use_is_over_and_taken_down(office)
    live_to(office, date(2027, 11, 25))
    both_look_again_at_the_data(office)
    live_to(office, date(2028, 1, 5))

    new = list((Counter(everything_said(office)) - before).elements())
    assert [text for text in new if not any(part in text for part in LIVING)] == []
    assert any("personal data" in text for text in new)
    assert any("Labour mobility in the Horn of Africa" in text for text in new)
    with office.reading() as desk:
        assert desk.session.exec(select(Instrument)).one().status is InstrumentStatus.ENDED


def the_use_is_over_and_taken_down(office: Office) -> None:
    """Thursday 1 July 2027: the period of the emblem is over; who uses it confirms that it is down."""
    (row,) = uses(office, "The ILO study")
    assert row.status is EmblemStatus.EXPIRED
    assert "The ILO study" in home_words(office.home("Mei Chen"))
    assert permitting.press(office, "Mei Chen", "taken_down", {"down_on": date(2027, 7, 1)}).ok

    (row,) = uses(office, "The ILO study")
    assert row.status is EmblemStatus.TAKEN_DOWN


def both_look_again_at_the_data(office: Office) -> None:
    """Thursday 25 November 2027: both data stewards answer anew, and are asked no more for a year."""
    for name in preparing.STEWARDS:
        assert "Fair recruitment in Kenya" in home_words(office.home(name))
        assert preparing.ten_answers(office, name).ok

    with office.reading() as desk:
        checks = desk.session.exec(select(DataCheck).where(DataCheck.seq == 2)).all()
        assert {check.again_on for check in checks} == {date(2028, 11, 25)}


def uses(office: Office, product: str) -> list[EmblemRequest]:
    with office.reading() as desk:
        found = list(desk.session.exec(select(EmblemRequest).where(EmblemRequest.product == product)).all())
        desk.session.expunge_all()
    return found


def nothing_was_said_twice(office: Office) -> None:
    """No place was told the same in the same words twice on one day; the journal is one chain."""
    with office.reading() as desk:
        posts = desk.session.exec(select(OutboxRow).where(OutboxRow.kind == Kind.POST)).all()
        told_so = Counter(
            (row.channel, row.payload, civil_day(row.created_at, "Europe/Zurich")) for row in posts
        )
        assert [said_so for said_so, times in told_so.items() if times > 1] == []
        assert list(faults(desk.session)) == []


def everything_said(office: Office) -> list[str]:
    rooms = [message for room in (LIAISON, HORN, KENYA) for message in office.channel(room)]
    return [m["text"] for m in (*rooms, *(m for name in PEOPLE for m in office.direct(name)))]


def the_archives_made_themselves_and_are_verified(office: Office, tmp_path: Path) -> None:
    """The registries: what came in Slack that night is unzipped, and the program inside finds it whole."""
    held = {"ilo": "Lucía Romero", "iom": "Helena Costa", "": LIAISON}
    for party, where in held.items():
        (content,) = archiving.posted(office, where)
        assert content == archiving.stored(office, party)
        folder = archiving.unzipped(content, tmp_path / f"archive-{party or 'both'}")
        code, verdict = archiving.verified_inside(folder)
        assert (code, verdict.split()[-1]) == (0, archiving.packs(office)[party].seal)
        assert CommandLine(tmp_path, {}).done("verify", str(folder), "--expect", verdict.split()[-1])
        assert archiving.packs(office)[party].made_at.astimezone(ZURICH).date() == LAST + timedelta(days=1)
    for party in ("iom", ""):
        kept = archiving.everything_in(archiving.stored(office, party))
        assert "planned_on" not in kept
        assert "notice_drafted" not in kept
    assert "ILO-2026/1" not in "\n".join(
        path.read_text() for path in (tmp_path / "archive-iom").rglob("*.json*")
    )
    assert "effective" in (tmp_path / "archive-both/registers/notices.json").read_text()
