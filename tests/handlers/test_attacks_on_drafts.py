"""What one party still drafts under Articles VI and VII, tried by the other: no word, number or count of it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.agreement.amendment_drafts import withdraw
from bot.agreement.amendments import NoSuchAmendment
from bot.agreement.communication_marks import NotOfThis, name_approvals
from bot.agreement.people import THROUGH
from bot.agreement.renewal_decisions import prepare
from bot.agreement.renewal_rooms import RenewalChoice
from bot.packs.making import make_pack
from bot.packs.readers import Reader
from bot.waiting import waiting
from tests.clauses import amending, drafting
from tests.handlers import noticing, permitting
from tests.handlers.test_attacks_on_private_matters import counted
from tests.office import DEFINITION, Office, words_of

SECRET = "Study on fair recruitment, 500 printed copies"


def registered(office: Office, folder: Path, party: str, name: str) -> list[dict[str, Any]]:
    """One register of the pack that is made for `party`."""
    with office.database.reading() as session:
        make_pack(session, DEFINITION, Reader(party), folder, office.clock.now())
    rows: list[dict[str, Any]] = json.loads((folder / f"registers/{name}.json").read_text())
    return rows


def used(office: Office, folder: Path, party: str) -> list[str]:
    return [row["product"] for row in registered(office, folder, party, "requests-for-use")]


def test_vii_3_a_new_version_that_was_given_up_is_in_its_own_partys_pack_alone(
    office: Office, tmp_path: Path
) -> None:
    amending.proposed(office)
    amending.press(office, "Lucía Romero", "revise", {"reason": "To change it."})
    amending.press(office, "Lucía Romero", "correct", {"purpose": "For ourselves."}, "direct")
    amending.press(office, "Lucía Romero", "withdraw", {"reason": "Given up."}, "direct")

    for party, purposes in (("ilo", ["For ourselves."]), ("iom", []), ("", [])):
        folder = tmp_path / f"pack-{party}"
        assert [row["purpose"] for row in registered(office, folder, party, "amendments")] == purposes
        changes = json.loads((folder / "registers/amendment-changes.json").read_text())
        assert len(changes) == len(purposes)


def test_vii_1_2_when_a_party_began_to_draft_its_notice_is_in_its_own_pack_alone(
    office: Office, tmp_path: Path
) -> None:
    noticing.acknowledged(office)

    for party, known in (("ilo", True), ("iom", False), ("", False)):
        (row,) = registered(office, tmp_path / f"pack-{party}", party, "notices")
        assert bool(row["opened_at"]) is known
        assert bool(row["opened_by"]) is known


@pytest.mark.parametrize(("party", "found"), [("ilo", [SECRET]), ("iom", []), ("", [])])
def test_vi_1_a_draft_of_a_request_is_in_its_own_partys_pack_alone(
    office: Office, tmp_path: Path, party: str, found: list[str]
) -> None:
    permitting.draft(office)

    assert used(office, tmp_path / "pack", party) == found


def test_vi_1_a_draft_that_was_dropped_stays_out_of_the_other_partys_pack(
    office: Office, tmp_path: Path
) -> None:
    permitting.draft(office)
    permitting.press(office, "Mei Chen", "drop_draft", where="direct")

    assert used(office, tmp_path / "pack", "iom") == []


def test_v_3_2_the_dossier_does_not_count_drafts_of_requests_and_amendments(office: Office) -> None:
    before = counted(office)

    permitting.draft(office)
    amending.drafted(office)
    amending.press(office, "Lucía Romero", "withdraw", {"reason": "Too early."}, "direct")
    assert counted(office) == before

    amending.proposed(office)
    assert counted(office) == {**before, ("VII.3", "ILO"): 1}


def test_vii_3_drafts_take_no_number_so_that_numbers_tell_nothing_of_them(office: Office) -> None:
    amending.drafted(office)
    amending.drafted(office, "Nadia Petrova", amendment="Another one")

    assert "Draft of amendment ILO-2026/1" in words_of(office.direct("Lucía Romero"))
    assert "Draft of amendment IOM-2026/1" in words_of(office.direct("Nadia Petrova"))
    amending.press(office, "Nadia Petrova", "propose", {}, "direct")
    assert amending.row(office).number == "2026/1"
    assert amending.row(office).title == "Another one"
    assert "Amendment 2026/1" in words_of(office.channel(amending.LIAISON))
    assert "IOM-2026" not in words_of(office.channel(amending.LIAISON))


def test_vii_3_a_draft_is_found_by_its_own_partys_number_and_by_nobody_else(office: Office) -> None:
    amending.drafted(office)

    assert "Two months are too short" in office.command("Amina Diallo", "/instrument amendment ilo-2026/1")
    for number in ("ILO-2026/1", "2026/1", "2026/-10", "1"):
        told = office.command("Helena Costa", f"/instrument amendment {number}")
        assert f"There is no amendment {number}." in told


def test_vii_3_a_draft_is_refused_by_its_key_as_one_that_is_not(office: Office) -> None:
    amending.drafted(office)

    for key in (1, 9):
        with pytest.raises(NoSuchAmendment) as refused:
            office.act("Helena Costa", withdraw, amendment_id=key, reason="x", through="iom")
        assert refused.value.number == str(key)


def test_vii_3_a_new_version_that_is_given_up_while_it_is_drafted_shows_nothing_of_it(office: Office) -> None:
    amending.proposed(office)
    amending.press(office, "Lucía Romero", "revise", {"reason": "To change it."})
    typed = {"purpose": "A word nobody else may read.", "effective_on": date(2028, 1, 1)}
    amending.press(office, "Lucía Romero", "correct", typed, "direct")
    amending.press(office, "Lucía Romero", "withdraw", {"reason": "Given up."}, "direct")

    assert amending.row(office).status == "withdrawn"
    shown = words_of(office.channel(amending.LIAISON))
    for told in (shown, office.command("Helena Costa", "/instrument amendment 2026/1")):
        assert "nobody else may read" not in told
        assert "gave it up while it prepared a new version in the place of version 1" in told


def waits(office: Office, name: str, through: str, kind: str) -> int:
    """How much of one kind waits for somebody, as the Home tells it that the app of `through` shows."""
    with office.house.secretariat.reading(office.who(name), "read") as desk:
        desk.session.info[THROUGH] = through
        return len(waiting(desk)[kind])


def test_what_a_party_prepares_waits_in_no_home_of_the_other_partys_app(office: Office) -> None:
    permitting.draft(office)
    facts = {"seen": 0, "choice": RenewalChoice.GIVE_NOTICE, "reasons": "Why."}
    office.act("Lucía Romero", prepare, **facts, through="ilo")

    for kind, name in (("emblem_drafts", "Mei Chen"), ("renewal_decisions", "Amina Diallo")):
        assert waits(office, name, "ilo", kind) == 1
        assert waits(office, name, "iom", kind) == 0


def test_vi_1_a_draft_names_no_approval_of_a_communication(office: Office) -> None:
    drafting.draft(office)
    permitting.draft(office)

    for name in ("Mei Chen", "David Okafor"):
        for key in (1, 9):
            with pytest.raises(NotOfThis) as refused:
                office.act(name, name_approvals, communication_id=1, approvals=[key])
            assert "-1" not in str(refused.value)
