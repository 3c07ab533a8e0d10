"""V.2-2: what waits for one person is handed over within their own party, and nobody else reads it."""

from datetime import date

import pytest

from bot.agreement.exchanges import Classification, share
from bot.agreement.handovers import hand_over
from bot.agreement.people import Refusal
from tests.clauses.test_v_2_2_designations import end, put, refusals
from tests.office import Office, words_of

LIAISON = "ilo-iom-liaison"


def shared(office: Office) -> None:
    office.act(
        "Helena Costa",
        share,
        channel_id="C0LIAISON",
        title="Draft call",
        summary="It is ready.",
        area="A-COOP",
        classification=Classification.SHAREABLE,
    )


def test_v_2_2_what_waits_is_handed_over_to_a_colleague_and_to_no_other_party(office: Office) -> None:
    shared(office)
    office.command("Amina Diallo", "/contacts handover")
    office.submit("Amina Diallo", {"successor": "Mei Chen, Headquarters", "note": "The key is in the safe."})
    office.deliver()

    for name in ("Mei Chen", "Pierre Favre", "Amina Diallo"):
        said = words_of(office.direct(name))
        assert "Handover from Amina Diallo" in said
        assert "IOM shared “Draft call”" in said
        assert "The key is in the safe." in said
        assert "Thursday 22 August 2030: the last day on which a notice" in said
        assert "<#C0LIAISON>" in said
    for name in ("Helena Costa", "Omar Haddad"):
        assert "Handover" not in words_of(office.direct(name))
    assert "Handover" not in words_of(office.channel(LIAISON))


def test_v_2_2_of_very_many_things_the_first_are_handed_over_and_the_rest_counted(office: Office) -> None:
    for _ in range(12):
        shared(office)

    office.command("Pierre Favre", "/contacts handover")
    office.submit(
        "Pierre Favre", {"leaving": "Amina Diallo, Headquarters", "successor": "Mei Chen, Headquarters"}
    )
    office.deliver()

    said = words_of(office.direct("Mei Chen"))
    assert said.count("IOM shared “Draft call”") == 10
    assert "and 2 more." in said


@pytest.mark.parametrize("name", ["Mei Chen", "Jonas Weber", "Ravi Menon", "Nadia Petrova"])
def test_v_2_2_others_do_not_hand_over(office: Office, name: str) -> None:
    office.command(name, "/contacts handover")

    assert office.slack.modal(office.id(name)) is None
    assert refusals(office) == ["not_mandated"]


def test_v_2_2_nothing_is_handed_over_to_the_other_party_or_to_oneself(office: Office) -> None:
    office.command("Amina Diallo", "/contacts handover")
    result = office.submit("Amina Diallo", {"successor": "Amina Diallo, Headquarters"})
    with pytest.raises(Refusal):
        office.act(
            "Amina Diallo",
            hand_over,
            leaving_id=office.person("Amina Diallo").key,
            successor_id=office.person("Helena Costa").key,
        )

    assert "Please choose somebody else" in result.errors["successor"]
    assert refusals(office) == ["wrong_side"]


def test_v_2_2_with_the_end_of_a_designation_what_was_open_is_handed_over(office: Office) -> None:
    put(office, capacity="contact point")
    shared(office)
    end(office, "Pierre Favre", "Amina Diallo: contact point", date(2026, 11, 23))

    for name in ("Mei Chen", "Pierre Favre"):
        assert "Handover from Amina Diallo" in words_of(office.direct(name))
        assert "IOM shared “Draft call”" in words_of(office.direct(name))
    assert "Handover" not in words_of(office.direct("Helena Costa"))


def test_v_2_2_a_designation_that_runs_out_is_handed_over_the_day_after(office: Office) -> None:
    put(office, capacity="contact point", valid_until=date(2026, 12, 9))
    shared(office)

    office.pass_to(date(2026, 12, 9))
    assert "Handover" not in words_of(office.direct("Amina Diallo"))
    office.pass_to(date(2026, 12, 10))
    office.tick()

    said = words_of(office.direct("Amina Diallo"))
    assert said.count("Handover from Mei Chen") == 2  # the notice and the headline of one letter
    assert "IOM shared “Draft call”" in said
    assert "Handover" not in words_of(office.direct("Helena Costa"))
