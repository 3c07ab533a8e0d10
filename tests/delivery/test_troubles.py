"""What only people can cure: told once to those who can, and the message waits for them."""

from datetime import timedelta

import pytest

from bot.agreement.errors import AgreementError
from bot.outbox import Address, NoSuchMessage, NotInDoubt, OutboxState
from bot.outbox_desk import settle
from schedules.timetable import run, tell_troubles
from tests.delivery.outgoing import KENYA, LIAISON, grant, lane, queue, rows, said, scopes, states
from tests.office import Office, everything

ADMINISTRATOR = "Ravi Menon"


def tell(office: Office) -> list[str]:
    """Let the clock tell what it has to tell of troubles, and return what the ILO's administrator read of them."""
    run(office.house.secretariat, [tell_troubles])
    office.deliver()
    return heard(office)


def heard(office: Office, name: str = ADMINISTRATOR) -> list[str]:
    letters = ["\n".join(everything(message)) for message in office.direct(name)]
    return [letter for letter in letters if "Messages do not arrive" in letter]


def cure(office: Office) -> None:
    office.clock.move_to(office.clock.now() + timedelta(minutes=6))
    office.deliver()


def test_an_archived_channel_is_told_to_the_administrator_once_with_the_cure(quiet: Office) -> None:
    quiet.slack.change_channel(LIAISON, archived=True)
    queue(quiet, "patience", "and more of it")
    quiet.deliver()

    (letter,) = tell(quiet)
    cure(quiet)
    again = tell(quiet)

    assert "the channel is archived" in letter
    assert "Please unarchive the channel" in letter
    assert "2 messages wait" in letter
    assert "<#C0LIAISON>" in letter
    assert len(again) == 1
    assert heard(quiet, "Ines Martin") == []


def test_when_it_is_cured_the_messages_go_and_a_new_trouble_is_told_anew(quiet: Office) -> None:
    quiet.slack.change_channel(LIAISON, archived=True)
    queue(quiet, "patience")
    quiet.deliver()
    tell(quiet)

    quiet.slack.change_channel(LIAISON, archived=False)
    cure(quiet)
    assert said(quiet)[-1] == "patience"
    assert (lane(quiet).error, lane(quiet).told_at) == ("", None)

    quiet.slack.change_channel(LIAISON, archived=True)
    queue(quiet, "again")
    quiet.deliver()
    assert len(tell(quiet)) == 2


def test_an_app_that_was_taken_out_of_a_channel_is_asked_back(quiet: Office) -> None:
    members = quiet.slack.state.channels[LIAISON].members
    quiet.slack.change_channel(LIAISON, members=tuple(m for m in members if m != "U0ILOBOT"))
    queue(quiet, "let me in")
    quiet.deliver()

    (letter,) = tell(quiet)

    assert "the app is not a member of the channel" in letter
    assert "/invite @comity" in letter


def test_a_person_who_has_left_is_named_with_the_cure_and_holds_nobody_else_back(quiet: Office) -> None:
    quiet.slack.change_person(quiet.id("Mei Chen"), deactivated=True)
    queue(quiet, "for Mei", to=Address("ilo", quiet.id("Mei Chen")))
    queue(quiet, "for all")
    quiet.deliver()

    (letter,) = tell(quiet)

    assert "Messages for Mei Chen do not arrive" in letter
    assert "have the roster changed" in letter
    assert states(quiet) == [OutboxState.READY, OutboxState.SENT]


def told_by_the_other_app(office: Office) -> list[str]:
    """What the ILO's administrator read of troubles from the app of the IOM."""
    other = office.slack.app_of("T0IOM")
    assert other is not None
    said = office.slack.messages(office.slack.dm(other.bot_user, office.id(ADMINISTRATOR)))
    letters = ["\n".join(everything(message)) for message in said]
    return [letter for letter in letters if "Messages do not arrive" in letter]


def test_where_the_whole_app_is_cut_off_the_other_partys_app_tells(quiet: Office) -> None:
    app = quiet.slack.app_of("T0ILO")
    assert app is not None
    quiet.slack.revoke(app.token)
    for n, channel in enumerate((LIAISON, "C0ILOCOMMS", quiet.id("Mei Chen"))):
        queue(quiet, f"nobody hears me {n}", to=Address("ilo", channel))
        quiet.deliver()
        run(quiet.house.secretariat, [tell_troubles])
        quiet.deliver()

    told = told_by_the_other_app(quiet)
    assert len(told) == 1
    assert "whoever it is for: the app’s token is no longer valid" in told[0]
    assert "Please install the app again" in told[0]
    assert "1 message waits" in told[0]


def test_administrators_see_their_own_apps_troubles_in_the_status_and_nobody_else_does(quiet: Office) -> None:
    quiet.slack.change_channel("C0KENYA", archived=True)
    queue(quiet, "patience", to=Address("iom", KENYA))
    quiet.deliver()

    shown = quiet.command("Ines Martin", "/agreement status")

    assert "1 message waits for <#C0KENYA> since Monday 23 November 2026" in shown
    assert "the channel is archived" in shown
    for name in ("Ravi Menon", "Helena Costa"):
        assert "the channel is archived" not in quiet.command(name, "/agreement status")


def in_doubt(office: Office) -> int:
    """A message of which nobody knows whether it arrived: the answer was lost and history is closed."""
    grant(office, "ilo", (scope for scope in scopes(office, "ilo") if not scope.endswith(":history")))
    office.slack.faults.next("chat.postMessage", "lost_answer")
    number = queue(office, "did it arrive?")[0]
    office.deliver()
    return number


def test_a_message_in_doubt_is_shown_to_administrators(quiet: Office) -> None:
    in_doubt(quiet)

    shown = quiet.command(ADMINISTRATOR, "/agreement status")

    assert "Of 1 message it is not known whether it arrived" in shown
    assert "not known whether it arrived" not in quiet.command("Ines Martin", "/agreement status")


@pytest.mark.parametrize(("arrived", "times"), [(True, 1), (False, 2)])
def test_an_operators_word_settles_a_message_in_doubt(quiet: Office, arrived: bool, times: int) -> None:
    number = in_doubt(quiet)

    quiet.act(None, settle, number=number, arrived=arrived)

    assert states(quiet) == [OutboxState.SENT]
    assert said(quiet).count("did it arrive?") == times


def test_a_message_slack_will_never_take_can_be_put_aside(quiet: Office) -> None:
    number = queue(quiet, "x" * 40_001)[0]
    quiet.deliver()
    assert "1 message Slack will not take as it is" in quiet.command(ADMINISTRATOR, "/agreement status")

    quiet.act(None, settle, number=number, arrived=True)

    assert states(quiet) == [OutboxState.SENT]


@pytest.mark.parametrize(
    ("known", "refusal"), [(True, NotInDoubt), (False, NoSuchMessage)], ids=["sent", "unknown"]
)
def test_nobodys_word_is_taken_on_a_message_that_needs_none(
    quiet: Office, known: bool, refusal: type[AgreementError]
) -> None:
    queue(quiet, "sent")
    quiet.deliver()
    number = rows(quiet)[0].number if known else 999_999

    with pytest.raises(refusal):
        quiet.act(None, settle, number=number, arrived=False)

    assert said(quiet).count("sent") == 1


def test_a_proxy_that_turns_messages_away_is_a_trouble_and_not_a_doubt(quiet: Office) -> None:
    quiet.slack.faults.next("chat.postMessage", "proxy_refusal")
    queue(quiet, "patience")
    quiet.deliver()

    assert (states(quiet), lane(quiet).error) == ([OutboxState.READY], "turned_away")
    tell(quiet)
    (letter,) = told_by_the_other_app(quiet)
    assert "something on the way to Slack, such as a proxy, turns them away" in letter
    cure(quiet)
    assert said(quiet) == ["patience"]
