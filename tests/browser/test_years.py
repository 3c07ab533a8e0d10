"""Two years at the page, a month at a press: each prompt stands once in its place (IV.1, IV.6-4, V.2-2, V.3-2)."""

import re

import pytest

from tests.browser.reader import Reader

pytestmark = pytest.mark.browser
SAID = re.compile(r"^(?:.+, in \d+ days?|Today, .+)\.$", re.MULTILINE)
ASKED = re.compile(r"are each asked, by (.+?), to share")
MEETING, REVIEW, CONTACTS = (
    "Hold the global meeting of the year",
    "Hold the general review",
    "Confirm the contact points",
)
QUARTERS = [
    "Saturday 23 January 2027",
    "Friday 23 April 2027",
    "Friday 23 July 2027",
    "Saturday 23 October 2027",
    "Sunday 23 January 2028",
    "Sunday 23 April 2028",
    "Sunday 23 July 2028",
    "Monday 23 October 2028",
]
YEARLY_MEETINGS = [
    "Friday 22 October 2027, in 120 days.",
    "Friday 22 October 2027, in 60 days.",
    "Friday 22 October 2027, in 30 days.",
    "Sunday 22 October 2028, in 121 days.",
    "Sunday 22 October 2028, in 60 days.",
    "Sunday 22 October 2028, in 30 days.",
]
GENERAL_REVIEWS = [
    "Friday 22 October 2027, in 182 days.",
    "Friday 22 October 2027, in 91 days.",
    "Friday 22 October 2027, in 30 days.",
]
HEADQUARTERS = ("U0ILODIALLO", "U0ILOFAVRE", "U0IOMCOSTA", "U0IOMHADDAD")


def under(reader: Reader, headline: str) -> list[str]:
    """Every message in sight under this headline, in the order in which they stand."""
    title = reader.page.get_by_role("heading", name=headline, exact=True)
    return reader.page.get_by_test_id("message").filter(has=title).all_inner_texts()


def said(reader: Reader, headline: str) -> list[str]:
    """The due date and the days that are left, in every reminder under this headline."""
    found = [SAID.search(text) for text in under(reader, headline)]
    return [match[0] for match in found if match]


def asked_by(reader: Reader, headline: str) -> list[str]:
    """The days by which both parties are asked what there is to share."""
    return [day for text in under(reader, headline) for day in ASKED.findall(text)]


def test_two_years_say_each_thing_once_in_its_own_place(reader: Reader) -> None:
    reader.sit_down("U0ILODIALLO")
    reader.pass_a_month(24)

    reader.sit_down("U0ILODIALLO")
    reader.look("two-years-in-the-liaison-channel")
    assert said(reader, MEETING) == YEARLY_MEETINGS
    assert said(reader, REVIEW) == GENERAL_REVIEWS
    assert len(under(reader, "General review 2027/1")) == 1
    assert asked_by(reader, "Information exchange") == QUARTERS
    assert said(reader, CONTACTS) == []

    for channel, place in (("C0KENYA", "Kenya"), ("C0AFRICA", "Africa")):
        reader.sit_down("U0ILODIALLO", channel)
        reader.look(f"two-years-in-{place}")
        months = asked_by(reader, f"Information exchange · {place}")
        assert len(months) == len(set(months)) == 24
        assert said(reader, MEETING) == said(reader, REVIEW) == []

    for user in HEADQUARTERS:
        reader.read_letters(user)
        reader.look(f"letters-of-{user}")
        reminders = said(reader, CONTACTS)
        assert len(reminders) == len(set(reminders)) == 2 * len(QUARTERS)
        for day in QUARTERS:
            assert sum(day in reminder for reminder in reminders) == 2, "a week before, and at its day"
        assert said(reader, MEETING) == said(reader, REVIEW) == []

    reader.read_letters("U0ILOCHEN", none=True)
    assert under(reader, CONTACTS) == []
