"""IV.6-1: joint projects and opportunities, one line on each in every period, by both parties."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement import project_lines, projects
from bot.agreement.activities import Activity
from bot.agreement.errors import FieldError
from bot.agreement.project_lines import ProjectLine
from bot.agreement.projects import JointProject, NewProject, ProjectIsClosed, ProjectKind, ProjectStatus
from bot.journal import Entry, Outcome
from tests.clauses.exchanging import KENYA, LIAISON
from tests.handlers.pressing import buttons, home_words, modal_words, press_told
from tests.office import ZURICH, Office, words_of

PROJECT: dict[str, Any] = {
    "kind": "project",
    "subject": "Fair recruitment in Kenya",
    "area": "A-COOP",
    "starts_on": "2026-12-01",
    "ends_on": "2027-12-31",
    "lead": "iom",
}
NOT_KEEPING = ["Jonas Weber", "Ravi Menon", "Clara Novak", "Yuki Tanaka", "Victor Lang"]
ASKED_ON = date(2026, 12, 9)
"""The day of the first call of IV.1 in Kenya, for the period to 23 December."""


def add(office: Office, name: str = "Samuel Otieno", channel: str = KENYA, **changes: Any) -> Any:
    office.command(name, "/exchange project add", channel=channel)
    result = office.submit(name, {**PROJECT, **changes})
    office.deliver()
    return result


def entered(office: Office) -> list[JointProject]:
    with office.reading() as desk:
        return list(desk.session.exec(select(JointProject)).all())


def lines(office: Office) -> list[tuple[str, str]]:
    with office.reading() as desk:
        return [(line.party, line.text) for line in desk.session.exec(select(ProjectLine)).all()]


def refusals(office: Office) -> list[str]:
    with office.reading() as desk:
        query = select(Entry.subject).where(Entry.outcome == Outcome.REFUSED)
        return list(desk.session.exec(query).all())


def asked(office: Office, name: str) -> list[dict[str, Any]]:
    return [said for said in office.direct(name) if "One line is asked for" in said["text"]]


def test_iv_6_1_a_project_is_shown_in_the_channel_of_its_place_and_compared_with_others(
    office: Office,
) -> None:
    result = add(office)

    assert result.ok
    card, compared = office.channel(KENYA)
    assert "No other activity in this place, area and time is on record (I.2)." in words_of([compared])
    said = words_of([card])
    assert "Joint project 2026/1 · Fair recruitment in Kenya" in said
    assert "*Led by:* IOM" in said
    assert "*Responsible for ILO:* Samuel Otieno" in said
    assert "*Responsible for IOM:* not named yet" in said
    assert "*Ends:* Friday 31 December 2027" in said
    with office.reading() as desk:
        activity = desk.session.exec(select(Activity)).one()
    assert (activity.subject, activity.scope, activity.clause) == ("project:1", "KE", "IV.6-1")
    assert not office.channel(LIAISON)


def test_iv_6_1_the_other_party_is_asked_to_name_its_own_person(office: Office) -> None:
    add(office)

    (told,) = office.direct("Grace Wanjiru")
    assert "Please name the person who answers for it at IOM." in words_of([told])
    office.click("Grace Wanjiru", "projects.responsible", where="direct")
    office.submit("Grace Wanjiru", {"responsible": "Grace Wanjiru"})
    office.deliver()

    assert "*Responsible for IOM:* Grace Wanjiru" in words_of(office.channel(KENYA))


def test_iv_6_1_nobody_names_a_person_of_the_other_party(office: Office) -> None:
    add(office)

    with pytest.raises(projects.ResponsibleElsewhere):
        office.act(
            "Grace Wanjiru",
            projects.name_responsible,
            project_id=1,
            person_id=office.person("Samuel Otieno").key,
        )


def test_iv_6_1_an_opportunity_is_one_line_and_needs_no_days(office: Office) -> None:
    add(office, kind="opportunity", subject="A donor asks for ideas", starts_on=None, ends_on=None)

    said = words_of(office.channel(KENYA))
    assert "Opportunity 2026/1 · A donor asks for ideas" in said
    assert "*Begins:* Monday 23 November 2026" in said
    assert "*Ends:* no day set" in said


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("subject", {"subject": " "}),
        ("starts_on", {"starts_on": None}),
        ("ends_on", {"ends_on": "2026-11-30"}),
    ],
)
def test_iv_6_1_a_field_that_cannot_be_used_is_named(
    office: Office, field: str, changes: dict[str, Any]
) -> None:
    result = add(office, **changes)

    assert list(result.errors) == [field]
    assert entered(office) == []


@pytest.mark.parametrize("name", NOT_KEEPING)
def test_iv_6_1_nobody_without_a_mandate_for_the_substance_keeps_the_register(
    office: Office, name: str
) -> None:
    add(office, name="Mei Chen", channel=LIAISON)

    told = [office.click(name, f"projects.{act}") for act in ("line", "no_change", "responsible", "close")]

    assert all(told)
    assert office.slack.modal(office.id(name)) is None
    assert len(refusals(office)) == 4
    assert lines(office) == []


def test_iv_6_1_those_who_answer_for_it_are_asked_for_one_line_on_the_day_of_the_prompt(
    office: Office,
) -> None:
    add(office)

    office.pass_to(ASKED_ON)
    office.tick()

    (told,) = asked(office, "Samuel Otieno")
    assert "Please write one line by *Wednesday 23 December 2026*." in words_of([told])
    assert [action for action, _ in buttons(told["blocks"])] == ["projects.line", "projects.no_change"]
    assert len(asked(office, "Grace Wanjiru")) == 1
    assert asked(office, "Amina Diallo") == []


def test_iv_6_1_once_a_project_is_past_its_end_those_who_are_asked_read_how_to_close_it(
    office: Office,
) -> None:
    add(office, starts_on="2026-11-02", ends_on="2026-12-31")

    office.pass_to(date(2027, 1, 9))

    before, after = (words_of([told]) for told in asked(office, "Samuel Otieno"))
    assert "It was to end on" not in before
    assert "It was to end on Thursday 31 December 2026. If it is over, please close it" in after


def test_iv_6_1_a_party_that_has_written_a_line_is_not_asked_in_that_period(office: Office) -> None:
    add(office)
    office.pass_to(date(2026, 12, 2))
    write(office, "Samuel Otieno", "Contract signed.", KENYA)

    office.pass_to(ASKED_ON)

    assert asked(office, "Samuel Otieno") == []
    assert len(asked(office, "Grace Wanjiru")) == 1


def test_iv_6_1_a_line_is_asked_for_in_every_period_and_after_a_silence_once(office: Office) -> None:
    add(office)
    office.pass_to(date(2027, 1, 9))
    assert len(asked(office, "Samuel Otieno")) == 2

    office.clock.move_to(datetime(2027, 3, 15, 10, tzinfo=ZURICH))
    office.tick()
    office.tick()

    late = asked(office, "Samuel Otieno")[-1]
    assert len(asked(office, "Samuel Otieno")) == 3
    assert "comes late" in words_of([late])
    office.pass_to(date(2027, 4, 9))
    assert len(asked(office, "Samuel Otieno")) == 4


def write(office: Office, name: str, line: str, where: str = "direct") -> Any:
    office.click(name, "projects.line", where=where)
    result = office.submit(name, {"line": line})
    office.deliver()
    return result


def test_iv_6_1_both_parties_write_their_lines_and_the_card_keeps_who_and_when(office: Office) -> None:
    add(office)
    office.pass_to(ASKED_ON)

    write(office, "Samuel Otieno", "Contract signed.")
    office.click("Grace Wanjiru", "projects.no_change", where="direct")
    office.deliver()

    said = words_of(office.channel(KENYA)[:1])
    assert "• Wednesday 9 December 2026, Samuel Otieno (ILO): Contract signed." in said
    assert "• Wednesday 9 December 2026, Grace Wanjiru (IOM): no change" in said
    assert lines(office) == [("ilo", "Contract signed."), ("iom", "")]


def test_iv_6_1_no_change_counts_once_and_the_second_is_told_who_was_first(office: Office) -> None:
    add(office)
    office.pass_to(ASKED_ON)
    office.click("Grace Wanjiru", "projects.no_change", where="direct")

    told = office.click("Grace Wanjiru", "projects.no_change", where="direct")

    assert "Grace Wanjiru (IOM) has written a line on 2026/1 for this period already" in told
    assert lines(office) == [("iom", "")]


def test_iv_6_1_a_line_without_words_is_refused_and_a_long_one_keeps_to_one_line(office: Office) -> None:
    add(office)

    result = write(office, "Samuel Otieno", "   ", KENYA)
    assert list(result.errors) == ["line"]
    office.act("Samuel Otieno", project_lines.add_line, project_id=1, text="<!channel>\n*a* & " * 40)

    said = words_of(office.channel(KENYA)[:1])
    assert "<!channel>" not in said
    assert "&lt;!channel&gt; *a* &amp;" in said
    assert len(lines(office)[0][1]) == project_lines.LENGTH


def close(office: Office, name: str, outcome: str = "It is done.") -> Any:
    office.click(name, "projects.close", where=KENYA)
    result = office.submit(name, {"outcome": outcome})
    office.deliver()
    return result


def test_iv_6_1_what_is_closed_stays_on_record_and_is_asked_about_no_more(office: Office) -> None:
    add(office)

    close(office, "Grace Wanjiru")
    office.pass_to(ASKED_ON)

    card = office.channel(KENYA)[0]
    assert "*Closed* by Grace Wanjiru (IOM)" in words_of([card])
    assert "It is done." in words_of([card])
    assert buttons(card["blocks"]) == []
    assert asked(office, "Samuel Otieno") == []
    assert entered(office)[0].status is ProjectStatus.CLOSED


def test_iv_6_1_closing_needs_a_word_on_how_it_ended(office: Office) -> None:
    add(office)

    assert list(close(office, "Grace Wanjiru", " ").errors) == ["outcome"]


def test_iv_6_1_whoever_closes_it_second_is_told_who_was_first(office: Office) -> None:
    add(office)
    office.click("Samuel Otieno", "projects.close", where=KENYA)
    close(office, "Grace Wanjiru")

    office.submit("Samuel Otieno", {"outcome": "Over."})

    assert "Grace Wanjiru (IOM) closed 2026/1 on Monday 23 November 2026" in modal_words(
        office, "Samuel Otieno"
    )
    with pytest.raises(ProjectIsClosed):
        office.act("Samuel Otieno", project_lines.add_line, project_id=1, text="x")
    with pytest.raises(ProjectIsClosed):
        office.act("Samuel Otieno", project_lines.no_change, project_id=1)


def test_iv_6_1_the_register_lists_what_runs_and_shows_each_with_its_buttons(office: Office) -> None:
    assert "No joint project or opportunity is in the register yet" in office.command(
        "Mei Chen", "/exchange project"
    )
    add(office)

    listed = office.command("Mei Chen", "/exchange project")
    press_told(office, "Mei Chen", "projects.show")

    assert "*2026/1* · Joint project · “Fair recruitment in Kenya” · Kenya (country) · led by IOM" in listed
    shown = office.told("Mei Chen")[-1]
    assert ("projects.line", "1") in buttons(shown["blocks"])
    assert "Fair recruitment in Kenya" in office.command("Mei Chen", "/exchange project 2026/1")
    assert "`/exchange project` lists them" in office.command("Mei Chen", "/exchange project 2026/9")


def test_iv_6_1_a_project_can_be_entered_from_the_register(office: Office) -> None:
    office.command("Mei Chen", "/exchange project")

    press_told(office, "Mei Chen", "projects.add")
    office.submit("Mei Chen", PROJECT)

    assert [row.title for row in entered(office)] == ["Fair recruitment in Kenya"]


def test_iv_6_1_the_line_that_is_wanted_waits_in_the_home_of_whoever_answers_for_it(office: Office) -> None:
    add(office)
    office.pass_to(ASKED_ON)

    home = office.home("Samuel Otieno")
    assert "one line on “Fair recruitment in Kenya” is asked for by Wednesday 23 December 2026" in home_words(
        home
    )
    office.click("Samuel Otieno", "projects.no_change", where="home")

    assert "is asked for by" not in home_words(office.home("Samuel Otieno"))
    assert "is asked for by" not in home_words(office.home("Amina Diallo"))


def test_iv_6_1_a_stranger_reads_nothing_of_the_register(office: Office) -> None:
    add(office)

    said = office.command("Clara Novak", "/exchange project")

    assert "Fair recruitment" not in said
    assert len(refusals(office)) == 1


@pytest.mark.parametrize(
    ("field", "changes"), [("area", {"area": "A-NONE"}), ("lead", {"lead_party": "lab"})]
)
def test_iv_6_1_what_no_form_offers_is_refused_all_the_same(
    office: Office, field: str, changes: dict[str, Any]
) -> None:
    given: dict[str, Any] = {"kind": ProjectKind.PROJECT, "title": "x", "area": "A-COOP", "lead_party": "ilo"}
    days = {"channel_id": "C0KENYA", "starts_on": office.today, "ends_on": None}
    new = NewProject(**{**given, **days, **changes})

    with pytest.raises(FieldError) as refused:
        office.act("Mei Chen", projects.add_project, new=new, responsible_id=1)

    assert refused.value.field == field
    assert entered(office) == []
