"""VII.1-4: each party decides on renewal in a room of its own, which the other sees only once both may."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from bot.agreement import renewal_decisions
from bot.agreement.people import AgreementOver, NotMandated
from bot.agreement.renewal_rooms import (
    NothingToRenew,
    RenewalChanged,
    RenewalChoice,
    RenewalDayOver,
    RenewalElsewhere,
    RenewalStatus,
    RenewalStep,
)
from bot.dossiers.facts import dossier
from handlers.doors import COMMANDS
from tests.clauses.renewing import (
    DECISION,
    LONGER,
    WHY,
    decide,
    enter,
    fill,
    house,
    notice_on_record,
    prepare,
    ready,
    refusals,
    release,
    rooms,
    take_back,
)
from tests.handlers.pressing import buttons, home_words, modal_words, press_told
from tests.knocking import pressed, sent, user
from tests.office import ZURICH, Office, Servers, words_of

OF_ILO = ("Amina Diallo", "Pierre Favre", "Lucía Romero")
OF_IOM = ("Helena Costa", "Omar Haddad", "Nadia Petrova", "Grace Wanjiru", "Ines Martin")
WITHOUT_MANDATE = ("Mei Chen", "Samuel Otieno", "Ravi Menon", "Yuki Tanaka", "David Okafor", "Ines Martin")
SECRET = "A corridor that nobody knows of"


@pytest.fixture
def office(tmp_path: Path, servers: Servers) -> Iterator[Office]:
    """Both organisations on Monday 5 August 2030, some days before the last day for a notice."""
    with house(tmp_path, servers, date(2030, 8, 5)) as made:
        yield made


@pytest.fixture
def office_of_one(tmp_path: Path, servers: Servers) -> Iterator[Office]:
    """Only the ILO has the app."""
    with house(tmp_path, servers, date(2030, 8, 5), parties=("ilo",)) as made:
        yield made


def test_vii_1_4_the_room_shows_each_last_day_with_its_working(office: Office) -> None:
    shown = enter(office, "Amina Diallo")

    assert "*Last safe day for a notice to be received: Thursday 22 August 2030.*" in shown
    assert "*Last day on the longer reading: Friday 23 August 2030.*" in shown
    assert "*Day by which to send it, by a working rule: Thursday 8 August 2030.*" in shown
    assert "With a margin of 10 working days, which is policy and not in the text" in shown
    assert (
        "Received one day later, on Saturday 24 August 2030, it would end on Thursday 24 October 2030"
        in shown
    )


def test_vii_1_4_a_decision_is_prepared_decided_and_kept_with_its_history(office: Office) -> None:
    prepare(office, choice="undecided", reasons="Still asking.")
    letter = words_of(office.direct("Amina Diallo"))
    decide(office, choice="let_renew", reasons="It works.")
    decide(office, choice="give_notice", reasons="It does not.")

    shown = modal_words(office, "Amina Diallo")
    assert "Lucía Romero prepared a decision of ILO" in letter
    assert "Still asking." not in letter
    assert "*ILO: Give notice, by a signed letter*, decided by Amina Diallo" in shown
    assert "prepared (Leave it open for now), Lucía Romero: Still asking." in shown
    assert "decided (Let the Agreement renew itself), Amina Diallo: It works." in shown
    assert rooms(office)["ilo"].choice is RenewalChoice.GIVE_NOTICE


def test_vii_1_4_the_signatory_finds_what_was_prepared_filled_in(office: Office) -> None:
    prepare(office, choice="give_notice", reasons="It does not work.")
    enter(office, "Amina Diallo")
    press_told(office, "Amina Diallo", "renewals.decide")

    assert "Lucía Romero prepared what is filled in below." in modal_words(office, "Amina Diallo")
    office.submit("Amina Diallo", {})

    assert rooms(office)["ilo"].reasons == "It does not work."


def test_vii_1_4_what_was_decided_stands_until_it_is_decided_anew(office: Office) -> None:
    decide(office)
    prepare(office, choice="give_notice", reasons="Think again.")

    shown = enter(office, "Pierre Favre")
    assert "*ILO: Let the Agreement renew itself*" in shown
    assert "What was decided before stands until the signatory decides anew." in shown


def test_vii_1_4_a_decision_to_give_notice_gives_none(office: Office) -> None:
    decide(office, choice="give_notice")

    shown = modal_words(office, "Amina Diallo")
    assert "*A decision is not a notice.*" in shown
    assert "safely by Thursday 22 August 2030" in shown
    assert "no notice is on record" in office.command("Helena Costa", "/termination status")


@pytest.mark.parametrize("reasons", ["", "   "])
@pytest.mark.parametrize("form", ["prepare", "decide"])
def test_vii_1_4_a_decision_needs_reasons_and_what_was_chosen_stays(
    office: Office, form: str, reasons: str
) -> None:
    result = fill(office, "Amina Diallo", form, {"choice": "give_notice", "reasons": reasons})

    assert list(result.errors) == ["reasons"]
    assert "give_notice" in str(office.modal("Amina Diallo")["state"])
    assert rooms(office) == {}


def test_vii_1_4_a_decision_needs_a_choice(office: Office) -> None:
    result = fill(office, "Amina Diallo", "decide", {"reasons": WHY})

    assert list(result.errors) == ["choice"]


def test_vii_1_4_hostile_reasons_stay_inert(office: Office) -> None:
    decide(office, reasons="<!channel> & *bold* " + "x" * 1400)

    assert "&lt;!channel&gt; &amp; *bold*" in modal_words(office, "Amina Diallo")


def other_words(office: Office) -> dict[tuple[str, str], str]:
    """Everything the other side can read: its Home, its letters, the channels, and each word of each command."""
    found = {("home", name): home_words(office.home(name)) for name in OF_IOM}
    found |= {("direct", name): words_of(office.direct(name)) for name in OF_IOM}
    found["channel", ""] = words_of(office.channel("ilo-iom-liaison"))
    for command, doors in COMMANDS.items():
        for word in doors:
            found[command, word] = office.command("Helena Costa", f"{command} {word}".strip())
            while office.slack.modal(office.id("Helena Costa")):
                office.slack.close_modal(office.id("Helena Costa"))
    return found


def test_vii_1_4_the_other_party_learns_nothing_by_any_command(office: Office) -> None:
    def counted() -> dict[tuple[str, ...], int]:
        with office.reading() as desk:
            found = dossier(desk, date(2030, 8, 1), desk.today, None)
        return {row.keys: row.count for part in found.parts for tally in part.tallies for row in tally.rows}

    before, counts = other_words(office), counted()

    prepare(office, reasons=SECRET)
    decide(office, choice="give_notice", reasons=SECRET)
    release(office)

    after = other_words(office)
    assert {key: text for key, text in after.items() if text != before[key]} == {}
    assert counted() == counts
    assert SECRET not in "\n".join(after.values())


FORMS = ("renewals.prepare", "renewals.decide", "renewals.release", "renewals.take_back", "renewals.room")


def answers(office: Office, name: str, key: str) -> list[str]:
    """What somebody is told who forges every button and form with the number of a room."""
    said = []
    for n, action in enumerate(FORMS):
        before = len(office.told(name))
        pressed(office, ("iom", "ilo")[n % 2], user(office, name), action, key)
        said += [words_of([one]) for one in office.told(name)[before:]]
        while office.slack.modal(office.id(name)):
            office.slack.close_modal(office.id(name))
    body = sent(office, "iom", user(office, name), "renewals.release", f"{key}@1", {}, f"Vrelease{key}").body
    return [*said, str(body)]


@pytest.mark.parametrize("name", ["Helena Costa", "Omar Haddad", "Yuki Tanaka"])
def test_vii_1_4_the_other_partys_room_is_refused_as_one_that_is_not(office: Office, name: str) -> None:
    decide(office)

    assert answers(office, name, "1") == answers(office, name, "7")
    assert rooms(office)["ilo"].status is RenewalStatus.DECIDED


def test_vii_1_4_what_is_private_does_not_pass_through_the_other_partys_app(office_of_one: Office) -> None:
    office = office_of_one
    with pytest.raises(RenewalElsewhere) as refused:
        office.act("Helena Costa", renewal_decisions.decide, **DECISION, through="ilo")
    assert refused.value.party == "IOM"
    assert rooms(office) == {}

    office.act("Helena Costa", renewal_decisions.decide, **DECISION, through="iom")
    assert office.direct("Omar Haddad") == []


def test_vii_1_4_somebody_who_knocks_through_the_other_app_is_sent_to_their_own(office: Office) -> None:
    before = len(office.told("Helena Costa"))
    pressed(office, "ilo", user(office, "Helena Costa"), "renewals.room", "room")

    said = words_of(office.told("Helena Costa")[before:])
    assert "Please use IOM's own app" in said
    assert "renewal room (VII.1-4)" not in said


def test_vii_1_4_both_are_shown_to_both_once_both_release(office: Office) -> None:
    decide(office, reasons="We are content.")
    decide(office, "Helena Costa", "undecided", "We are still asking.")
    release(office)
    assert "We are content." not in enter(office, "Helena Costa")
    release(office, "Helena Costa")

    assert {row.status for row in rooms(office).values()} == {RenewalStatus.RELEASED}
    for name in ("Amina Diallo", "Pierre Favre", "Helena Costa", "Omar Haddad"):
        told = words_of(office.direct(name)[-1:])
        assert "Both parties have released their decisions, so both are shown to both." in told
        assert "*ILO: Let the Agreement renew itself*, decided by Amina Diallo" in told
        assert "*IOM: Leave it open for now*, decided by Helena Costa" in told
    assert "We are content." in enter(office, "Nadia Petrova")
    assert "We are content." not in words_of(office.channel("ilo-iom-liaison"))
    assert not [one for one, _ in buttons(office.told("Nadia Petrova")[-1]["blocks"])]


def test_vii_1_4_what_is_shown_to_both_cannot_be_changed(office: Office) -> None:
    for name in ("Amina Diallo", "Helena Costa"):
        decide(office, name)
        release(office, name)

    with pytest.raises(RenewalChanged) as refused:
        office.act("Amina Diallo", renewal_decisions.decide, **{**DECISION, "seen": 2}, through="ilo")
    assert refused.value.status is RenewalStatus.RELEASED


def test_vii_1_4_a_release_can_be_taken_back_and_the_decision_changed(office: Office) -> None:
    ready(office)

    shown = take_back(office)
    decide(office, choice="give_notice")

    assert "*The signatory has decided.*" in shown
    assert "Amina Diallo has taken back the release" in words_of(office.direct("Pierre Favre"))
    assert rooms(office)["ilo"].choice is RenewalChoice.GIVE_NOTICE


def test_vii_1_4_two_who_decide_at_once_are_told_who_was_first(office: Office) -> None:
    for name in ("Lucía Romero", "Pierre Favre"):
        enter(office, name)
        press_told(office, name, "renewals.prepare")

    office.submit("Pierre Favre", {"choice": "let_renew", "reasons": "First."})
    office.submit("Lucía Romero", {"choice": "give_notice", "reasons": "Second."})

    told = modal_words(office, "Lucía Romero") + words_of(office.told("Lucía Romero"))
    assert "Pierre Favre was first, on Monday 5 August 2030 at 10:00 (Geneva time) (prepared)" in told
    with office.reading() as desk:
        assert [step.reasons for step in desk.session.exec(select(RenewalStep)).all()] == ["First."]


def test_vii_1_4_nobody_releases_what_they_have_not_seen(office: Office) -> None:
    decide(office)
    enter(office, "Amina Diallo")
    press_told(office, "Amina Diallo", "renewals.release")
    office.act(
        "Amina Diallo",
        renewal_decisions.decide,
        seen=1,
        choice=RenewalChoice.GIVE_NOTICE,
        reasons="Otherwise.",
        through="ilo",
    )

    office.submit("Amina Diallo", {})

    assert rooms(office)["ilo"].status is RenewalStatus.DECIDED
    assert refusals(office) == ["renewal_changed"]


def test_vii_1_4_without_a_decision_there_is_nothing_to_release(office: Office) -> None:
    prepare(office)
    pressed(office, "ilo", user(office, "Amina Diallo"), "renewals.release", "1")
    assert "(prepared)" in words_of(office.told("Amina Diallo")[-1:])

    pressed(office, "iom", user(office, "Helena Costa"), "renewals.release", "0")
    assert "Your party has no such renewal room" in words_of(office.told("Helena Costa")[-1:])


@pytest.mark.parametrize("name", [*WITHOUT_MANDATE, "Clara Novak"])
def test_vii_1_4_nobody_without_a_mandate_enters_the_room(office: Office, name: str) -> None:
    told = enter(office, name)

    assert "Last safe day" not in told
    assert len(refusals(office)) == 1


@pytest.mark.parametrize("name", ["Pierre Favre", "Lucía Romero"])
def test_vii_1_4_only_the_signatory_decides_and_releases(office: Office, name: str) -> None:
    decide(office)
    enter(office, name)

    assert dict(buttons(office.told(name)[-1]["blocks"])) == {"renewals.prepare": "1"}
    with pytest.raises(NotMandated):
        office.act(name, renewal_decisions.decide, **{**DECISION, "seen": 1}, through="ilo")
    with pytest.raises(NotMandated):
        office.act(name, renewal_decisions.release, room_id=1, seen=1, through="ilo")


def test_vii_1_4_after_the_longer_reading_both_are_shown_once_and_nothing_changes(office: Office) -> None:
    decide(office, reasons="We are content.")
    prepare(office, "Omar Haddad", reasons=SECRET)
    office.pass_to(LONGER)
    assert rooms(office)["ilo"].status is RenewalStatus.DECIDED

    office.pass_to(date(2030, 8, 27))
    office.tick()

    for name in ("Amina Diallo", "Omar Haddad"):
        shown = [one for one in office.direct(name) if "are shown to both" in one["text"]]
        assert len(shown) == 1
        assert "We are content." in words_of(shown)
        assert "*IOM:* no decision is on record." in words_of(shown)
        assert SECRET not in words_of(shown)
    with pytest.raises(RenewalDayOver) as refused:
        office.act("Amina Diallo", renewal_decisions.decide, **DECISION, through="ilo")
    assert refused.value.last == LONGER


def test_vii_1_4_the_last_day_itself_is_still_private_and_still_free(office: Office) -> None:
    office.clock.move_to(datetime(2030, 8, 23, 23, 30, tzinfo=ZURICH))
    office.tick()

    decide(office)

    assert rooms(office)["ilo"].status is RenewalStatus.DECIDED


def test_vii_1_4_a_notice_on_record_leaves_nothing_to_decide(office: Office) -> None:
    notice_on_record(office, date(2030, 10, 4))

    assert "So there is nothing to decide on renewal." in enter(office, "Amina Diallo")
    with pytest.raises(NothingToRenew):
        office.act("Amina Diallo", renewal_decisions.prepare, **DECISION, through="ilo")
    office.pass_to(date(2030, 8, 27))
    assert "decisions of both parties" not in words_of(office.direct("Amina Diallo"))
    assert "Last safe day for a notice" not in words_of(office.direct("Amina Diallo"))


def test_vii_1_4_it_waits_in_the_home_of_those_who_may_act(office: Office) -> None:
    waits = "*Renewal of the Agreement* (clause VII.1-4): ILO has not recorded a decision."
    assert waits in home_words(office.home("Lucía Romero"))
    assert "Renewal of the Agreement" not in home_words(office.home("Mei Chen"))

    prepare(office)
    assert "is prepared and waits for you as its signatory" in home_words(office.home("Amina Diallo"))
    assert "Renewal of the Agreement" not in home_words(office.home("Lucía Romero"))

    decide(office)
    assert "Renewal of the Agreement" not in home_words(office.home("Amina Diallo"))


def test_vii_1_4_the_room_opens_from_the_home(office: Office) -> None:
    office.home("Amina Diallo")
    office.click("Amina Diallo", "renewals.room", where="home")

    assert "ILO's renewal room" in modal_words(office, "Amina Diallo")


def test_vii_1_4_once_the_agreement_has_ended_the_room_is_closed(office: Office) -> None:
    notice_on_record(office, date(2030, 8, 2))

    assert "The Agreement ended at the end of Friday 2 August 2030" in enter(office, "Amina Diallo")
    with pytest.raises(AgreementOver):
        office.act("Amina Diallo", renewal_decisions.decide, **DECISION, through="ilo")
