"""The doors of VII.2: how the Agreement stands, and what its end would leave, on any day."""

from bot.forms import FieldKind, Form, FormField
from bot.letters import words
from bot.outbox import Message
from bot.shapes import Button, framed, message
from bot.simulated_ends import ending_on, the_day
from handlers.calls import Call, Replace, Reply, Tell

DAY = Form("endings/day_form", "terminations.day", (FormField("day", FieldKind.DAY),))
BUTTONS = (
    Button("terminations.day", "day", "another_day"),
    Button("instruments.list", "list", "instruments"),
    Button("arrangements.list", "list", "arrangements"),
    Button("emblems.list", "list", "emblems"),
)


def status(call: Call) -> Reply:
    """How the Agreement stands, what its end on a day would close, and what would live on."""
    return Tell(_shown(call, call.text))


def open_day(call: Call) -> Reply:
    """Open the form in which to choose a last day."""
    with call.reading() as desk:
        initial = {"day": the_day(desk, "").isoformat()}
    call.open(DAY.view({}, initial=initial))
    return None


def submit_day(call: Call) -> Reply:
    """Show the day chosen in the form in its place."""
    return Replace(framed(_shown(call, call.answers["day"].isoformat()), words("common/answer", {})))


def _shown(call: Call, text: str) -> Message:
    with call.reading() as desk:
        # What is one party's own must not pass through the other party's app.
        own_app = call.party == desk.person.party
        facts = ending_on(desk, the_day(desk, text), own=own_app)
    return message(words("endings/status", facts), BUTTONS)
