"""The doors of VII.3 for a clause that the Agreement does not have yet."""

from bot.agreement import amendment_clauses, amendments
from bot.agreement.amendment_clauses import TypedClause
from bot.agreement.definition_values import Survival
from bot.agreement.new_duties import DutyRule
from handlers import amendment_forms as forms
from handlers.amendments import draft_shown, own
from handlers.calls import Call, Replace, Reply, row_number


def choose_kind(call: Call) -> Reply:
    """Ask for the new clause and what falls due under it."""
    with own(call) as (desk, row):
        rule = DutyRule(call.answers["kind"])
        options = {
            "month": forms.months(),
            "unit": forms.units(),
            "owed": forms.owing(desk.definition),
            "survival": forms.survivals(),
        }
        facts = {**amendments.about(row), "rule": rule}
    initial = {"unit": "M", "owed": forms.BOTH, "survival": Survival.NONE.value}
    view = forms.new_clause(rule).view(
        facts, options=options, initial=initial, private=f"{row.key}|{rule.value}"
    )
    return Replace(view)


def submit_clause(call: Call) -> Reply:
    """Add the new clause to the draft."""
    key, rule = call.private.split("|")
    owed = call.answers["owed"]
    typed = {**call.answers, "owed": "" if owed == forms.BOTH else owed, "rule_of_dates": rule}
    call.act(
        amendment_clauses.add_clause,
        amendment_id=row_number(key),
        typed=TypedClause(**typed),
        through=call.party,
    )
    return draft_shown(call)
