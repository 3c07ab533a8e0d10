"""The doors of V.3-2: the dossier of the general review, what each party writes in it, its day, its sign-off."""

from typing import Any

from bot import overview
from bot.agreement import review_contributions, review_days, review_signatures, reviews
from bot.agreement.desk import Desk
from bot.agreement.review_windows import CLAUSE, is_met, schedule, window_on
from bot.agreement.reviews import Review, ReviewContribution, ReviewSection
from bot.agreement.rights import Act
from bot.cards.reviews import review_buttons, review_facts
from bot.forms import FieldKind, Form, FormField
from bot.letters import term, words
from bot.outbox import Message
from bot.review_records import seal
from bot.shapes import Button, message
from handlers.calls import Call, Replace, Reply, Tell, row_number

CHOOSE = Form("reviews/choose_form", "reviews.choose", (FormField("section", FieldKind.CHOICE),))
WRITE = Form(
    "reviews/write_form",
    "reviews.write",
    (FormField("text", FieldKind.TEXT), FormField("handing", FieldKind.RADIO)),
)
CONTRIBUTOR = Form(
    "reviews/contributor_form",
    "reviews.contributor",
    (FormField("section", FieldKind.CHOICE), FormField("contributor", FieldKind.CHOICE)),
)
DAY = Form("reviews/day_form", "reviews.day", (FormField("day", FieldKind.DAY),))
HELD = Form("reviews/held_form", "reviews.held", (FormField("held_on", FieldKind.DAY),))
SIGN = Form("reviews/sign_form", "reviews.sign", (FormField("confirmed", FieldKind.CHECKS, optional=True),))
DRAFT, SUBMIT = "draft", "hand_over"


def report(call: Call) -> Reply:
    """How the dossier of the present window stands, or of the one whose number was typed, for this person."""
    number = call.text or (call.value if "/" in call.value else "")
    with call.reading() as desk:
        if number:
            return Tell(_standing(desk, reviews.review_by_number(desk.session, number)))
        window = window_on(desk.definition, desk.today)
        row = reviews.review_of(desk, window)
        return Tell(_standing(desk, row) if row else _not_opened(desk))


def _not_opened(desk: Desk) -> Message:
    window = window_on(desk.definition, desk.today)
    may_open = Act.PREPARE_REVIEW in overview.allowed(desk)
    facts = {
        "clause": CLAUSE,
        "when": schedule(desk, window),
        "reading": str(desk.definition.policy("review.reading")),
        "scheduling": str(desk.definition.policy("review.scheduling")),
        "met": is_met(desk, window),
        "may_open": may_open,
    }
    buttons = (Button("reviews.open", "new", "open", "primary"),) if may_open else ()
    return message(words("reviews/not_opened", facts), buttons)


def _standing(desk: Desk, row: Review) -> Message:
    drafts = [
        each.section
        for each in reviews.contributions(desk.session, row.key)
        if each.party == desk.person.party and each.text and not each.submitted_at
    ]
    own = desk.definition.party(desk.person.party).abbreviation
    parts = words("reviews/standing", {**review_facts(desk, row), "own": own, "drafts": drafts})
    acts = overview.allowed(desk)
    return message(parts, [button for button in review_buttons(row) if NEEDS[button.action] in acts])


NEEDS = {
    "reviews.contribute": Act.CONTRIBUTE_REVIEW,
    "reviews.contributor": Act.PREPARE_REVIEW,
    "reviews.agree": Act.AGREE_REVIEW_DAY,
    "reviews.day": Act.PREPARE_REVIEW,
    "reviews.held": Act.PREPARE_REVIEW,
    "reviews.sign": Act.SIGN_REVIEW,
    "reviews.dossier": Act.CONTRIBUTE_REVIEW,
}
"""The right that each button of a dossier needs; in a channel all are shown, and each click is checked."""


def open_dossier(call: Call) -> Reply:
    """Open the dossier of the present window before the clock does."""
    call.act(reviews.open_review)
    return report(call)


def open_choice(call: Call) -> Reply:
    """Open the form in which to choose the section to write."""
    with call.reading(Act.CONTRIBUTE_REVIEW) as desk:
        row = reviews.unsigned(desk, row_number(call.value))
        facts = {**review_facts(desk, row), "own": _own(desk)}
        options = {"section": _sections()}
    call.open(CHOOSE.view(facts, options=options, private=call.value))
    return None


def _sections() -> list[tuple[str, str]]:
    return [(section.value, term(section)) for section in ReviewSection]


def _own(desk: Desk) -> str:
    return desk.definition.party(desk.person.party).abbreviation


def choose(call: Call) -> Reply:
    """Go on with the section that was chosen: its text so far, and what to do with it."""
    section = ReviewSection(call.answers["section"])
    with call.reading(Act.CONTRIBUTE_REVIEW) as desk:
        row = reviews.unsigned(desk, row_number(call.private))
        own = review_contributions.contribution(desk, row, section)
        may_submit = review_contributions.may_submit(desk, row.key, section)
        facts = _written(desk, row, own, may_submit=may_submit)
    parts = words(WRITE.template, facts)
    offered = ([] if own.submitted_at else [DRAFT]) + ([SUBMIT] if may_submit else [])
    view = WRITE.view(
        facts,
        options={"handing": [(name, parts[name]) for name in offered]},
        initial={"text": own.text, "handing": offered[0] if offered else ""},
        private=f"{row.key}@{section.value}@{own.revision}",
    )
    view.external_id = call.view.get("external_id") or None
    return Replace(view)


def _written(desk: Desk, row: Review, own: ReviewContribution, *, may_submit: bool) -> dict[str, Any]:
    others = [party.abbreviation for party in desk.definition.others(desk.person.party)]
    return {
        "number": row.number,
        "section": own.section,
        "own": _own(desk),
        "others": others,
        "may_submit": may_submit,
        "submitted": own.submitted_at is not None,
        "clause": CLAUSE,
    }


def write(call: Call) -> Reply:
    """Keep or submit what was written."""
    review_id, section, seen = call.private.split("@")
    call.act(
        review_contributions.contribute,
        review_id=row_number(review_id),
        section=ReviewSection(section),
        text=call.answers["text"],
        submit=call.answers.get("handing") == SUBMIT,
        seen=row_number(seen),
    )
    return None


def open_contributor(call: Call) -> Reply:
    """Open the form in which a colleague is named for a section."""
    with call.reading(Act.PREPARE_REVIEW) as desk:
        row = reviews.unsigned(desk, row_number(call.value))
        people = review_contributions.colleagues(desk)
        facts = {"number": row.number, "own": _own(desk), "clause": CLAUSE}
        options = {
            "section": _sections(),
            "contributor": [(str(one.key), one.name) for one in people][:100],
        }
    call.open(CONTRIBUTOR.view(facts, options=options, private=call.value))
    return None


def name_contributor(call: Call) -> Reply:
    """Name the colleague who was chosen."""
    call.act(
        review_contributions.name_contributor,
        review_id=row_number(call.private),
        section=ReviewSection(call.answers["section"]),
        person_id=row_number(call.answers["contributor"]),
    )
    return None


def open_day(call: Call) -> Reply:
    """Open the form in which the day of the review meeting is proposed."""
    return _open_day(call, DAY, "day")


def open_held(call: Call) -> Reply:
    """Open the form for the day on which the review meeting was held."""
    return _open_day(call, HELD, "held_on")


def _open_day(call: Call, form: Form, field: str) -> Reply:
    with call.reading(Act.PREPARE_REVIEW) as desk:
        row = reviews.unsigned(desk, row_number(call.value))
        facts = review_facts(desk, row)
    known = row.held_on or row.day
    begins = known if field == "held_on" else row.day or facts["when"].proposed
    initial = {field: begins.isoformat()} if begins else {}
    call.open(form.view(facts, initial=initial, private=f"{row.key}@{row.revision}"))
    return None


def propose_day(call: Call) -> Reply:
    """Propose the day that was chosen."""
    review_id, seen = _seen(call.private)
    call.act(review_days.propose_day, review_id=review_id, day=call.answers["day"], seen=seen)
    return None


def agree_day(call: Call) -> Reply:
    """Agree to the day that was proposed, as the person saw it."""
    review_id, seen = _seen(call.value)
    event = call.act(review_days.agree_day, review_id=review_id, seen=seen)
    return call.again(event.subject)


def record_held(call: Call) -> Reply:
    """Put the day on record."""
    review_id, seen = _seen(call.private)
    call.act(review_days.record_held, review_id=review_id, held_on=call.answers["held_on"], seen=seen)
    return None


def _seen(text: str) -> tuple[int, int]:
    review_id, _, seen = text.partition("@")
    return row_number(review_id), row_number(seen)


def open_sign(call: Call) -> Reply:
    """Open the form for the sign-off, which names the version."""
    with call.reading(Act.SIGN_REVIEW) as desk:
        row, version = review_signatures.before_signing(desk, row_number(call.value), seal)
        facts = {**review_facts(desk, row), "version": version, "own": _own(desk)}
    options = {"confirmed": [("yes", words(SIGN.template, facts)["yes"])]}
    call.open(SIGN.view(facts, options=options, private=f"{row.key}@{version}"))
    return None


def sign(call: Call) -> Reply:
    """Sign off the version that was shown."""
    review_id, _, version = call.private.partition("@")
    confirmed = "yes" in call.answers["confirmed"]
    call.act(
        review_signatures.sign_off,
        review_id=row_number(review_id),
        version=version,
        confirmed=confirmed,
        seal=seal,
    )
    return None


def send_dossier(call: Call) -> Reply:
    """Have the dossier sent as a file to the thread of its card."""
    event = call.act(review_days.want_dossier, review_id=row_number(call.value))
    return Tell(message(words("reviews/dossier_coming", event.facts())))
