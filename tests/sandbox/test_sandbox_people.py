"""Channels, members and people, seen from one of two workspaces; and the seed they come from."""

import csv
import io

from bot.sandbox.seed import ROLES, channels_csv, contacts_csv, ilo_iom


def test_a_shared_channel_shows_who_shares_it(ilo, iom):
    mine = ilo.conversations_info(channel="C0LIAISON", include_num_members=True)["channel"]
    theirs = iom.conversations_info(channel="C0LIAISON")["channel"]

    assert (mine["is_ext_shared"], mine["context_team_id"]) == (True, "T0ILO")
    assert mine["connected_team_ids"] == ["T0IOM", "T0WORLDLAB"]
    assert theirs["connected_team_ids"] == ["T0ILO", "T0WORLDLAB"]
    assert mine["num_members"] == 20


def test_channels_are_listed_as_the_workspace_sees_them(slack, ilo, refusal):
    slack.change_channel("C0KENYA", archived=True)
    names = [one["name"] for one in ilo.conversations_list(exclude_archived=True)["channels"]]
    own = [one["name"] for one in ilo.users_conversations(types="public_channel,im")["channels"]]

    assert names == ["ilo-iom-liaison", "ilo-iom-horn-of-africa", "ilo-communications"]
    assert "ilo-iom-east-africa" in own
    assert refusal(ilo.conversations_list, types="secret") == "invalid_types"


def test_lists_are_paged(ilo):
    first = ilo.conversations_members(channel="C0LIAISON", limit=10)
    rest = ilo.conversations_members(
        channel="C0LIAISON", limit=10, cursor=first["response_metadata"]["next_cursor"]
    )

    assert (len(first["members"]), len(rest["members"])) == (10, 10)
    assert rest["response_metadata"]["next_cursor"] == ""
    assert {"U0LABLANG", "U0ILOBOT"} <= {*first["members"], *rest["members"]}


def test_direct_conversations_and_private_channels_cannot_be_joined(slack, ilo, refusal):
    dm = slack.dm("T0ILO", "U0ILOCHEN")
    slack.change_channel("C0KENYA", archived=True)

    assert ilo.conversations_info(channel=dm)["channel"]["user"] == "U0ILOCHEN"
    assert refusal(ilo.conversations_join, channel=dm) == "method_not_supported_for_channel_type"
    assert refusal(ilo.conversations_join, channel="C0KENYA") == "is_archived"


def test_the_locale_is_known_of_own_members_only(ilo):
    own = ilo.users_info(user="U0ILOCHEN", include_locale=True)["user"]
    foreign = ilo.users_info(user="U0IOMTANAKA", include_locale=True)["user"]

    assert (own["locale"], own["profile"]["email"]) == ("en-GB", "mei.chen@ilo.example")
    assert "locale" not in foreign
    assert (foreign["team_id"], foreign["is_stranger"], foreign["tz"]) == ("T0IOM", False, "Europe/Zurich")


def test_strangers_guests_and_the_deactivated_are_marked(slack, ilo, refusal):
    slack.change_channel("C0LIAISON", members=("U0ILOBOT",))
    slack.change_person("U0ILOWEBER", deactivated=True)

    assert ilo.users_info(user="U0LABLANG")["user"]["is_stranger"] is True
    assert ilo.users_info(user="U0ILONOVAK")["user"]["is_restricted"] is True
    assert ilo.users_info(user="U0ILOWEBER")["user"]["deleted"] is True
    assert ilo.users_info(user="U0IOMBOT")["user"]["is_bot"] is True
    assert refusal(ilo.users_info, user="U0NOBODY") == "user_not_found"


def test_the_list_of_users_has_own_members_only(ilo, refusal):
    members = ilo.users_list()["members"]

    assert {one["team_id"] for one in members} == {"T0ILO"}
    assert "U0ILOBOT" in {one["id"] for one in members}
    assert ilo.users_lookupByEmail(email="Mei.Chen@ilo.example")["user"]["id"] == "U0ILOCHEN"
    assert refusal(ilo.users_lookupByEmail, email="yuki.tanaka@iom.example") == "users_not_found"


def test_a_workspace_is_known_when_a_channel_is_shared_with_it(slack, ilo, refusal):
    assert ilo.team_info()["team"]["name"] == "ILO"
    assert ilo.team_info(team="T0WORLDLAB")["team"]["name"] == "World Labour Observatory"
    slack.change_channel("C0LIAISON", shared_with=())
    assert refusal(ilo.team_info, team="T0WORLDLAB") == "team_not_found"
    assert ilo.auth_test()["team_id"] == "T0ILO"
    assert ilo.api_test()["ok"]


def test_the_rosters_name_everybody_with_a_role_and_nobody_else():
    rows = list(csv.DictReader(io.StringIO(contacts_csv())))
    people = {person.id: person for person in ilo_iom().people}

    assert {row["slack_user_id"] for row in rows} == set(ROLES)
    assert all(people[row["slack_user_id"]].team_id == row["slack_team_id"] for row in rows)
    assert {"U0ILONOVAK", "U0LABLANG"}.isdisjoint(ROLES)
    for party in ("ilo", "iom"):
        roles = {role for row in rows if row["party"] == party for role in row["roles"].split(";")}
        assert len(roles) == 9


def test_the_levels_name_channels_that_both_sides_share():
    rows = list(csv.DictReader(io.StringIO(channels_csv())))
    channels = {channel.id: channel for channel in ilo_iom().channels}

    assert [row["level"] for row in rows] == ["global", "regional", "country"]
    assert all({"T0ILO", "T0IOM"} <= set(channels[row["channel_id"]].teams) for row in rows)
    assert all({"U0ILOBOT", "U0IOMBOT"} <= set(channels[row["channel_id"]].members) for row in rows)
