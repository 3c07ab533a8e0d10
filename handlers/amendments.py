"""The doors of VII.3: drafting an amendment, putting it to the other party, signing it, and what it moves."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from slack_sdk.models.views import View

from bot.agreement import amendment_drafts, amendment_lookups, amendment_signatures, amendments
from bot.agreement.amending import ChangedPart, Target, present, target_named, targets
from bot.agreement.amendment_values import Typed
from bot.agreement.amendments import Amendment, AmendmentStatus, SignedFile
from bot.agreement.channels import Level, NoChannel, all_channels
from bot.agreement.definition_values import OPEN_TERM
from bot.agreement.desk import Desk
from bot.agreement.events import Event
from bot.agreement.own_matters import refuse_elsewhere
from bot.agreement.people import require
from bot.agreement.rights import Act
from bot.cards import card
from bot.cards.amendments import amendment_facts, target_words, value_words
from bot.cards.facts import place_name
from bot.forms import Form, Initial
from bot.letters import period, words
from bot.outbox import Message
from bot.shapes import Button, actions, blocks, entry, framed, message
from handlers import amendment_forms as forms
from handlers.calls import Call, Replace, Reply, Tell, row_number

START = Button("amendments.start", "new", "start", "primary")


def listing(call: Call) -> Reply:
    """Every amendment with a button that shows it; by a number, that one; and what the Agreement replaced."""
    if call.text:
        return show(call)
    with call.reading() as desk:
        rows = [row for row in amendment_lookups.listing(desk) if row.version or call.party == row.party]
        lines = [_line(desk, row) for row in rows]
        facts = {
            "rows": lines,
            "superseded": desk.definition.supersedes,
            "since": desk.definition.event("entry_into_force"),
        }
    parts = words("amendments/listing", facts)
    made = blocks({"headline": parts["headline"], "body": parts["body"]})
    for line in lines:
        text = words("amendments/line", {"row": line})["notice"]
        made.append(entry(text, parts, Button("amendments.show", line["number"], "show"), text))
    made += [actions(parts, (START,)), *blocks({"footer": parts["footer"]})]
    return Tell(Message(parts["notice"], made))


def _line(desk: Desk, row: Amendment) -> dict[str, Any]:
    party = desk.definition.party(row.party).abbreviation
    return {**amendments.about(row), "party": party, "in_force_on": row.in_force_on}


def show(call: Call) -> Reply:
    """One amendment as it stands; a draft is shown to its own party alone, by its own app."""
    with call.reading() as desk:
        row = amendment_lookups.by_number(desk, call.text or call.value)
        return Tell(card(desk, _subject(call, desk, row)))


def _subject(call: Call, desk: Desk, row: Amendment) -> str:
    """The draft for whoever writes it; the card that both see for everybody else."""
    drafted = row.status is AmendmentStatus.DRAFTING and row.party == desk.person.party
    if not row.version:
        refuse_elsewhere(desk, call.party, amendments.DraftElsewhere)
    return row.draft if drafted and call.party == desk.person.party else row.subject


def open_start(call: Call) -> Reply:
    """Open the form in which a draft is begun."""
    with call.reading(Act.DRAFT_AMENDMENT) as desk:
        refuse_elsewhere(desk, call.party, amendments.DraftElsewhere)
        known = all_channels(desk.session)
        if not known:
            raise NoChannel(Level.GLOBAL)
        facts = {"own": desk.definition.party(desk.person.party).abbreviation}
    here = next((row for row in known if row.channel_id == call.channel), known[0])
    places = [(row.channel_id, str(place_name(row))) for row in known]
    call.open(forms.START.view(facts, options={"place": places}, initial={"place": here.channel_id}))
    return None


def submit_start(call: Call) -> Reply:
    """Begin the draft, and go on to its first change."""
    event = call.act(
        amendment_drafts.draft,
        title=call.answers["amendment"],
        purpose=call.answers["purpose"],
        channel_id=call.answers["place"],
        effective_on=call.answers["effective_on"],
        through=call.party,
    )
    key = event.subject.rpartition(":")[2]
    with call.reading() as desk:
        return Replace(_clauses(desk, amendments.get_amendment(desk.session, row_number(key))))


def open_add(call: Call) -> Reply:
    """Open the form in which the clause is chosen."""
    with own(call) as (desk, row):
        view = _clauses(desk, row)
    call.open(view)
    return None


def _clauses(desk: Desk, row: Amendment) -> View:
    found = [(one.id, f"{one.id} · {one.title}") for one in desk.definition.clauses if not one.repealed_on]
    found.append((forms.NEW_CLAUSE, forms.new_clause_words()))
    return forms.CLAUSE.view(amendments.about(row), options={"clause": found}, private=str(row.key))


def choose_clause(call: Call) -> Reply:
    """Ask what of the chosen clause is to be changed, or of a new one how its dates follow."""
    clause_id = call.answers["clause"]
    with own(call) as (desk, row):
        if clause_id == forms.NEW_CLAUSE:
            options = {"kind": forms.kinds()}
            return Replace(forms.KIND.view(amendments.about(row), options=options, private=str(row.key)))
        clause = desk.definition.clause(clause_id)
        found = [
            (one.name, target_words(desk.definition, one)) for one in targets(desk.definition, clause_id)
        ]
        facts = {**amendments.about(row), "changed": clause}
    return Replace(forms.PART.view(facts, options={"part": found}, private=f"{row.key}|{clause_id}"))


def choose_part(call: Call) -> Reply:
    """Ask for what it becomes: with what stands there now filled in."""
    key, clause_id = call.private.split("|")
    with own(call) as (desk, row):
        target = target_named(desk.definition, clause_id, call.answers["part"])
        clause = desk.definition.clause(clause_id)
        stands = present(desk.definition, target)
        facts = {
            **amendments.about(row),
            "changed": clause,
            "target": target_words(desk.definition, target),
            "present": value_words(target.part, stands),
        }
    options = {
        "unit": forms.units(),
        "basis": forms.bases(),
        "sure": forms.sure(),
        "ending": forms.endings(),
    }
    initial = {"heading": clause.title, "summary": clause.summary, "rule": clause.rule}
    view = forms.of(target.part).view(
        facts,
        options=options,
        initial={**{name: text for name, text in initial.items() if text}, **_initial(target, stands)},
        private=f"{key}|{clause_id}|{target.name}",
    )
    return Replace(view)


def _initial(target: Target, stands: str) -> dict[str, Initial]:
    if target.part is ChangedPart.STEPS:
        return {"steps": ", ".join(period(step) or "0" for step in stands.split())}
    if target.part is ChangedPart.BASIS:
        return {"basis": stands}
    if stands == OPEN_TERM:
        return {"ending": OPEN_TERM, "unit": "Y"}
    return {"ending": "stated", "unit": stands[-1:] or "M"}


def submit_change(call: Call) -> Reply:
    """Add the change to the draft."""
    key, clause_id, target = call.private.split("|")
    answers = {**call.answers, "title": call.answers.get("heading", "")}
    known = Typed.__dataclass_fields__
    typed = Typed(**{name: text for name, text in answers.items() if name in known})
    call.act(
        amendment_drafts.add_change,
        amendment_id=row_number(key),
        clause=clause_id,
        target=target,
        typed=typed,
        through=call.party,
    )
    return draft_shown(call)


def draft_shown(call: Call) -> Reply:
    """The draft as it stands now, in place of the form, so that its author can go on."""
    with own(call) as (desk, row):
        return Replace(framed(card(desk, row.draft), words("common/answer", {})))


def open_drop(call: Call) -> Reply:
    """Open the form in which one change is taken out of the draft."""
    with own(call) as (desk, row):
        facts = amendment_facts(desk, row.key)
    found = [(str(one["id"]), f"{one['clause']}: {one['target']}") for one in facts["changes"]]
    if not found:
        raise amendment_drafts.AmendmentEmpty(row.number)
    call.open(forms.DROP.view(facts, options={"change": found}, private=str(row.key)))
    return None


def submit_drop(call: Call) -> Reply:
    """Take the change out."""
    change_id = row_number(call.answers["change"])
    _act(call, amendment_drafts.drop_change, change_id=change_id, through=call.party)
    return draft_shown(call)


def open_correction(call: Call) -> Reply:
    """Open the form in which the purpose and the day of a draft are corrected."""
    with own(call) as (desk, row):
        facts = amendment_facts(desk, row.key)
        said = amendments.digest(desk.session, row, row.version + 1)
    initial = {"purpose": row.purpose}
    if row.effective_on:
        initial["effective_on"] = row.effective_on.isoformat()
    call.open(forms.CORRECT.view(facts, initial=initial, private=f"{row.key}@{said}"))
    return None


def submit_correction(call: Call) -> Reply:
    """Correct the draft."""
    _act(call, amendment_drafts.correct, **call.answers, seen=_seen(call), through=call.party)
    return draft_shown(call)


def open_proposal(call: Call) -> Reply:
    """Show once more what would be proposed and what it would move."""
    with own(call) as (desk, row):
        said = amendments.digest(desk.session, row, row.version + 1)
        facts = {**amendment_facts(desk, row.key), "digest": said}
    call.open(forms.PROPOSE.view(facts, private=f"{row.key}@{said}"))
    return None


def submit_proposal(call: Call) -> Reply:
    """Put the version to the other party."""
    _act(call, amendment_drafts.propose, seen=_seen(call), through=call.party)
    return None


def open_revision(call: Call) -> Reply:
    """Open the form in which the proposing party takes its version back."""
    with call.reading() as desk:
        row = amendments.seen_amendment(desk, row_number(call.value))
        refuse_elsewhere(desk, call.party, amendments.DraftElsewhere)
        require(desk.session, desk.person, Act.CHANGE_AMENDMENT, row)
        view = forms.REVISE.view(amendment_facts(desk, row.key), private=str(row.key))
    call.open(view)
    return None


def submit_revision(call: Call) -> Reply:
    """Take the version back."""
    _act(call, amendment_drafts.revise, reason=call.answers["reason"], through=call.party)
    return None


def open_withdrawal(call: Call) -> Reply:
    """Open the form in which an amendment is given up."""
    return _open(call, forms.WITHDRAW, Act.CHANGE_AMENDMENT)


def submit_withdrawal(call: Call) -> Reply:
    """Give the amendment up."""
    _act(call, amendment_drafts.withdraw, reason=call.answers["reason"], through=call.party)
    return None


def open_agreement(call: Call) -> Reply:
    """Show both texts and what they would move, before the other party agrees."""
    return _open(call, forms.AGREE, Act.ANSWER_AMENDMENT)


def submit_agreement(call: Call) -> Reply:
    """Agree to the version that was shown."""
    _act(call, amendment_signatures.agree, seen=_seen(call))
    return None


def open_refusal(call: Call) -> Reply:
    """Open the form in which the other party declines."""
    return _open(call, forms.DECLINE, Act.ANSWER_AMENDMENT)


def submit_refusal(call: Call) -> Reply:
    """Decline the version that was shown."""
    _act(call, amendment_signatures.decline, reason=call.answers["reason"], seen=_seen(call))
    return None


def open_signature(call: Call) -> Reply:
    """Open the form in which the own party's signature is put on record, or corrected."""
    with call.reading(Act.SIGN_AMENDMENT) as desk:
        row = amendments.seen_amendment(desk, row_number(call.value))
        own = desk.definition.party(desk.person.party)
        known = amendments.signatures(desk.session, row).get(own.id)
        facts = {**amendment_facts(desk, row.key), "own": own.abbreviation}
    initial = {"capacity": own.head}
    if known:
        initial = known.model_dump(include={"signatory", "capacity"})
        initial["signed_on"] = known.signed_on.isoformat()
    private = f"{row.key}@{row.digest}@{known.revision if known else 0}"
    call.open(forms.SIGN.view(facts, initial=initial, private=private))
    return None


def submit_signature(call: Call) -> Reply:
    """Put the own party's signature on record."""
    seen, _, revision = _seen(call).partition("@")
    _act(call, amendment_signatures.sign, seen=seen, revision=row_number(revision), **call.answers)
    return None


def open_file(call: Call) -> Reply:
    """Open the form in which the signed file is handed in, or another in its place."""
    with call.reading(Act.SIGN_AMENDMENT) as desk:
        row = amendments.seen_amendment(desk, row_number(call.value))
        view = forms.FILE.view(amendment_facts(desk, row.key), private=f"{row.key}@{row.file_id or 0}")
    call.open(view)
    return None


def submit_file(call: Call) -> Reply:
    """Keep the signed file."""
    _act(call, amendment_signatures.add_file, file=call.attachment("file"), seen=row_number(_seen(call)))
    return None


def open_confirmation(call: Call) -> Reply:
    """Show once more what becomes binding: the file, the signatures and what moves."""
    with call.reading() as desk:
        row = amendments.seen_amendment(desk, row_number(call.value))
        require(desk.session, desk.person, Act.CONFIRM_AMENDMENT, SignedFile(row.file_by))
        amendment_signatures.check_ready(desk, row)
        said = amendments.as_signed(desk.session, row)
        view = forms.CONFIRM.view(amendment_facts(desk, row.key), private=f"{row.key}@{said}")
    call.open(view)
    return None


def submit_confirmation(call: Call) -> Reply:
    """Confirm the signed file: the amendment is binding."""
    _act(call, amendment_signatures.confirm_file, seen=_seen(call))
    return None


def moves(call: Call) -> Reply:
    """Which dates the amendment moves, clause by clause, each with its working."""
    with call.reading() as desk:
        row = amendments.seen_amendment(desk, row_number(call.value))
        if row.status is AmendmentStatus.DRAFTING:
            row = amendments.own_draft(desk, row.key, call.party)
            if row.party != desk.person.party:
                raise amendments.NoSuchAmendment(call.value)
        facts = amendment_facts(desk, row.key)
    return Tell(message(words("amendments/moves", facts)))


@contextmanager
def own(call: Call) -> Iterator[tuple[Desk, Amendment]]:
    """A draft of the person's own party that they may change, through their own app."""
    key = row_number(re.split(r"[|@]", call.private or call.value)[0])
    with call.reading() as desk:
        row = amendments.own_draft(desk, key, call.party)
        require(desk.session, desk.person, Act.CHANGE_AMENDMENT, row)
        yield desk, row


def _open(call: Call, form: Form, act: Act) -> Reply:
    with call.reading() as desk:
        row = amendments.seen_amendment(desk, row_number(call.value))
        if not row.version:
            refuse_elsewhere(desk, call.party, amendments.DraftElsewhere)
        require(desk.session, desk.person, act, row)
        view = form.view(amendment_facts(desk, row.key), private=f"{row.key}@{row.digest}")
    call.open(view)
    return None


def _act(call: Call, verb: Callable[..., Event], **facts: object) -> None:
    call.act(verb, amendment_id=row_number(call.private.partition("@")[0]), **facts)


def _seen(call: Call) -> str:
    return call.private.partition("@")[2]
