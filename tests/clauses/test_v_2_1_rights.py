"""V.1 and V.2-1: who may not keep the directory or speak for an office, whatever a payload says."""

from typing import Any

import pytest

from bot.agreement.contact_topics import keep_topics
from bot.agreement.distributions import acknowledge_telling, record_acknowledgement, tell_offices
from bot.agreement.people import NotMandated, WrongSide
from tests.clauses.test_v_1_offices import office_row, refusals, tell
from tests.office import Office


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("Mei Chen", NotMandated),
        ("Ravi Menon", NotMandated),
        ("Helena Costa", WrongSide),
        ("Ines Martin", WrongSide),
    ],
)
def test_v_2_1_and_v_1_nobody_else_keeps_topics_or_speaks_for_an_office(
    office: Office, name: str, refusal: type[Exception]
) -> None:
    tell(office, "Amina Diallo", "Nairobi", "ilo")
    mei, bangkok = office.person("Mei Chen").key, office_row(office, "Bangkok").key
    tries: list[tuple[Any, dict[str, Any]]] = [
        (keep_topics, {"person_id": mei, "topics": "x"}),
        (tell_offices, {"office_ids": [bangkok], "language": "en"}),
        (record_acknowledgement, {"distribution_id": 1, "acknowledger": "x", "evidence": "x"}),
    ]

    for verb, facts in tries:
        with pytest.raises(refusal):
            office.act(name, verb, **facts)

    assert len(refusals(office)) == len(tries)


def test_v_1_an_office_of_the_other_party_cannot_confirm(office: Office) -> None:
    tell(office, "Amina Diallo", "Nairobi", "ilo")

    with pytest.raises(WrongSide):
        office.act("Grace Wanjiru", acknowledge_telling, distribution_id=1)
