"""Triggers and the views.* methods, with their refusals."""

from datetime import UTC, datetime, timedelta

import pytest
from echo import card, field, form

from bot.sandbox.reading import buttons, visible_text

CHEN, TANAKA = "U0ILOCHEN", "U0IOMTANAKA"
HOME = {"type": "home", "blocks": card("At a glance", "Go")}


@pytest.fixture
def trigger(slack, echo):
    """A fresh trigger id of a command Mei Chen gave."""

    def give():
        slack.command(CHEN, "#ilo-iom-liaison", "/emblem", "form")
        return echo.seen[-1]["trigger_id"]

    return give


def test_a_trigger_opens_one_view(slack, trigger, ilo, iom, refusal):
    given = trigger()

    assert refusal(iom.views_open, trigger_id=given, view=form()) == "invalid_trigger_id"
    view = ilo.views_open(trigger_id=given, view=form())["view"]
    assert slack.modal(CHEN)["id"] == view["id"]
    assert refusal(ilo.views_open, trigger_id=given, view=form()) == "exchanged_trigger_id"
    assert refusal(ilo.views_open, trigger_id="17.x", view=form()) == "invalid_trigger_id"


def test_a_trigger_lives_three_seconds(trigger, ilo, real, refusal):
    given = trigger()
    real.move_to(datetime.now(UTC) + timedelta(seconds=3.5))

    assert refusal(ilo.views_open, trigger_id=given, view=form()) == "expired_trigger_id"


def test_an_invalid_view_is_refused_and_leaves_the_trigger(trigger, ilo, refusal):
    given = trigger()

    assert refusal(ilo.views_open, trigger_id=given, view={"type": "modal"}) == "invalid_arguments"
    large = form(*[field(str(n), initial_value="x" * 3000) for n in range(99)])
    assert refusal(ilo.views_open, trigger_id=given, view=large) == "view_too_large"
    assert ilo.views_open(trigger_id=given, view=form())["ok"]


def test_three_modals_are_the_deepest(slack, trigger, ilo, refusal):
    ilo.views_open(trigger_id=trigger(), view=form(title="1"))
    ilo.views_push(trigger_id=trigger(), view=form(title="2"))
    ilo.views_push(trigger_id=trigger(), view=form(title="3"))

    assert refusal(ilo.views_push, trigger_id=trigger(), view=form()) == "push_limit_reached"
    slack.close_modal(CHEN)
    assert slack.modal(CHEN)["title"]["text"] == "2"


def test_nothing_can_be_pushed_where_nothing_is_open(trigger, ilo, refusal):
    assert refusal(ilo.views_push, trigger_id=trigger(), view=form()) == "invalid_trigger_id"


def test_closing_the_stack_at_once_is_told_as_cleared(slack, echo, trigger, ilo):
    ilo.views_open(trigger_id=trigger(), view=form(title="1"))
    ilo.views_push(trigger_id=trigger(), view=form(title="2", clear_on_close=True, notify_on_close=True))
    slack.close_modal(CHEN)
    slack.close_modal(CHEN)

    assert slack.modal(CHEN) is None
    assert echo.seen[-1]["is_cleared"] is True


def test_a_view_is_updated_by_its_app_and_hash(trigger, ilo, iom, refusal):
    opened = ilo.views_open(trigger_id=trigger(), view=form())["view"]
    changed = {"view_id": opened["id"], "view": form(title="Changed")}

    assert refusal(iom.views_update, **changed) == "not_found"
    assert ilo.views_update(**changed, hash=opened["hash"])["view"]["title"]["text"] == "Changed"
    assert refusal(ilo.views_update, **changed, hash=opened["hash"]) == "hash_conflict"
    assert refusal(ilo.views_update, view_id="V0", view=form()) == "not_found"
    assert refusal(ilo.api_call, "views.update", json={"view": form()}) == "invalid_arguments"


def test_an_external_id_is_unique_and_finds_its_view(trigger, ilo, refusal):
    ilo.views_open(trigger_id=trigger(), view=form(external_id="loading"))

    assert ilo.views_update(external_id="loading", view=form(external_id="loading", title="Here"))["ok"]
    assert refusal(ilo.views_publish, user_id=CHEN, view={**HOME, "external_id": "loading"}) == (
        "duplicate_external_id"
    )


def test_a_home_belongs_to_the_apps_own_workspace(slack, ilo, refusal):
    first = ilo.views_publish(user_id=CHEN, view=HOME)["view"]
    second = ilo.views_publish(user_id=CHEN, view=HOME, hash=first["hash"])["view"]

    assert (first["id"], first["hash"] == second["hash"]) == (second["id"], False)
    assert slack.home(CHEN)["hash"] == second["hash"]
    assert refusal(ilo.views_publish, user_id=CHEN, view=HOME, hash=first["hash"]) == "hash_conflict"
    assert refusal(ilo.views_publish, user_id=TANAKA, view=HOME) == "invalid_arguments"
    assert refusal(ilo.views_publish, user_id=CHEN, view=form()) == "invalid_arguments"


def test_words_and_buttons_are_read_as_a_person_does(slack, trigger, ilo):
    ilo.views_publish(user_id=CHEN, view=HOME)
    ilo.views_open(trigger_id=trigger(), view=form())

    assert visible_text(slack.home(CHEN)).splitlines()[-2:] == ["At a glance", "Go"]
    assert buttons(slack.home(CHEN)) == {"Go": ("approve", "Go")}
    assert visible_text(slack.modal(CHEN)).splitlines() == ["Form", "purpose", "Send"]
    assert visible_text({"text": "only words"}) == "only words"
