"""What happened, in the past tense: every verb returns one event, and every event is journalled."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that was done under a clause, to one subject such as `emblem:12`.

    The fields are all that the letters about it may need, so that words never have to look anything up.
    """

    clause: str
    subject: str

    @property
    def name(self) -> str:
        """The event in snake case, as the journal and the templates call it."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    @property
    def once(self) -> str:
        """What makes this event the only one of its kind in life, where the clock brings it about.

        It must be the same when an older copy of the database says it again, so that Slack can be asked
        whether it was said already. Empty for what people do: then the journal's line makes it unique.
        """
        return ""

    def facts(self) -> dict[str, object]:
        """The fields, for the words and for the journal."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}
