"""Once the Agreement has ended, every word of every command answers: served, or refused with the reason."""

import pytest

from handlers.doors import COMMANDS
from tests.clauses.ending import after, give_notice
from tests.handlers.offered import BUTTONS, in_sight, within_reach
from tests.office import Office, words_of

ENDED = "The Agreement ended at the end of Friday 27 November 2026, by a notice under VII.1-2"
REFUSED = {
    ("/communication", "draft"),
    ("/communication", "event"),
    ("/emblem", "delegate"),
    ("/emblem", "mention"),
    ("/emblem", "request"),
    ("/exchange", "consult"),
    ("/exchange", "matter"),
    ("/exchange", "restricted"),
    ("/exchange", "share"),
    ("/meeting", "announce"),
    ("/meeting", "propose"),
    ("/termination", "notice"),
    ("/termination", "receipt"),
    ("/termination", "renewal"),
    ("/termination", "withdraw"),
    ("/workplan", "add"),
    ("/workplan", "adopt"),
    ("/workplan", "export"),
    ("/workplan", "import"),
    ("/workplan", "update"),
}
"""What a contact point may do while the Agreement is in force, and not after it."""
FORMS = {
    ("/agreement", "clause"),
    ("/communication", "funding"),
    ("/contacts", "designate"),
    ("/contacts", "handover"),
    ("/contacts", "who"),
    ("/instrument", "add"),
}
"""What still opens a form, or a list that only the person sees."""
LIVING = {
    "contacts.designate",
    "contacts.end",
    "contacts.handover",
    "instruments.add",
    "settlements.list",
}
"""The buttons beside those that only show something."""


def over(office: Office) -> Office:
    give_notice(office)
    after(office)
    return office


def test_vii_1_2_a_contact_point_is_refused_what_ended_and_served_what_lives_on(office: Office) -> None:
    over(office)
    refused, opened = set(), set()
    for command, doors in COMMANDS.items():
        for word in doors:
            reply = office.slack.command(office.id("Amina Diallo"), "C0LIAISON", command, word)
            assert reply.error is None, (command, word)
            if ENDED in f"{reply.text}{words_of(reply.said)}":
                refused.add((command, word))
            if office.slack.modal(office.id("Amina Diallo")):
                opened.add((command, word))
                office.slack.close_modal(office.id("Amina Diallo"))

    assert refused == REFUSED
    assert opened == FORMS


@pytest.mark.parametrize("name", ["Grace Wanjiru", "Lucía Romero", "Yuki Tanaka", "Ines Martin"])
def test_vii_1_2_menu_and_home_offer_only_what_lives_on(office: Office, name: str) -> None:
    over(office)
    office.command(name, "/agreement")
    offered = in_sight(office.told(name)[-1]["blocks"])
    offered |= within_reach(office, name, office.home(name))

    showing = {
        action for action in BUTTONS if action.endswith((".list", ".show", ".report", ".status", ".due"))
    }
    assert offered <= showing | LIVING | {"agreement.clause", "contacts.who"}
    assert "terminations.status" in offered


def test_vii_1_2_the_refusal_says_what_lives_on_and_where_to_see_it(office: Office) -> None:
    over(office)

    said = office.command("Grace Wanjiru", "/exchange share")
    assert "it is not possible any more to share information with the other party (IV.1)" in said
    assert "other agreements between the parties (VII.2)" in said
    assert "`/termination status` shows what that is." in said
