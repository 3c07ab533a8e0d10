"""One effect, however often it arrives: replays, Slack's retries, two apps, double clicks, twenty at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from handlers.doors import ACTIONS, VIEWS
from tests.handlers.test_emblems import ask
from tests.handlers.test_exchanges import share
from tests.inbound import (
    acts,
    acts_activities,
    acts_amendments,
    acts_communications,
    acts_contacts,
    acts_disputes,
    acts_documents,
    acts_emblems,
    acts_exchanges,
    acts_invitations,
    acts_meetings,
    acts_notices,
    acts_owners,
    acts_projects,
    acts_renewals,
    acts_reviews,
    acts_terminations,
    acts_workplans,
)
from tests.inbound.acts import again_by_hand, knock, opened_anew
from tests.inbound.counting import counted, trace
from tests.inbound.sending import Act, pressed
from tests.office import Office

ROUTINES = (
    acts,
    acts_activities,
    acts_amendments,
    acts_communications,
    acts_contacts,
    acts_disputes,
    acts_documents,
    acts_emblems,
    acts_exchanges,
    acts_invitations,
    acts_meetings,
    acts_notices,
    acts_owners,
    acts_projects,
    acts_renewals,
    acts_reviews,
    acts_terminations,
    acts_workplans,
)
"""Each brings what changes something, and the buttons that only open or show something."""
ACTS = [act for routine in ROUTINES for act in routine.ACTS]
READING = {action for routine in ROUTINES for action in routine.READING}
SHOWING = [act for routine in ROUTINES for act in getattr(routine, "SHOWING", ())]
"""Some of the latter, pressed by people who may, where there is something to show."""
SHOWING_FORMS = {
    "agreement.clause",
    "amendments.clause",
    "amendments.kind",
    "amendments.part",
    "terminations.day",
    "contacts.who",
    "reviews.choose",
}
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
    assert trace(office) == effect
    knock(office, act.party, again_by_hand(office, act.party, payload))

    more = trace(office).since(effect)
    assert sum(more.acts.values()) == bool(act.each_press)
    assert not more.said
    assert sum(effect.since(before).acts.values()) == 1
    if "view" in payload:
        knock(office, act.party, opened_anew(payload))
        assert sum(trace(office).since(effect).acts.values()) == act.anew
    assert not [key for key in counted(office) - counts if key[2] == "failed"]


def once_at_once(office: Office, act: Act) -> None:
    payload = act.ready(office)
    before, counts = trace(office), counted(office)

    with ThreadPoolExecutor(TIMES) as pool:
        answers = list(pool.map(lambda _: knock(office, act.party, payload), range(TIMES)))

    effect = trace(office).since(before)
    assert answers == [200] * TIMES
    assert sum(effect.acts.values()) == 1
    assert bool(effect.said) is not bool(act.silent)
    assert set(effect.said.values()) <= {1}
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
def test_a_button_that_shows_something_to_whoever_may_see_it_changes_nothing(
    office: Office, act: Act
) -> None:
    payload = act.ready(office)
    before, counts = trace(office), counted(office)

    assert knock(office, act.party, payload) == 200

    assert trace(office) == before
    assert counted(office) - counts == {(act.party, "action", "done"): 1}


def test_every_button_and_every_form_is_in_one_of_these_tables() -> None:
    known = {act.door for act in ACTS}

    assert set(ACTIONS) - READING <= known
    assert set(VIEWS) - SHOWING_FORMS <= known
