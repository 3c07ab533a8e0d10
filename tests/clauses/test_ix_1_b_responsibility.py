"""IX.1(b): each party answers for its own acts, so every joint project says who is responsible for which party."""

from tests.clauses.exchanging import KENYA
from tests.clauses.test_iv_6_1_projects import add
from tests.office import Office, words_of


def test_ix_1_b_a_joint_project_names_who_is_responsible_for_each_party_apart(office: Office) -> None:
    assert add(office).ok

    said = words_of(office.channel(KENYA)[:1])

    assert "*Responsible for ILO:* Samuel Otieno" in said
    assert "*Responsible for IOM:* not named yet" in said


def test_ix_1_b_each_party_names_its_own_person_and_not_the_others(office: Office) -> None:
    add(office)
    office.click("Grace Wanjiru", "projects.responsible", where=KENYA)
    offered = str(office.modal("Grace Wanjiru")["blocks"])

    assert "Linh Tran" in offered
    assert "Samuel Otieno" not in offered
