"""`comity manifest`: what an administrator gives Slack to create the app of their own workspace."""

import pytest

from bot.doctor.apps import SCOPES
from bot.vocabulary import WORDS
from tests.cli.conftest import CommandLine
from tests.knocking import PATH, app_of, command, post, signature
from tests.office import Office

ADDRESS = "https://comity.example/slack/iom/events"


def test_the_app_of_a_party_has_every_command_and_scope_and_one_address(comity: CommandLine) -> None:
    found = comity.json_of("manifest", "--party", "IOM", "--url", "https://comity.example/")

    features, settings = found["features"], found["settings"]
    assert [each["command"] for each in features["slash_commands"]] == list(WORDS)
    assert {each["url"] for each in features["slash_commands"]} == {ADDRESS}
    assert found["oauth_config"]["scopes"]["bot"] == list(SCOPES)
    assert settings["interactivity"]["request_url"] == ADDRESS
    assert settings["event_subscriptions"]["request_url"] == ADDRESS
    assert settings["socket_mode_enabled"] is False
    assert "IOM" in found["display_information"]["description"]


def test_every_word_of_a_command_is_in_its_hint(comity: CommandLine) -> None:
    commands = comity.json_of("manifest", "--party", "ilo")["features"]["slash_commands"]

    missing = [
        (each["command"], word)
        for each in commands
        for word in WORDS[each["command"]]
        if word not in each["usage_hint"].replace("|", " ").split()
    ]
    assert missing == []
    assert all(len(each["usage_hint"]) <= 1000 for each in commands)


def test_without_an_address_the_app_uses_socket_mode(comity: CommandLine) -> None:
    found = comity.json_of("manifest", "--party", "ilo", COMITY_BASE_URL="")

    assert found["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in str(found)


def test_an_unknown_party_is_refused_with_those_there_are(comity: CommandLine) -> None:
    said = comity.refused("manifest", "--party", "who")

    assert "who" in said
    assert "ilo" in said
    assert "iom" in said


def test_a_prefix_begins_every_command(comity: CommandLine) -> None:
    found = comity.json_of("manifest", "--party", "ilo", "--prefix", "x-")

    assert [each["command"] for each in found["features"]["slash_commands"]] == [
        f"/x-{word[1:]}" for word in WORDS
    ]


@pytest.mark.parametrize(
    ("typed", "said"), [("/x-emblem", "Requests under clauses"), ("/x-unheard", "x-unheard")]
)
def test_a_command_with_a_prefix_opens_the_same_door(office: Office, typed: str, said: str) -> None:
    body = command(office, "Mei Chen", f"{typed} list")

    status, told = post(office, PATH, body, signature(office, body, app_of(office, "ilo").signing_secret))

    assert status == 200
    assert said in told
