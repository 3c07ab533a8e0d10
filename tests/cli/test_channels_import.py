"""`comity channels import`: where the bot speaks, and that a new channel is greeted once."""

from datetime import date

import pytest
from freezegun import freeze_time
from sqlmodel import select

from bot.agreement.channels import Channel, all_channels
from bot.outbox import OutboxRow
from tests.cli.conftest import CommandLine
from tests.office import words_of

HEADER = "channel_id,level,scope,posting_party"
LIAISON, AFRICA, KENYA = "C0LIAISON,global,,ilo", "C0AFRICA,regional,Africa,iom", "C0KENYA,country,ke,IOM"


def channels(comity: CommandLine, *lines: str) -> tuple[str, str, str]:
    """The words that import these lines."""
    return "channels", "import", comity.file("channels.csv", "\n".join([HEADER, *lines]) + "\n")


def on_record(comity: CommandLine) -> list[tuple[str, str, str, str]]:
    with comity.looking() as session:
        rows = all_channels(session)
        return [(row.channel_id, row.level.value, row.scope, row.posting_party) for row in rows]


def greetings(comity: CommandLine) -> list[OutboxRow]:
    with comity.looking() as session:
        return list(session.exec(select(OutboxRow)).all())


@freeze_time("2026-11-23 09:00")
def test_channels_come_on_record_with_the_day_they_were_given(migrated: CommandLine) -> None:
    migrated.done(*channels(migrated, LIAISON, AFRICA, KENYA))

    assert on_record(migrated) == [
        ("C0LIAISON", "global", "", "ilo"),
        ("C0AFRICA", "regional", "Africa", "iom"),
        ("C0KENYA", "country", "KE", "iom"),
    ]
    with migrated.looking() as session:
        assert {row.since for row in session.exec(select(Channel)).all()} == {date(2026, 11, 23)}


def test_a_new_channel_is_greeted_once_with_a_button_for_everybody(migrated: CommandLine) -> None:
    migrated.done(*channels(migrated, LIAISON))
    migrated.done(*channels(migrated, LIAISON))
    migrated.done(*channels(migrated, LIAISON, KENYA))

    queued = greetings(migrated)
    said = words_of([{"text": row.message.text, "blocks": row.message.blocks} for row in queued])
    assert [(row.party, row.channel) for row in queued] == [("ilo", "C0LIAISON"), ("iom", "C0KENYA")]
    assert "Silence is never consent." in said
    assert "for Kenya" in said
    for row in queued:
        (actions,) = [block for block in row.message.blocks if block["type"] == "actions"]
        assert [button["action_id"] for button in actions["elements"]] == ["menu.open"]


def test_a_channel_whose_party_has_no_installation_is_named(comity: CommandLine) -> None:
    comity.done("migrate")

    said = comity.done(*channels(comity, LIAISON))

    assert "C0LIAISON stays silent for now: ILO speaks in it and has no installation yet" in said
    assert "SLACK_ILO_BOT_TOKEN" in said


def test_a_changed_row_changes_the_channel_and_greets_nobody(migrated: CommandLine) -> None:
    migrated.done(*channels(migrated, LIAISON))

    said = migrated.done(*channels(migrated, LIAISON.replace("ilo", "iom")))

    assert "0 added; 1 changed: C0LIAISON" in said
    assert on_record(migrated) == [("C0LIAISON", "global", "", "iom")]
    assert len(greetings(migrated)) == 1


def test_two_channels_may_change_places(migrated: CommandLine) -> None:
    migrated.done(*channels(migrated, "C0ONE,country,KE,ilo", "C0TWO,country,UG,ilo"))

    migrated.done(*channels(migrated, "C0ONE,country,UG,ilo", "C0TWO,country,KE,ilo"))

    assert [(number, scope) for number, _, scope, _ in on_record(migrated)] == [
        ("C0TWO", "KE"),
        ("C0ONE", "UG"),
    ]


def test_a_channel_that_is_left_out_stays_and_is_named(migrated: CommandLine) -> None:
    migrated.done(*channels(migrated, LIAISON, KENYA))

    assert "left as they are: C0KENYA." in migrated.done(*channels(migrated, LIAISON))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("liaison,global,,ilo", "column channel_id: “liaison” is not a number of Slack's"),
        (
            "C0X,world,,ilo",
            "column level: “world” is not known here. Write one of: global, regional, country.",
        ),
        ("C0X,global,Africa,ilo", "column scope: “Africa” stands where nothing belongs."),
        ("C0X,regional,,ilo", "column scope: the cell is empty."),
        ("C0X,country,Kenya,ilo", "column scope: “Kenya” is not the code of a country."),
        ("C0X,country,UK,ilo", "column scope: “UK” is not the code of a country."),
        ("C0X,country,UG,", "column posting_party: the cell is empty."),
        ("C0X,country,UG,wto", "column posting_party: “wto” is not known here."),
        ("C0X,country,KE,ilo", "column scope: row 2 is about the same level and scope."),
        ("C0KENYA,country,UG,ilo", "column channel_id: row 2 is about the same channel."),
    ],
)
def test_a_bad_cell_is_named_with_the_cure(comity: CommandLine, line: str, said: str) -> None:
    comity.done("migrate")

    found = comity.findings(*channels(comity, KENYA, line))

    assert found[0].startswith(f"Row 3, {said}")
    assert on_record(comity) == []


def test_a_scope_that_another_channel_serves_is_refused(comity: CommandLine) -> None:
    comity.done("migrate")
    comity.done(*channels(comity, KENYA))

    found = comity.findings(*channels(comity, "C0NEW,country,KE,ilo"))

    assert found[0].startswith("Row 2, column scope: channel C0KENYA already serves this level and scope.")
