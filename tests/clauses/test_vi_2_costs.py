"""VI.2 through the door: costs of publicity stay with whoever incurs them; exceptions are told apart."""

from bot.agreement.costs import CostKind
from tests.handlers import costing as c
from tests.office import Office, words_of

LIAISON = "ilo-iom-liaison"
PUBLICITY = {"kind": "publicity (VI.2)", "purpose": "Posters of the joint campaign"}


def test_vi_2_an_exception_for_publicity_is_told_apart_on_the_register(office: Office) -> None:
    c.confirmed(office, **PUBLICITY)
    c.enter(office)

    listed = office.command("Linh Tran", "/agreement costs")

    assert [row.kind for row in c.rows(office)] == [CostKind.PUBLICITY, CostKind.OTHER]
    assert "2026/1* · publicity (VI.2) · “Posters of the joint campaign”" in listed
    assert "2026/2* · other costs (IX.1(c)) · “Joint training in Mombasa”" in listed
    assert "of publicity (VI.2) and of all else (IX.1(c))" in listed


def test_vi_2_its_card_names_the_clause_and_that_a_written_basis_is_needed(office: Office) -> None:
    c.enter(office, **PUBLICITY)

    said = words_of(office.channel(LIAISON))

    assert "*Which costs:* publicity (VI.2)" in said
    assert (
        "Clause VI.2: each party bears its own costs, unless both agree otherwise; an exception needs" in said
    )


def test_vi_2_without_a_written_basis_whoever_incurs_them_bears_them(office: Office) -> None:
    result = c.enter(office, **PUBLICITY, reference="")

    assert "each party bears its own costs (clause VI.2)" in result.errors["reference"]
    assert c.rows(office) == []
