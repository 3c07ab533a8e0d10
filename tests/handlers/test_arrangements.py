"""IV.2-3 through the door: arrangements recorded by one side and confirmed by the other."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.agreement import arrangements
from bot.agreement.arrangements import Arrangement, ArrangementStatus
from bot.agreement.restricted import Recipient, Restricted
from tests.handlers.pressing import buttons, home_words
from tests.handlers.restricting import (
    ARRANGEMENT,
    LIAISON,
    attack,
    chosen,
    protected,
    refused,
    register,
    rows,
)
from tests.knocking import pressed, sent, user
from tests.office import Office, words_of


def test_iv_2_3_an_arrangement_is_recorded_by_one_side_and_confirmed_by_the_other(office: Office) -> None:
    result = register(office)

    assert result.ok
    (row,) = rows(office, Arrangement)
    assert (row.party, row.parties, row.status) == ("ilo", ("ilo", "iom"), ArrangementStatus.RECORDED)
    asked = words_of(office.direct("Helena Costa"))
    assert "*Protects:* Files of individual cases." in asked
    assert "they outlive the Agreement" in asked
    assert not office.channel(LIAISON)
    office.click("Helena Costa", "arrangements.confirm", where="direct")
    office.deliver()
    assert "*Confirmed* by Helena Costa (IOM)" in words_of(office.direct("Lucía Romero"))
    assert buttons(office.direct("Nadia Petrova")[-1]["blocks"]) == []
    assert "confirmed and in force" in office.command("Linh Tran", "/exchange confidentiality")
    assert "Legal file 17/2022" in office.command("Linh Tran", "/exchange confidentiality 2026/1")


@pytest.mark.parametrize("name", ["Pierre Favre", "Mei Chen", "Jonas Weber", "Ravi Menon", "Clara Novak"])
def test_nobody_else_records_an_arrangement(office: Office, name: str) -> None:
    pressed(office, "ilo", user(office, name), "arrangements.record", "new")
    values = {**ARRANGEMENT, "bound": {"type": "checkboxes", "selected_options": [{"value": "ilo"}]}}
    days = {name: {"type": "datepicker", "selected_date": "2022-01-01"} for name in ("from_on", "until_on")}
    sent(office, "ilo", user(office, name), "arrangements.record", "", {**values, **days})

    assert rows(office, Arrangement) == []
    assert len(refused(office)) == 2


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Lucía Romero", "wrong_side"),
        ("Amina Diallo", "wrong_side"),
        ("Omar Haddad", "not_mandated"),
        ("Ines Martin", "not_mandated"),
        ("Clara Novak", "not_on_roster"),
        ("Victor Lang", "from_third_organisation"),
    ],
)
def test_nobody_else_confirms_an_arrangement(office: Office, name: str, why: str) -> None:
    register(office)

    party = "iom" if office.who(name).team_id == "T0IOM" else "ilo"
    pressed(office, party, user(office, name), "arrangements.confirm", "1")

    assert rows(office, Arrangement)[0].status is ArrangementStatus.RECORDED
    assert refused(office) == [(refused(office)[0][0], why)]


def test_the_second_to_confirm_is_told_who_was_first(office: Office) -> None:
    protected(office)

    pressed(office, "iom", user(office, "Helena Costa"), "arrangements.confirm", "1")

    assert "Nadia Petrova (IOM) has confirmed arrangement 2026/1 already" in words_of(
        office.told("Helena Costa")
    )


@pytest.mark.parametrize(
    ("field", "typed"),
    [("subject", " "), ("protects", " "), ("until_on", "2021-12-31"), ("reference", "")],
)
def test_an_arrangement_that_proves_nothing_is_refused_at_its_field(
    office: Office, field: str, typed: str
) -> None:
    result = register(office, **{field: typed})

    assert list(result.errors) == [field]
    assert rows(office, Arrangement) == []


@pytest.mark.parametrize(
    ("bound", "begins", "field"), [("lab", "2022-01-01", "bound"), ("ilo", "", "from_on")]
)
def test_a_forged_arrangement_is_refused_at_its_field(
    office: Office, bound: str, begins: str, field: str
) -> None:
    values = {**ARRANGEMENT, "bound": {"type": "checkboxes", "selected_options": [{"value": bound}]}}
    days = {"from_on": begins, "until_on": ""}
    picked = {name: {"type": "datepicker", "selected_date": day} for name, day in days.items()}

    receipt = sent(
        office, "ilo", user(office, "Lucía Romero"), "arrangements.record", "", {**values, **picked}
    )

    assert f'"{field}"' in receipt.body


def test_an_arrangement_kept_as_a_file_shows_its_fingerprint_and_an_unknown_one_is_named(
    office: Office,
) -> None:
    register(office, reference="", file=("text.pdf", b"whole"))

    assert "SHA-256" in office.command("Linh Tran", "/exchange confidentiality 2026/1")
    assert "There is no arrangement 9/9" in office.command("Linh Tran", "/exchange confidentiality 9/9")
    pressed(office, "iom", user(office, "Helena Costa"), "arrangements.confirm", "77")
    assert "There is no arrangement 77" in words_of(office.told("Helena Costa"))


def test_iv_2_3_nothing_restricted_travels_without_an_arrangement_in_force(office: Office) -> None:
    register(office)

    told = office.command("Mei Chen", "/exchange restricted")

    assert "travels only under an arrangement" in told
    assert office.slack.modal(office.id("Mei Chen")) is None
    assert refused(office) == [("Mei Chen", "nothing_protects")]


@pytest.mark.parametrize(
    "changes", [{"until_on": "2026-11-22"}, {"from_on": "2026-11-24"}, {"bound": ["ILO"]}]
)
def test_an_arrangement_that_is_over_or_not_begun_or_binds_one_side_carries_nothing(
    office: Office, changes: dict[str, Any]
) -> None:
    register(office, **changes)
    office.click("Nadia Petrova", "arrangements.confirm", where="direct")

    assert "travels only under an arrangement" in office.command("Mei Chen", "/exchange restricted")


def test_an_arrangement_waits_in_the_home_of_those_who_may_confirm_it(office: Office) -> None:
    register(office)

    assert "*Arrangement 2026/1*" in home_words(office.home("Nadia Petrova"))
    assert "*Arrangement 2026/1*" not in home_words(office.home("Omar Haddad"))
    assert "*Arrangement 2026/1*" not in home_words(office.home("Amina Diallo"))


def test_a_forged_form_names_only_people_of_the_rosters_and_an_arrangement_in_force(office: Office) -> None:
    protected(office)
    mine, theirs = office.person("Mei Chen").key, office.person("Helena Costa").key
    own = office.person("Samuel Otieno").key

    assert '"others"' in attack(office, others=chosen())
    assert '"others"' in attack(office, others=chosen(own))
    assert '"others"' in attack(office, others=chosen(theirs, 999))
    assert '"colleagues"' in attack(office, colleagues=chosen(theirs))
    assert '"colleagues"' in attack(office, colleagues=chosen(mine))
    assert '"arrangement"' in attack(
        office, arrangement={"type": "static_select", "selected_option": {"value": "7"}}
    )
    assert '"retention_until"' in attack(office, retention_until="never")
    assert rows(office, Restricted) == []
    assert attack(office, others=chosen(theirs, theirs)).count("errors") == 0
    assert len(rows(office, Recipient)) == 1


@pytest.mark.postgres
def test_of_two_who_confirm_at_once_one_is_first(office_on_postgres: Office) -> None:
    office = office_on_postgres
    register(office)

    def press(name: str) -> bool:
        try:
            office.house.secretariat.act(office.who(name), arrangements.confirm, arrangement_id=1)
        except arrangements.AlreadyConfirmed:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, ("Helena Costa", "Nadia Petrova"))) == [False, True]
