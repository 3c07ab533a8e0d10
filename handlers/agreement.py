"""The doors of /agreement: how the Agreement stands, what is due and why, and what a clause says."""

from typing import Any

from bot import clauses, overview
from bot.agreement.desk import Desk
from bot.agreement.people import roles_of
from bot.agreement.rights import Act, Role
from bot.forms import FieldKind, Form, FormField
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, framed, message
from bot.troubles import for_administrator
from bot.vocabulary import understood
from handlers.calls import Call, Replace, Reply, Tell

CLAUSE = Form("agreement/clause_form", "agreement.clause", (FormField("clause", FieldKind.LINE),))
STATUS = Button("agreement.status", "status", "status")
DUE = Button("agreement.due", "due", "due")
FIND = Button("agreement.clause", "clause", "clause")
SETTLE = Button("settlements.list", "settle", "settle")


def status(call: Call) -> Reply:
    """How the Agreement stands: in force since, until when, the days for a notice, and what is open.

    Administrators also see what keeps their own app's messages from arriving.
    """
    with call.reading() as desk:
        if Role.ADMINISTRATOR in roles_of(desk.session, desk.person):
            return Tell(_status(desk, for_administrator(desk)))
        return Tell(call.remembered(desk, "agreement.status", lambda: _status(desk, None)))


def _status(desk: Desk, administration: dict[str, Any] | None) -> Message:
    facts = {**overview.state(desk), "administration": administration}
    unsettled = facts["overdue"] or facts["evidence_wanted"]
    return message(words("agreement/status", facts), (DUE, FIND, *((SETTLE,) if unsettled else ())))


def due(call: Call) -> Reply:
    """What is overdue, due within ninety days, or open for longer, each with its clause and why."""
    with call.reading() as desk:
        facts = overview.due(desk)
    unsettled = facts["overdue"] or facts["evidence_wanted"]
    return Tell(message(words("agreement/due", facts), (STATUS, FIND, *((SETTLE,) if unsettled else ()))))


def clause(call: Call) -> Reply:
    """What the register says on the clause named; without a name, the form in which to name one."""
    if not call.text:
        return open_clause(call)
    return Tell(_clause(call, call.text))


def open_clause(call: Call) -> Reply:
    """Open the form in which to name a clause."""
    with call.reading() as desk:
        facts = overview.definition_facts(desk.definition)
    call.open(CLAUSE.view(facts))
    return None


def submit_clause(call: Call) -> Reply:
    """Show the clause named in the form in its place."""
    return Replace(framed(_clause(call, call.answers["clause"]), words("common/answer", {})))


def _clause(call: Call, text: str) -> Message:
    with call.reading() as desk:
        facts = clauses.found(desk, text)
        acts = overview.allowed(desk)
    if facts["single"]:
        facts["understood"] = tuple(filter(understood, facts["single"]["clause"].serves))
    return message(words("agreement/clause", facts), _settle_buttons(facts["single"], acts))


def _settle_buttons(single: dict[str, Any] | None, acts: frozenset[Act]) -> tuple[Button, ...]:
    """A button for each date under the clause that this person may settle now."""
    if single is None or Act.SETTLE not in acts:
        return ()
    overdue = any(row["settle"] and row["days_left"] < 0 for row in single["dates"])
    return (SETTLE,) if overdue or single["past"] else ()


def help(call: Call) -> Reply:
    """What /agreement does."""
    with call.reading() as desk:
        facts = overview.definition_facts(desk.definition)
    return Tell(message(words("agreement/help", facts), (STATUS, DUE, FIND)))
