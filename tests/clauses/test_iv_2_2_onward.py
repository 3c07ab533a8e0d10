"""IV.2-2: what is shared says who classified it and how far it may be passed on."""

import pytest

from tests.clauses.exchanging import KENYA, LIAISON, share
from tests.office import Office, words_of


def test_iv_2_2_the_card_says_who_classified_it_and_how_far_it_may_go(office: Office) -> None:
    share(office, onward="concerned")

    said = words_of(office.channel(LIAISON))
    assert "*Classification:* Shareable: not confidential, for both parties (by Mei Chen)" in said
    assert "*Passing on:* Only to those concerned" in said


def test_iv_2_2_without_another_choice_it_stays_within_both_organizations(office: Office) -> None:
    share(office)

    assert "*Passing on:* Within both organizations" in words_of(office.channel(LIAISON))


def test_iv_2_2_what_is_not_public_may_not_be_published_by_those_who_receive_it(office: Office) -> None:
    result = share(office, onward="published")

    assert list(result.errors) == ["onward"]
    assert "IV.2-2" in result.errors["onward"]
    assert office.channel(LIAISON) == []
    assert office.submit("Mei Chen", {"classification": "public"}).ok
    office.deliver()
    assert "*Passing on:* It may be published" in words_of(office.channel(LIAISON))


@pytest.mark.parametrize(
    ("words", "first", "second"),
    [
        ("", True, True),
        ("mine", True, False),
        ("open", False, True),
        ("OPEN", False, True),
        ("kenya", False, True),
        ("Global", True, False),
    ],
)
def test_iv_2_2_the_list_can_be_narrowed(office: Office, words: str, first: bool, second: bool) -> None:
    share(office, subject="From Geneva")
    share(office, "Grace Wanjiru", KENYA, subject="From Nairobi")
    office.click("Helena Costa", "exchanges.acknowledge", "1")

    said = office.command("Amina Diallo", f"/exchange list {words}".strip())

    assert ("From Geneva" in said, "From Nairobi" in said) == (first, second)


def test_iv_2_2_a_list_that_there_is_not_is_explained(office: Office) -> None:
    said = office.command("Amina Diallo", "/exchange list <!channel>")

    assert "or a place: Global, Africa (region), Kenya (country)." in said
    assert "<!channel>" not in said
