"""I.1 and IV.0: the framework is shown as what it is, and its exchanges stay within each party's own rules."""

import pytest

from tests.handlers.test_invitations import MEETING, announce, invited, refusals
from tests.office import Office, words_of


@pytest.mark.parametrize("name", ["Amina Diallo", "Linh Tran", "Ines Martin"])
def test_i_1_everybody_designated_reads_how_the_framework_stands(office: Office, name: str) -> None:
    said = office.command(name, "/agreement status")

    assert "ILO–IOM Agreement: in force" in said
    assert "Friday 23 October 2020" in said


def test_i_1_the_register_says_that_the_framework_excludes_nobody(office: Office) -> None:
    said = office.command("Helena Costa", "/agreement clause I.1")

    assert "not exclusive" in said
    assert "`/agreement status`" in said


def test_iv_0_an_invitation_names_the_rule_of_the_convening_party(office: Office) -> None:
    invited(office)

    assert MEETING["rule"] in words_of(office.channel("ilo-iom-liaison"))


def test_iv_0_a_meeting_without_the_rule_relied_on_is_not_taken_in(office: Office) -> None:
    result = announce(office, rule="   ")

    assert "rule" in result.errors
    assert refusals(office) == []
    assert office.modal("Mei Chen")["callback_id"] == "invitations.announce"
