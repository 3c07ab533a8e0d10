"""Drafting, clearing and approving, for the tests of joint communications."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import select

from bot.agreement import emblem_decisions, emblems
from bot.agreement.communications import Communication, CommunicationVersion, current_version
from bot.agreement.emblem_plans import Mark, PlannedUse
from bot.agreement.emblems import EmblemStatus
from bot.agreement.people import Refusal
from bot.journal import Entry, Outcome
from handlers.errors import sentence
from tests.office import ZURICH, Office

LIAISON = "ilo-iom-liaison"
TEXT = "Fair recruitment begins before departure."
RELEASE = datetime(2026, 12, 1, 6, 0, tzinfo=ZURICH)
PRESS: dict[str, Any] = {
    "subject": "Fair recruitment from Kenya",
    "kind": "press_release",
    "audience": "Journalists in Kenya",
    "outlet": "Both websites",
    "place": "C0LIAISON",
    "text_en": TEXT,
    "text_fr": "Le recrutement équitable commence avant le départ.",
    "quotes": "Amina Diallo, ILO: We work together.\nHelena Costa, IOM: So do we.",
    "link": "https://example.org/fair",
    "release_on": date(2026, 12, 1),
    "release_time": "06:00",
    "zone": "Europe/Zurich",
    "embargo": "yes",
    "strategy": "checked",
    "payer": "",
}


def draft(office: Office, name: str = "Mei Chen", channel: str = LIAISON, **changes: Any) -> Any:
    office.command(name, "/communication draft", channel=channel)
    result = office.submit(name, {**PRESS, **changes})
    office.deliver()
    return result


def clear(office: Office, name: str) -> str:
    told = office.click(name, "communications.clear", where="direct")
    office.deliver()
    return told


def cleared(office: Office, **changes: Any) -> None:
    """A draft that both sides' communications officers have cleared."""
    draft(office, **changes)
    clear(office, "Mei Chen")
    clear(office, "David Okafor")


def at(office: Office, moment: datetime) -> int:
    """One tick at this moment."""
    office.clock.move_to(moment)
    return office.tick()


def row(office: Office) -> Communication:
    with office.reading() as desk:
        return desk.session.exec(select(Communication)).one()


def version(office: Office) -> CommunicationVersion:
    with office.reading() as desk:
        return current_version(desk.session, desk.session.exec(select(Communication)).one())


def refused(office: Office) -> list[Entry]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Entry).where(Entry.outcome == Outcome.REFUSED)).all())


def events(office: Office, name: str) -> list[Entry]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Entry).where(Entry.event == name)).all())


def approved(
    office: Office,
    mark: Mark = Mark.EMBLEM,
    asker: str = "Mei Chen",
    decider: str = "Yuki Tanaka",
    use_from: date = date(2026, 12, 1),
    use_until: date = date(2026, 12, 31),
    owner: str = "iom",
) -> int:
    """A request under VI.1 that its owner approved; returns its number in the table."""
    use = PlannedUse(
        mark=mark,
        purpose="To show that the parties work together.",
        product="The press release",
        audience="Journalists",
        use_from=use_from,
        use_until=use_until,
        needed_by=use_from,
        mockup_text="As attached",
    )
    event: Any = office.act(asker, emblems.request, owner=owner, channel_id="C0LIAISON", use=use)
    office.act(decider, emblem_decisions.decide, request_id=event.request_id, status=EmblemStatus.APPROVED)
    return int(event.request_id)


def lifted(office: Office) -> list[dict[str, Any]]:
    return [m for m in office.channel(LIAISON) if m["text"].startswith(("Embargo lifted", "Released:"))]


def say(office: Office, name: str, verb: Any, **facts: Any) -> str:
    """What somebody is told who tries this with a button of an old message."""
    with pytest.raises(Refusal) as refusal:
        office.act(name, verb, **facts)
    return sentence(refusal.value)
