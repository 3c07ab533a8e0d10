"""One effect, however often it arrives: replays, Slack's retries, two apps, double clicks, twenty at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from handlers.doors import ACTIONS, VIEWS
from tests.handlers.test_emblems import ask
from tests.handlers.test_exchanges import share
from tests.inbound import (
    acts,
    acts_activities,
    acts_communications,
    acts_contacts,
    acts_invitations,
    acts_meetings,
    acts_reviews,
    acts_workplans,
)
from tests.inbound.acts import again_by_hand, knock
from tests.inbound.counting import counted, trace
from tests.inbound.sending import Act, pressed
from tests.office import Office

ROUTINES = (
    acts,
    acts_activities,
    acts_communications,
    acts_contacts,
    acts_invitations,
    acts_meetings,
    acts_reviews,
    acts_workplans,
)
"""Each brings what changes something, and the buttons that only open or show something."""
ACTS = [act for routine in ROUTINES for act in routine.ACTS]
READING = {action for routine in ROUTINES for action in routine.READING}
SHOWING = [act for routine in ROUTINES for act in getattr(routine, "SHOWING", ())]
"""Presses by people to whom these buttons do open or show something."""
ON_RECORD = [act for routine in ROUTINES for act in getattr(routine, "ON_RECORD", ())]
"""Presses that show something of which each reading is journalled, and that change nothing else."""
SHOWING_FORMS = {"agreement.clause", "contacts.who", "reviews.choose"}
OTHER = {"ilo": "iom", "iom": "ilo"}
TIMES = 20


def once_in_turn(office: Office, act: Act) -> None:
    payload = act.ready(office)
    before, counts = trace(office), counted(office)
    assert knock(office, act.party, payload) == 200
    effect = trace(office)

    knock(office, act.party, payload)
    for retry in (1, 2, 3):
        knock(office, act.party, payload, retry)
    knock(office, OTHER[act.party], payload)
    knock(office, act.party, again_by_hand(payload))

    assert trace(office) == effect
    assert sum(effect.since(before).acts.values()) == 1
    assert not [key for key in counted(office) - counts if key[2] == "failed"]


def once_at_once(office: Office, act: Act) -> None:
    payload = act.ready(office)
    before, counts = trace(office), counted(office)

    with ThreadPoolExecutor(TIMES) as pool:
        answers = list(pool.map(lambda _: knock(office, act.party, payload), range(TIMES)))

    effect = trace(office).since(before)
    assert answers == [200] * TIMES
    assert sum(effect.acts.values()) == 1
    assert effect.said
    assert set(effect.said.values()) == {1}
    assert not [key for key in counted(office) - counts if key[2] == "failed"]


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_what_arrives_again_has_its_effect_once(office: Office, act: Act) -> None:
    once_in_turn(office, act)


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_twenty_at_once_have_one_effect(office: Office, act: Act) -> None:
    once_at_once(office, act)


@pytest.mark.postgres
@pytest.mark.parametrize("act", ACTS, ids=str)
def test_what_arrives_again_has_its_effect_once_on_postgresql(office_on_postgres: Office, act: Act) -> None:
    once_in_turn(office_on_postgres, act)


@pytest.mark.postgres
@pytest.mark.parametrize("act", ACTS, ids=str)
def test_twenty_at_once_have_one_effect_on_postgresql(office_on_postgres: Office, act: Act) -> None:
    once_at_once(office_on_postgres, act)


@pytest.mark.parametrize("action", sorted(READING))
def test_a_button_that_only_shows_something_changes_nothing(office: Office, action: str) -> None:
    share(office)
    ask(office)
    before = trace(office)

    for _ in range(3):
        knock(office, "iom", pressed(office, "iom", "Yuki Tanaka", action, 1))

    assert trace(office) == before


@pytest.mark.parametrize("act", SHOWING, ids=str)
def test_what_a_person_is_shown_changes_nothing(office: Office, act: Act) -> None:
    payload = act.ready(office)
    before, counts = trace(office), counted(office)

    assert knock(office, act.party, payload) == 200

    assert trace(office) == before
    assert counted(office) - counts == {(act.party, "action", "done"): 1}


def once_on_record(office: Office, act: Act) -> None:
    payload = act.ready(office)
    before = trace(office)

    with ThreadPoolExecutor(TIMES) as pool:
        answers = list(pool.map(lambda _: knock(office, act.party, payload), range(TIMES)))
    for retry in (1, 2, 3):
        knock(office, act.party, payload, retry)
    knock(office, OTHER[act.party], payload)

    effect = trace(office).since(before)
    assert answers == [200] * TIMES
    assert sum(effect.acts.values()) == 1
    assert not effect.said

    knock(office, act.party, again_by_hand(payload))

    assert sum(trace(office).since(before).acts.values()) == 2


@pytest.mark.parametrize("act", ON_RECORD, ids=str)
def test_one_press_is_one_reading_and_the_next_press_is_another(office: Office, act: Act) -> None:
    once_on_record(office, act)


@pytest.mark.postgres
@pytest.mark.parametrize("act", ON_RECORD, ids=str)
def test_one_press_is_one_reading_and_the_next_press_is_another_on_postgresql(
    office_on_postgres: Office, act: Act
) -> None:
    once_on_record(office_on_postgres, act)


def test_every_button_and_every_form_is_in_one_of_these_tables() -> None:
    known = {act.door for act in ACTS}
    on_record = {act.door for act in ON_RECORD}

    assert set(ACTIONS) - READING - on_record <= known
    assert set(VIEWS) - SHOWING_FORMS <= known
