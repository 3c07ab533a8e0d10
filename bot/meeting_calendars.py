"""The invitation to a meeting as an iCalendar file (RFC 5545, 5546) that calendars open, move and cancel."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

PRODUCT = "-//comity//Meetings of the parties//EN"
NOBODY = "invalid:nomail"
"""The address of an organizer who has none on the roster; calendars know it and write to nobody."""
ADDRESS = re.compile(r"[^\s@<>()\[\]\\,;:\"]+@[A-Za-z0-9.-]+")


class Method(StrEnum):
    """What the file asks of a calendar."""

    REQUEST = "REQUEST"
    """To enter the meeting, or to move it."""
    CANCEL = "CANCEL"
    """To take it out."""


@dataclass(frozen=True)
class Guest:
    """Somebody who is invited, with the address on the roster; without one they stay out of the file."""

    name: str
    email: str


@dataclass(frozen=True)
class Invitation:
    """What the file says; `uid` stays the same in life and `sequence` rises with each change."""

    method: Method
    uid: str
    sequence: int
    made_at: datetime
    starts_at: datetime
    length: int
    zone: str
    title: str
    place: str
    description: str
    organizer: Guest
    guests: Sequence[Guest]


def icalendar_file(invitation: Invitation) -> bytes:
    """The file, with the rules of its time zone inside so that no calendar has to guess them."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", invitation.method.value)
    made.add_component(_event(invitation))
    around = invitation.starts_at.year
    made.add_missing_timezones(date(around - 1, 1, 1), date(around + 2, 1, 1))
    content: bytes = made.to_ical()
    return content


def _event(invitation: Invitation) -> Event:
    begins = invitation.starts_at.astimezone(ZoneInfo(invitation.zone))
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.made_at)
    event.add("dtstart", begins)
    event.add("dtend", _later(invitation).astimezone(ZoneInfo(invitation.zone)))
    event.add("summary", _inert(invitation.title))
    event.add("location", _inert(invitation.place))
    event.add("description", _inert(invitation.description))
    event.add("status", "CANCELLED" if invitation.method is Method.CANCEL else "CONFIRMED")
    event.add("organizer", _address(invitation.organizer) or _named(NOBODY, invitation.organizer))
    for guest in invitation.guests:
        address = _address(guest)
        if address is not None:
            address.params["ROLE"] = vText("REQ-PARTICIPANT")
            address.params["RSVP"] = vText("TRUE")
            event.add("attendee", address, encode=False)
    return event


def _later(invitation: Invitation) -> datetime:
    return invitation.starts_at + timedelta(minutes=invitation.length)


def _address(guest: Guest) -> vCalAddress | None:
    return _named(f"mailto:{guest.email}", guest) if ADDRESS.fullmatch(guest.email) else None


def _named(address: str, guest: Guest) -> vCalAddress:
    made = vCalAddress(address)
    made.params["CN"] = vText(_inert(guest.name).replace("\n", " ").replace('"', "'"))
    return made


def _inert(text: str) -> str:
    """Text without the marks that no calendar shows; the library escapes the rest."""
    lines = text.splitlines()
    return "\n".join("".join(mark for mark in line if mark.isprintable()) for line in lines)
