"""What changes something about the owner's side of a permission: instructions, approvers, letters."""

from tests.clauses import owning
from tests.handlers.pressing import press_told
from tests.handlers.test_emblems import ask
from tests.inbound.sending import Act, Body, filled, pressed
from tests.office import Office


def instructions(office: Office) -> Body:
    office.command("Yuki Tanaka", "/emblem instructions")
    press_told(office, "Yuki Tanaka", "emblem_instructions.enter")
    return filled(office, "Yuki Tanaka", {"text": "Blue on white.", "valid_from": office.today})


def absence(office: Office) -> Body:
    office.command("Jonas Weber", "/emblem absence")
    press_told(office, "Jonas Weber", "approvers.absence")
    person = str(office.person("Jonas Weber").key)
    return filled(office, "Jonas Weber", {"person": person, **owning.AWAY})


def delegation(office: Office) -> Body:
    office.command("Jonas Weber", "/emblem delegate")
    approver, to = (str(office.person(name).key) for name in ("Jonas Weber", "Mei Chen"))
    return filled(office, "Jonas Weber", {"approver": approver, "delegate": to, **owning.AWAY})


def ended(office: Office) -> Body:
    owning.delegate(office, "Jonas Weber", "Jonas Weber", "Mei Chen")
    return pressed(office, "ilo", "Amina Diallo", "approvers.end", 1)


def there_after_all(office: Office) -> Body:
    owning.away(office, "Jonas Weber")
    return pressed(office, "ilo", "Amina Diallo", "approvers.cancel", 1)


def letter(office: Office) -> Body:
    ask(office)
    office.click("Helena Costa", "emblems.record_letter")
    return filled(office, "Helena Costa", owning.LETTER)


ACTS = [
    Act("iom", "emblem_instructions.enter", instructions),
    Act("ilo", "approvers.absence", absence, anew=True, silent="an approver enters days away for themselves"),
    Act("ilo", "approvers.delegate", delegation, anew=True),
    Act("ilo", "approvers.end", ended),
    Act("ilo", "approvers.cancel", there_after_all),
    Act("iom", "emblem_letters.record", letter),
]
READING = {
    "emblem_instructions.list",
    "emblem_instructions.enter",
    "approvers.list",
    "approvers.absence",
    "approvers.delegate",
    "emblems.record_letter",
}
