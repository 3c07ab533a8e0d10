"""IX.2-3: the owner's instructions go with an approval in its exact words, and no approval shuts others out."""

from bot.agreement.emblems import EmblemStatus
from tests.clauses.test_vi_permissions import record
from tests.handlers.permitting import press, row
from tests.handlers.pressing import buttons
from tests.handlers.test_emblems import ask
from tests.office import Office, words_of

LIAISON = "ilo-iom-liaison"
INSTRUCTIONS = "Equal height, IOM second; file of 3 May 2026, pantone 280."


def approved(office: Office) -> None:
    ask(office, mark="ip", product="A training course that reuses a method")
    press(office, "Yuki Tanaka", "approve_with_conditions", {"reason": INSTRUCTIONS})


def pressed(office: Office) -> set[str]:
    """The buttons of the case's card."""
    card = next(one for one in office.channel(LIAISON) if one["text"].startswith("Request 2026/1"))
    return {action for action, _ in buttons(card["blocks"])}


def test_ix_2_3_the_owners_instructions_are_in_the_record_on_the_card_and_with_whoever_asked(
    office: Office,
) -> None:
    approved(office)

    assert row(office).status is EmblemStatus.APPROVED_WITH_CONDITIONS
    assert f"Conditions {INSTRUCTIONS}" in record(office)
    for read in (words_of(office.channel(LIAISON)), words_of(office.direct("Mei Chen"))):
        assert INSTRUCTIONS in read
    assert INSTRUCTIONS in office.command("David Okafor", "/emblem show 2026/1")


def test_ix_2_3_a_use_that_strays_from_them_cannot_begin_on_that_approval(office: Office) -> None:
    approved(office)
    assert "emblems.begin_use" in pressed(office)

    press(office, "Mei Chen", "change_material", {"mockup_text": "Other words"})

    assert row(office).status is EmblemStatus.SUBMITTED
    assert "emblems.begin_use" not in pressed(office)


def test_ix_2_3_an_approval_is_not_exclusive(office: Office) -> None:
    approved(office)
    ask(office, mark="ip", product="Another course that reuses the same method")

    press(office, "Yuki Tanaka", "approve")

    assert row(office, 1).status is EmblemStatus.APPROVED_WITH_CONDITIONS
    assert row(office, 2).status is EmblemStatus.APPROVED
