"""The forms of VII.3: what is asked at each step of an amendment."""

from bot.agreement.amending import PERIODS, ChangedPart
from bot.agreement.definition_values import Basis
from bot.forms import FieldKind, Form, FormField
from bot.letters import say, term

REASON = (FormField("reason", FieldKind.TEXT, limit=1500),)
PURPOSE = FormField("purpose", FieldKind.TEXT, limit=1000)
DAY = FormField("effective_on", FieldKind.DAY, optional=True)
START = Form(
    "amendments/start_form",
    "amendments.start",
    (FormField("amendment", FieldKind.LINE), PURPOSE, FormField("place", FieldKind.CHOICE), DAY),
)
CLAUSE = Form("amendments/clause_form", "amendments.clause", (FormField("clause", FieldKind.CHOICE),))
PART = Form("amendments/part_form", "amendments.part", (FormField("part", FieldKind.CHOICE),))
SUMMARY = FormField("summary", FieldKind.TEXT, limit=600)
RULE = FormField("rule", FieldKind.TEXT, optional=True, limit=300)
PERIOD = Form(
    "amendments/period_form",
    "amendments.change",
    (FormField("number", FieldKind.LINE, limit=3), FormField("unit", FieldKind.CHOICE), SUMMARY, RULE),
)
STEPS = Form(
    "amendments/steps_form",
    "amendments.change",
    (FormField("steps", FieldKind.TEXT, limit=600), SUMMARY, RULE),
)
BASIS = Form(
    "amendments/basis_form", "amendments.change", (FormField("basis", FieldKind.RADIO), SUMMARY, RULE)
)
WORDS = Form(
    "amendments/words_form",
    "amendments.change",
    (FormField("heading", FieldKind.LINE, limit=100), SUMMARY, RULE),
)
REPEAL = Form("amendments/repeal_form", "amendments.change", (FormField("sure", FieldKind.CHECKS),))
DROP = Form("amendments/drop_form", "amendments.drop", (FormField("change", FieldKind.CHOICE),))
CORRECT = Form("amendments/correct_form", "amendments.correct", (PURPOSE, DAY))
PROPOSE = Form("amendments/propose_form", "amendments.propose", ())
REVISE = Form("amendments/revise_form", "amendments.revise", REASON)
WITHDRAW = Form("amendments/withdraw_form", "amendments.withdraw", REASON)
AGREE = Form("amendments/agree_form", "amendments.agree", ())
DECLINE = Form("amendments/decline_form", "amendments.decline", REASON)
SIGN = Form(
    "amendments/sign_form",
    "amendments.sign",
    (
        FormField("signatory", FieldKind.LINE),
        FormField("capacity", FieldKind.LINE),
        FormField("signed_on", FieldKind.DAY),
    ),
)
FILE = Form("amendments/file_form", "amendments.file", (FormField("file", FieldKind.FILE),))
CONFIRM = Form("amendments/confirm_form", "amendments.confirm", ())

OWN = {
    ChangedPart.STEPS: STEPS,
    ChangedPart.BASIS: BASIS,
    ChangedPart.WORDS: WORDS,
    ChangedPart.REPEAL: REPEAL,
}


def of(part: ChangedPart) -> Form:
    """The form that asks what a part of a clause becomes."""
    return PERIOD if part in PERIODS else OWN[part]


def units() -> list[tuple[str, str]]:
    """The units in which people say how long something is."""
    return [(letter, say("amendments/values", f"unit_{letter}", {})) for letter in "DMY"]


def sure() -> list[tuple[str, str]]:
    """What is ticked before a clause goes."""
    return [("repeal", say("amendments/values", "sure", {}))]


def bases() -> list[tuple[str, str]]:
    """Whose rule a date is."""
    return [(basis.value, term(basis)) for basis in Basis]
