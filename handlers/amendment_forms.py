"""The forms of VII.3: what is asked at each step of an amendment."""

from bot.agreement.amending import ChangedPart
from bot.agreement.definition import Definition
from bot.agreement.definition_values import OPEN_TERM, Basis, Survival
from bot.agreement.new_duties import DutyRule
from bot.forms import FieldKind, Form, FormField
from bot.letters import say, term

BOTH = "both"
"""Chosen where both parties owe what falls due."""
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
TERM = Form(
    "amendments/term_form",
    "amendments.change",
    (
        FormField("ending", FieldKind.RADIO),
        FormField("number", FieldKind.LINE, optional=True, limit=3),
        FormField("unit", FieldKind.CHOICE, optional=True),
        SUMMARY,
        RULE,
    ),
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
KIND = Form("amendments/kind_form", "amendments.kind", (FormField("kind", FieldKind.RADIO),))
NEW_CLAUSE = "new"
"""Chosen in the list of clauses for one that the Agreement does not have yet."""
LENGTH = (FormField("number", FieldKind.LINE, limit=3), FormField("unit", FieldKind.CHOICE))
DATED = {
    DutyRule.YEARLY: (FormField("month", FieldKind.CHOICE), FormField("number", FieldKind.LINE, limit=2)),
    DutyRule.EVERY: LENGTH,
    DutyRule.WITHIN: LENGTH,
    DutyRule.BY_DAY: (FormField("day", FieldKind.DAY),),
}
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
    ChangedPart.INITIAL: TERM,
    ChangedPart.STEPS: STEPS,
    ChangedPart.BASIS: BASIS,
    ChangedPart.WORDS: WORDS,
    ChangedPart.REPEAL: REPEAL,
}


def of(part: ChangedPart) -> Form:
    """The form that asks what a part of a clause becomes."""
    return OWN.get(part, PERIOD)


def new_clause(rule: DutyRule) -> Form:
    """The form that asks for a new clause whose dates follow so."""
    fields = (
        FormField("clause_id", FieldKind.LINE, limit=12),
        FormField("heading", FieldKind.LINE, limit=100),
        SUMMARY,
        *DATED[rule],
        FormField("owed", FieldKind.RADIO),
        FormField("evidence", FieldKind.LINE, limit=150),
        FormField("steps", FieldKind.LINE, limit=150),
        FormField("survival", FieldKind.RADIO),
        RULE,
    )
    return Form("amendments/new_form", "amendments.new", fields)


def kinds() -> list[tuple[str, str]]:
    """How the dates of a new clause may follow."""
    return [(rule.value, _begun(term(rule))) for rule in DutyRule]


def months() -> list[tuple[str, str]]:
    """The months of a year."""
    return [(f"{n:02}", say("amendments/values", "month", {"month": n})) for n in range(1, 13)]


def survivals() -> list[tuple[str, str]]:
    """What becomes of a clause once the Agreement has ended."""
    return [(each.value, _begun(term(each))) for each in Survival]


def owing(definition: Definition) -> list[tuple[str, str]]:
    """Who may owe what falls due: both parties, or one of them."""
    both = (BOTH, say("amendments/values", "owed_both", {}))
    names = [(party.id, {"party": party.abbreviation}) for party in definition.parties]
    return [both, *((key, say("amendments/values", "owed_one", facts)) for key, facts in names)]


def new_clause_words() -> str:
    """What is chosen in the list of clauses for one that there is not."""
    return say("amendments/targets", "new_clause", {})


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def units() -> list[tuple[str, str]]:
    """The units in which people say how long something is."""
    return [(letter, say("amendments/values", f"unit_{letter}", {})) for letter in "DMY"]


def endings() -> list[tuple[str, str]]:
    """Whether a term has a stated end."""
    return [(name, say("amendments/values", f"ending_{name}", {})) for name in ("stated", OPEN_TERM)]


def sure() -> list[tuple[str, str]]:
    """What is ticked before a clause goes."""
    return [("repeal", say("amendments/values", "sure", {}))]


def bases() -> list[tuple[str, str]]:
    """Whose rule a date is."""
    return [(basis.value, term(basis)) for basis in Basis]
