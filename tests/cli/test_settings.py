"""A bad setting is refused in one sentence that names it, says why and how to put it right; never a secret."""

import pytest

from tests.cli.conftest import CommandLine

ILO = {
    "SLACK_ILO_TEAM_ID": "T0ILO",
    "SLACK_ILO_BOT_TOKEN": "xoxb-s3cret",
    "SLACK_ILO_SIGNING_SECRET": "s3cret",
}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"PORT": "abc"}, "The setting PORT is “abc”, which is not a port"),
        ({"PORT": "70000"}, "The setting PORT is “70000”, which is not a port"),
        (
            {"LOG_FORMAT": "xml"},
            "The setting LOG_FORMAT is “xml”, which is not one of its words: give json, text.",
        ),
        (
            {"SLACK_API_URL": "127.0.0.1:9390/api"},
            "The setting SLACK_API_URL is “127.0.0.1:9390/api”, which is not a web address: begin it with https://.",
        ),
        ({"LOG_LEVEL": "loud"}, "The setting LOG_LEVEL is “loud”, which is not one of its words"),
        (
            {"COMITY_AGREEMENT": "nope"},
            "The setting COMITY_AGREEMENT names “nope”, and there is no such definition",
        ),
        ({"COMITY_AGREEMENT": "a,b"}, "The setting COMITY_AGREEMENT names several agreements"),
        ({"DATABASE_URL": "nonsense"}, "The setting DATABASE_URL is not the address of a database"),
        (
            {"DATABASE_URL": "mysql://u:s3cret@h/x"},
            "The setting DATABASE_URL names a database of the kind “mysql”",
        ),
        (
            {"DATABASE_URL": "postgresql://u:s3cret@127.0.0.1:1/x"},
            "The setting DATABASE_URL names postgresql://u:***@127.0.0.1:1/x, and that database does not answer",
        ),
        (
            {"DATABASE_URL": "sqlite:////nowhere/x.db"},
            "The setting DATABASE_URL names sqlite:////nowhere/x.db, and that",
        ),
        (
            {"COMITY_DATA": "/dev/null/data"},
            "The setting COMITY_DATA names “/dev/null/data”, where nothing can",
        ),
        (
            {**ILO, "SLACK_ILO_SIGNING_SECRET": ""},
            "SLACK_ILO_SIGNING_SECRET is missing beside SLACK_ILO_BOT_TOKEN",
        ),
        (
            {**ILO, "SLACK_ILO_BOT_TOKEN": ""},
            "SLACK_ILO_BOT_TOKEN is missing beside SLACK_ILO_SIGNING_SECRET",
        ),
        ({**ILO, "SLACK_ILO_TEAM_ID": ""}, "SLACK_ILO_TEAM_ID is missing beside SLACK_ILO_BOT_TOKEN"),
        ({}, "is not up to date for this version: run “comity migrate” first."),
    ],
)
def test_a_bad_setting_is_named_with_its_cure(
    comity: CommandLine, settings: dict[str, str], said: str
) -> None:
    refused = comity.refused("run", **settings)

    assert said in refused
    assert "s3cret" not in refused


@pytest.mark.parametrize("role", ["run", "web", "clock", "deliver", "socket"])
def test_nothing_runs_without_any_installation(comity: CommandLine, role: str) -> None:
    comity.done("migrate")

    assert "no other party has an installation either" in comity.refused(role)


def test_socket_mode_needs_an_app_token(comity: CommandLine) -> None:
    comity.done("migrate")

    assert "SLACK_ILO_APP_TOKEN is missing, and Socket Mode needs it" in comity.refused("socket", **ILO)


def test_a_file_that_is_no_database_is_refused(comity: CommandLine) -> None:
    path = comity.file("x.db", "not a database at all, but long enough to look like one" * 20)

    assert "that database does not answer" in comity.refused("migrate", DATABASE_URL=f"sqlite:///{path}")


def test_a_definition_of_ones_own_may_be_given_by_its_path(comity: CommandLine) -> None:
    path = comity.file("mine.toml", 'id = "mine"\n')

    refused = comity.refused("due", COMITY_AGREEMENT=path)

    assert refused.startswith(f"{path}:1: ")
    assert "“comity agreement check" in refused


def test_settings_may_stand_in_a_file_of_the_folder(comity: CommandLine) -> None:
    comity.file(".env", "LOG_LEVEL=loud\n")

    assert "The setting LOG_LEVEL is “loud”" in comity.refused("due")
