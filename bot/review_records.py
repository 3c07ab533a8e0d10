"""The joint record of a general review: the version both parties signed, and their sign-offs, as they stand."""

from collections.abc import Mapping

from bot.agreement.desk import Desk
from bot.agreement.files import Record
from bot.agreement.people import Person, roles_of
from bot.agreement.review_signatures import ReviewSignature, signatures
from bot.agreement.reviews import Review
from bot.dossiers.facts import of_review
from bot.dossiers.formats import paper_of, sealed
from bot.journal import Line
from bot.letters import say, term
from bot.papers import Paper, Section, file_paper
from bot.shapes import plain


def seal(desk: Desk, row: Review) -> str:
    """The version of a dossier that is signed off."""
    return sealed(desk, of_review(desk, row))


def write_review(desk: Desk, entry: Line, row: Review) -> Record:
    """File the version that both parties signed as their joint record."""
    signed = paper_of(row.content)
    facts = {"held_on": row.held_on, "window_opens": row.window_opens, "window_closes": row.window_closes}
    paper = Paper(
        _say("signed_title", {}), _say("signed_verdict", facts), (*signed.sections, _signatures(desk, row))
    )
    return file_paper(desk, entry, f"review:{row.key}", paper)


def _signatures(desk: Desk, row: Review) -> Section:
    given = tuple(_signature(desk, signed) for signed in signatures(desk.session, row.key))
    version = (_say("version", {}), row.version)
    return Section(_say("signatures", {}), (*given, version), (_say("signed_note", {}),))


def _signature(desk: Desk, signed: ReviewSignature) -> tuple[str, str]:
    person = desk.session.get_one(Person, signed.person_id)
    roles = [term(role) for role in sorted(roles_of(desk.session, person))]
    facts = {"name": person.name, "roles": roles, "at": signed.at, "zone": desk.definition.tz}
    return desk.definition.party(signed.party).abbreviation, _say("signature", facts)


def _say(block: str, facts: Mapping[str, object]) -> str:
    return plain(say("reports/review", block, facts))
