"""VI.1, VI.3 and IX.2-2: a planned use of what is the other party's, and whether its description will do."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from bot.agreement.errors import FieldError


class Mark(StrEnum):
    """What of the other party's is to be used (VI.1, VI.3, IX.2-2)."""

    NAME = "name"
    """Its name in full."""
    EMBLEM = "emblem"
    """Its emblem or logo."""
    ABBREVIATION = "abbreviation"
    """An abbreviation of its name."""
    TRADEMARK = "trademark"
    """Another mark it owns."""
    HYPERLINK = "hyperlink"
    """A link to one of its websites (VI.3)."""
    IP = "ip"
    """Other intellectual property of its own (IX.2-2)."""


class CostBearer(StrEnum):
    """Who pays for the use (VI.2)."""

    ASKING = "asking"
    """The party that asks, as the one that incurs the cost."""
    SHARED = "shared"
    """Both, as they agreed in writing."""
    OWNER = "owner"
    """The owner, as both agreed in writing."""


@dataclass
class FieldEmpty(FieldError):
    """A field the owner needs for its decision was left empty."""

    routine = "emblems"


@dataclass
class PeriodBackwards(FieldError):
    """The use would end before it begins."""

    routine = "emblems"
    use_from: date


@dataclass
class NotBeforeUse(FieldError):
    """The approval must come before the use, so nothing can be asked for days already past (VI.1)."""

    routine = "emblems"
    today: date


@dataclass
class DayPassed(FieldError):
    """A day already past was chosen for what is still to come."""

    routine = "emblems"
    today: date


@dataclass
class NeededAfterUse(FieldError):
    """A decision needed only after the use has begun would not be a prior approval (VI.1)."""

    routine = "emblems"
    use_from: date


@dataclass
class MockupMissing(FieldError):
    """The owner decides on something it can see: a file or the very text."""

    routine = "emblems"


@dataclass
class AddressMissing(FieldError):
    """A link is from one address to another, and one of them is missing (VI.3)."""

    routine = "emblems"


@dataclass
class AddressNotSecure(FieldError):
    """What was typed is no complete https address."""

    routine = "emblems"


@dataclass
class BasisMissing(FieldError):
    """Costs are borne otherwise than VI.2 says only where both agreed so, and nothing says where they did."""

    routine = "emblems"


@dataclass
class NotYet(FieldError):
    """What has happened is put on record, and the day chosen is still to come."""

    routine = "emblems"
    today: date


@dataclass(frozen=True, kw_only=True)
class PlannedUse:
    """What the asking party wants to do, as it filled in the form.

    `payer` is the written basis where others than the asking party pay; `series` describes the series that the
    product belongs to, if it does.
    """

    mark: Mark
    purpose: str
    product: str
    audience: str
    use_from: date
    use_until: date
    needed_by: date
    mockup_text: str = ""
    other_logos: str = ""
    cost: CostBearer = CostBearer.ASKING
    payer: str = ""
    link_from: str = ""
    link_to: str = ""
    series: str = ""


def check(use: PlannedUse, file_given: bool, today: date) -> None:
    """Refuse what the owner could not decide on, field by field."""
    for name in ("purpose", "product", "audience"):
        if not getattr(use, name).strip():
            raise FieldEmpty(name)
    _check_days(use, today)
    if use.mark is Mark.HYPERLINK:
        require_address("link_from", use.link_from)
        require_address("link_to", use.link_to)
    if not use.mockup_text.strip() and not file_given:
        raise MockupMissing("mockup_text")
    if use.cost is not CostBearer.ASKING and not use.payer.strip():
        raise BasisMissing("payer")


def _check_days(use: PlannedUse, today: date) -> None:
    if use.use_from < today:
        raise NotBeforeUse("use_from", today)
    if use.use_until < use.use_from:
        raise PeriodBackwards("use_until", use.use_from)
    if use.needed_by < today:
        raise DayPassed("needed_by", today)
    if use.needed_by > use.use_from:
        raise NeededAfterUse("needed_by", use.use_from)


def require_address(name: str, address: str) -> None:
    """Refuse what is no complete https address, in the field `name`."""
    if not address.strip():
        raise AddressMissing(name)
    if not _is_secure(address.strip()):
        raise AddressNotSecure(name)


def _is_secure(address: str) -> bool:
    try:
        parts = urlsplit(address)
        named = parts.hostname is not None and "." in parts.hostname.strip(".") and parts.port != 0
    except ValueError:
        return False
    plain = address.isprintable() and not set(address) & set(' <>|"') and "@" not in parts.netloc
    return named and plain and parts.scheme == "https"
