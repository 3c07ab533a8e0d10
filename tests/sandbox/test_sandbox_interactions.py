"""Commands, clicks, modals and Home, through a real Bolt app over HTTP."""

from datetime import UTC, date, datetime, timedelta

import pytest
from echo import card, field, form, plain

CHEN, TANAKA, LANG = "U0ILOCHEN", "U0IOMTANAKA", "U0LABLANG"
LIAISON = "#ilo-iom-liaison"


def opens(view):
    return lambda body, _, client: client.views_open(trigger_id=body["trigger_id"], view=view)


def test_a_command_reaches_the_app_of_the_person_and_is_answered_to_them_alone(slack, echo):
    reply = slack.command(CHEN, LIAISON, "/emblem", "hello")

    assert reply.text == "you said hello"
    assert echo.seen[0]["team_id"] == "T0ILO"
    assert echo.seen[0]["api_app_id"] == "A0ILO"
    assert [one["text"] for one in slack.ephemerals(CHEN)] == ["you said hello"]
    assert slack.messages(LIAISON) == []
    assert slack.messages(LIAISON, as_seen_by=TANAKA) == []


def test_a_command_means_nothing_where_the_app_is_not_installed(slack, echo):
    reply = slack.command(LANG, LIAISON, "/emblem", "hello")

    assert reply.error.startswith("/emblem is not a valid command")
    assert echo.seen == []


@pytest.mark.usefixtures("echo")
@pytest.mark.parametrize(
    ("user", "channel", "error"),
    [(TANAKA, "#ilo-communications", "channel_not_found"), ("U0NOBODY", LIAISON, "user_not_found")],
)
def test_a_command_is_refused_outside_ones_channels(slack, user, channel, error):
    assert slack.command(user, channel, "/emblem").error == error


@pytest.mark.usefixtures("echo")
def test_a_deactivated_person_can_do_nothing(slack):
    slack.change_person(CHEN, deactivated=True)

    assert slack.command(CHEN, LIAISON, "/emblem").error == "account_inactive"


def test_typed_names_become_mentions_and_typed_brackets_are_escaped(slack, echo):
    slack.command(CHEN, LIAISON, "/emblem", "@Yuki Tanaka in #iom-brand <!channel>")

    assert echo.seen[0]["text"] == "<@U0IOMTANAKA> in <#C0IOMBRAND|iom-brand> &lt;!channel&gt;"


def test_a_late_answer_to_a_command_is_an_error_to_the_person(slack, echo):
    slack.courier.timeout = 0.2
    slack.faults.next("chat.postMessage", "slow", amount=0.4)
    echo.then = lambda body, _, client: client.chat_postMessage(channel=body["channel_id"], text="late")

    assert (
        slack.command(CHEN, LIAISON, "/emblem").error == '/emblem failed with the error "operation_timeout"'
    )


def test_a_command_that_fails_in_the_app_is_dispatch_failed(slack, echo):
    echo.status = [500]

    assert slack.command(CHEN, LIAISON, "/emblem").error == '/emblem failed with the error "dispatch_failed"'


def test_a_response_url_takes_five_answers(slack, echo):
    outcomes = []
    echo.then = lambda _body, respond, _client: outcomes.extend(respond(f"{n}").status_code for n in range(6))

    reply = slack.command(CHEN, LIAISON, "/emblem")

    assert outcomes == [200, 200, 200, 200, 200, 404]
    assert [one["text"] for one in reply.said] == ["0", "1", "2", "3", "4"]


def test_a_response_url_ends_after_thirty_minutes(slack, echo, real):
    outcomes = []

    def late(_body, respond, _client):
        real.move_to(datetime.now(UTC) + timedelta(minutes=31))
        outcomes.append(respond("late").status_code)

    echo.then = late
    slack.command(CHEN, LIAISON, "/emblem")

    assert outcomes == [404]


def test_a_click_across_workspaces_names_both_sides(slack, echo, ilo):
    ts = ilo.chat_postMessage(channel="C0LIAISON", text="Decide", blocks=card())["ts"]

    assert slack.click(TANAKA, LIAISON, ts, "approve").ok
    body = echo.seen[-1]
    assert body["user"]["team_id"] == "T0IOM"
    assert body["team"]["id"] == "T0ILO"
    assert body["api_app_id"] == "A0ILO"
    assert body["message"]["ts"] == ts
    assert body["container"]["channel_id"] == "C0LIAISON"


def test_somebody_of_a_third_organisation_can_click_too(slack, echo, ilo):
    ts = ilo.chat_postMessage(channel="C0LIAISON", text="Decide", blocks=card())["ts"]

    assert slack.click(LANG, LIAISON, ts, "approve").ok
    assert echo.seen[-1]["user"]["team_id"] == "T0WORLDLAB"


def test_like_buttons_are_told_apart_by_their_value(slack, echo, ilo):
    ts = ilo.chat_postMessage(channel="C0LIAISON", text="x", blocks=card("x", "one"))["ts"]
    slack.click(CHEN, LIAISON, ts, "approve", "one")

    assert echo.seen[-1]["actions"][0]["value"] == "one"
    assert "no action" in slack.click(CHEN, LIAISON, ts, "approve", "two").error


@pytest.mark.usefixtures("echo")
def test_one_cannot_click_what_one_does_not_see(slack, ilo):
    ts = ilo.chat_postMessage(channel="C0ILOCOMMS", text="Decide", blocks=card())["ts"]

    assert slack.click(TANAKA, "C0ILOCOMMS", ts, "approve").error == "channel_not_found"
    assert slack.click(CHEN, "C0ILOCOMMS", "1.0", "approve").error == "message_not_found"


def test_a_click_can_replace_or_delete_its_message(slack, echo, ilo):
    first = ilo.chat_postMessage(channel="C0LIAISON", text="Decide", blocks=card())["ts"]
    second = ilo.chat_postMessage(channel="C0LIAISON", text="Decide", blocks=card())["ts"]
    echo.then = lambda _body, respond, _client: respond("done", replace_original=True)
    slack.click(CHEN, LIAISON, first, "approve")
    echo.then = lambda _body, respond, _client: respond(delete_original=True)
    slack.click(CHEN, LIAISON, second, "approve")

    assert [(one["text"], one.get("blocks")) for one in slack.messages(LIAISON)] == [("done", None)]


def test_an_ephemeral_is_replaced_for_its_reader(slack, echo, ilo):
    ts = ilo.chat_postEphemeral(channel="C0LIAISON", user=TANAKA, text="Decide", blocks=card())["message_ts"]
    echo.then = lambda _body, respond, _client: respond("done", replace_original=True)

    assert slack.click(CHEN, LIAISON, ts, "approve").error == "message_not_found"
    assert slack.click(TANAKA, LIAISON, ts, "approve").ok
    assert "message" not in echo.seen[-1]
    assert [one["text"] for one in slack.ephemerals(TANAKA)] == ["done"]


def test_a_modal_opened_across_workspaces_carries_the_installation(slack, echo, ilo):
    ts = ilo.chat_postMessage(channel="C0LIAISON", text="Decide", blocks=card())["ts"]
    echo.then = opens(form(private_metadata="17"))
    slack.click(TANAKA, LIAISON, ts, "approve")
    echo.then = None

    assert slack.modal(TANAKA)["private_metadata"] == "17"
    assert slack.submit(TANAKA, {"purpose": "A poster"}).result == "closed"
    body = echo.seen[-1]
    assert body["view"]["app_installed_team_id"] == "T0ILO"
    assert (body["team"]["id"], body["user"]["team_id"]) == ("T0IOM", "T0IOM")
    assert body["view"]["state"]["values"]["purpose"]["purpose_entry"]["value"] == "A poster"
    assert slack.modal(TANAKA) is None


def opened(slack, echo, view):
    echo.then = opens(view)
    assert slack.command(CHEN, LIAISON, "/emblem", "form").error is None
    echo.then = None
    return slack.modal(CHEN)


def test_errors_keep_the_modal_and_what_was_typed(slack, echo):
    opened(slack, echo, form(field("purpose"), field("medium")))
    echo.then = {"response_action": "errors", "errors": {"purpose": "Say more."}}
    result = slack.submit(CHEN, {"purpose": "x", "medium": "print"})
    echo.then = None

    assert (result.result, result.errors) == ("errors", {"purpose": "Say more."})
    assert slack.submit(CHEN, {"purpose": "A poster"}).ok
    values = echo.seen[-1]["view"]["state"]["values"]
    assert values["medium"]["medium_entry"]["value"] == "print"


def test_errors_for_a_block_that_is_no_input_are_a_failure(slack, echo):
    opened(slack, echo, form())
    echo.then = {"response_action": "errors", "errors": {"elsewhere": "No."}}

    result = slack.submit(CHEN, {"purpose": "x"})
    assert (result.result, result.ok) == ("failed", False)
    assert "invalid_errors" in result.error


def test_a_required_field_is_asked_for_before_anything_is_sent(slack, echo):
    opened(slack, echo, form())

    assert slack.submit(CHEN).errors == {"purpose": "Please complete this required field."}
    assert len(echo.seen) == 1


def test_an_update_changes_the_hash_and_keeps_the_same_fields(slack, echo):
    before = opened(slack, echo, form())
    echo.then = {"response_action": "update", "view": form(field("purpose"), field("more"), title="Again")}
    result = slack.submit(CHEN, {"purpose": "A poster"})
    after = slack.modal(CHEN)

    assert result.result == "updated"
    assert after["title"]["text"] == "Again"
    assert (after["id"], after["hash"] == before["hash"]) == (before["id"], False)
    assert after["state"]["values"]["purpose"]["purpose_entry"]["value"] == "A poster"


def test_a_push_lies_over_the_first_and_closing_shows_it_again(slack, echo):
    first = opened(slack, echo, form())
    echo.then = {"response_action": "push", "view": form(title="Second", notify_on_close=True)}
    slack.submit(CHEN, {"purpose": "x"})
    second = slack.modal(CHEN)
    echo.then = None
    slack.close_modal(CHEN)

    assert (second["previous_view_id"], second["root_view_id"]) == (first["id"], first["id"])
    assert slack.modal(CHEN)["id"] == first["id"]
    assert echo.seen[-1]["type"] == "view_closed"


def test_clear_closes_the_whole_stack(slack, echo):
    opened(slack, echo, form())
    echo.then = {"response_action": "push", "view": form(title="Second")}
    slack.submit(CHEN, {"purpose": "x"})
    echo.then = {"response_action": "clear"}

    assert slack.submit(CHEN, {"purpose": "y"}).result == "closed"
    assert slack.modal(CHEN) is None


def test_every_kind_of_field_is_filled_from_python_values(slack, echo):
    choices = [{"text": plain(name), "value": name.lower()} for name in ("Print", "Web")]
    opened(
        slack,
        echo,
        form(
            field("what", type="static_select", options=choices),
            field("where", type="multi_static_select", options=choices),
            field("who", type="multi_users_select"),
            field("from", type="datepicker"),
            field("copies", type="number_input", is_decimal_allowed=False),
            field("agree", type="checkboxes", options=choices),
            field("mockup", type="file_input", max_files=1),
        ),
    )
    typed = {"what": "Print", "where": ["web"], "who": [TANAKA], "from": date(2027, 1, 2), "copies": 3}
    assert slack.submit(CHEN, {**typed, "agree": ["print", "web"], "mockup": ("a.png", b"picture")}).ok
    values = {
        key: next(iter(held.values())) for key, held in echo.seen[-1]["view"]["state"]["values"].items()
    }

    assert values["what"]["selected_option"]["value"] == "print"
    assert [one["value"] for one in values["where"]["selected_options"]] == ["web"]
    assert values["who"]["selected_users"] == [TANAKA]
    assert values["from"]["selected_date"] == "2027-01-02"
    assert values["copies"]["value"] == "3"
    assert len(values["agree"]["selected_options"]) == 2
    assert slack.contents(values["mockup"]["files"][0]["id"]) == b"picture"


def test_a_choice_that_is_not_offered_names_those_that_are(slack, echo):
    opened(
        slack, echo, form(field("what", type="static_select", options=[{"text": plain("A"), "value": "a"}]))
    )

    with pytest.raises(ValueError, match="it offers: a"):
        slack.submit(CHEN, {"what": "b"})
    with pytest.raises(KeyError, match="there are: what"):
        slack.submit(CHEN, {"which": "a"})


def test_a_menu_in_a_modal_reports_its_choice_and_the_state(slack, echo):
    menu = {
        "type": "static_select",
        "action_id": "choice",
        "options": [{"text": plain("A"), "value": "a"}],
    }
    actions = {"type": "actions", "block_id": "menu", "elements": [menu]}
    view = opened(slack, echo, form(actions, field("purpose")))
    slack.click(CHEN, view["id"], None, "choice", "a")

    body = echo.seen[-1]
    assert body["actions"][0]["selected_option"]["value"] == "a"
    assert body["view"]["state"]["values"]["menu"]["choice"]["selected_option"]["value"] == "a"
    assert body["container"] == {"type": "view", "view_id": view["id"]}


def test_the_home_is_published_when_it_is_opened(slack, echo):
    home = {"type": "home", "blocks": card("At a glance")}

    echo.on_event = lambda body, client: client.views_publish(user_id=body["event"]["user"], view=home)
    view = slack.open_home(TANAKA)

    assert view["blocks"][0]["text"]["text"] == "At a glance"
    assert echo.events[0]["authorizations"][0]["team_id"] == "T0IOM"
    assert slack.click(TANAKA, view["id"], None, "approve").ok
    assert echo.seen[-1]["view"]["type"] == "home"
    assert slack.click(CHEN, view["id"], None, "approve").error == "view_not_found"


@pytest.mark.usefixtures("echo")
def test_nobody_of_a_workspace_without_the_app_has_a_home(slack):
    assert slack.open_home(LANG) is None
