"""IV.1: what is said in answer is put on record by whoever presses the button, and by nobody else."""

from typing import Any

import pytest
from sqlmodel import select

from bot.agreement import exchanges, replies
from bot.agreement.replies import Reply
from bot.journal import Entry, Outcome
from tests.clauses.exchanging import KENYA, LIAISON, buttons, share
from tests.office import Office, words_of

WORDS = "We can join the call with two experts."
HOSTILE = "<!channel> *bold* & <@U0IOMCOSTA> " * 40
NOT_ADDING = ["Jonas Weber", "Ravi Menon", "Clara Novak", "Victor Lang", "Yuki Tanaka"]


def add(office: Office, name: str, where: str = LIAISON, **values: Any) -> Any:
    office.click(name, "replies.open", where=where)
    result = office.submit(name, {"text": WORDS, **values})
    office.deliver()
    return result


def on_record(office: Office) -> list[Reply]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Reply).order_by(Reply.seq)).all())  # type: ignore[arg-type]


def refusals(office: Office) -> list[Entry]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).all())


@pytest.mark.parametrize(("name", "party"), [("Helena Costa", "IOM"), ("Amina Diallo", "ILO")])
def test_iv_1_either_party_adds_its_own_words_and_both_read_them_on_the_card_and_in_the_thread(
    office: Office, name: str, party: str
) -> None:
    share(office)

    result = add(office, name)

    assert result.ok
    card, told = office.channel(LIAISON)
    assert f"1. {name} ({party}), Monday 23 November 2026: {WORDS}" in words_of([card])
    assert told["thread_ts"] == card["ts"]
    assert f"*Reply 1 to 2026/1*, by {name} ({party})" in words_of([told])
    assert f"Added to the record by {name} ({party})" in words_of([told])
    assert WORDS in words_of(office.direct("Helena Costa"))
    assert WORDS in office.command("Mei Chen", "/exchange show 2026/1")


def test_iv_1_what_people_say_in_the_thread_is_not_kept(office: Office) -> None:
    share(office)
    (card,) = office.channel(LIAISON)
    office.slack.say(office.id("Helena Costa"), "C0LIAISON", "We are interested.", thread_ts=card["ts"])

    office.tick()

    assert on_record(office) == []
    assert "We are interested." not in office.command("Mei Chen", "/exchange show 2026/1")


def test_iv_1_the_words_of_a_colleague_name_the_colleague_and_whoever_added_them(office: Office) -> None:
    share(office)

    add(office, "Helena Costa", speaker="David Okafor")

    (reply,) = on_record(office)
    assert reply.speaker_id == office.person("David Okafor").key
    assert "1. David Okafor (IOM)" in words_of(office.channel(LIAISON)[:1])
    assert "Helena Costa, who says that these are words of David Okafor (IOM)" in words_of(
        office.channel(LIAISON)[1:]
    )


def test_iv_1_nobody_of_the_other_party_can_be_chosen_as_the_speaker(office: Office) -> None:
    share(office)
    office.click("Helena Costa", "replies.open")

    (speaker,) = [b for b in office.modal("Helena Costa")["blocks"] if b["block_id"] == "speaker"]

    offered = {option["text"]["text"] for option in speaker["element"]["options"]}
    assert speaker["element"]["initial_option"]["text"]["text"] == "Helena Costa"
    assert {"David Okafor", "Omar Haddad"} <= offered
    assert not {"Mei Chen", "Amina Diallo"} & offered


def test_iv_1_words_put_into_the_other_partys_mouth_are_refused(office: Office) -> None:
    share(office)

    with pytest.raises(replies.NotOwnSide):
        office.act(
            "Helena Costa",
            replies.add_reply,
            exchange_id=1,
            text=WORDS,
            speaker_id=office.person("Mei Chen").key,
        )

    assert on_record(office) == []


@pytest.mark.parametrize("name", NOT_ADDING)
def test_iv_1_nobody_without_a_mandate_for_the_substance_adds_a_reply(office: Office, name: str) -> None:
    share(office)

    told = office.click(name, "replies.open")

    assert told
    assert office.slack.modal(office.id(name)) is None
    assert len(refusals(office)) == 1


def test_iv_1_a_reply_without_words_is_refused_at_its_field(office: Office) -> None:
    share(office)

    result = add(office, "Helena Costa", text="  ")

    assert list(result.errors) == ["text"]
    assert on_record(office) == []


def test_iv_1_replies_are_numbered_and_the_card_shows_the_latest(office: Office) -> None:
    share(office)
    for number in range(1, 6):
        add(office, "Helena Costa", text=f"Answer number {number}")

    card = words_of(office.channel(LIAISON)[:1])

    assert [reply.seq for reply in on_record(office)] == [1, 2, 3, 4, 5]
    assert "Answer number 5" in card
    assert "Answer number 2" not in card
    assert "Earlier replies: 2." in card
    assert "Answer number 2" in office.command("Mei Chen", "/exchange show 2026/1")


def test_iv_1_a_reply_is_inert_whatever_was_typed(office: Office) -> None:
    share(office, channel=KENYA, name="Samuel Otieno")

    add(office, "Grace Wanjiru", where=KENYA, text=HOSTILE)

    said = words_of(office.channel(KENYA))
    assert "<!channel>" not in said
    assert "&lt;!channel&gt; *bold* &amp;" in said


def test_iv_1_a_reply_that_arrives_twice_counts_once(office: Office) -> None:
    share(office)
    office.click("Helena Costa", "replies.open")
    office.slack.faults.deliver_twice = True

    office.submit("Helena Costa", {"text": WORDS})

    assert len(on_record(office)) == 1


def test_iv_1_an_acknowledged_update_can_still_be_answered(office: Office) -> None:
    share(office)
    office.click("Helena Costa", "exchanges.acknowledge")
    office.deliver()

    add(office, "Helena Costa")

    card = office.channel(LIAISON)[0]
    assert buttons(card) == ["replies.open"]
    assert WORDS in words_of([card])


def test_iv_1_an_update_that_is_not_there_is_not_answered(office: Office) -> None:
    with pytest.raises(exchanges.NoSuchExchange):
        office.act("Helena Costa", replies.add_reply, exchange_id=99, text=WORDS)
