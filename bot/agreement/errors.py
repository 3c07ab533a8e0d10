"""Everything that can be refused, as facts; the edge finds the words in `templates/<routine>/errors.j2`."""

import re
from dataclasses import dataclass, fields
from typing import ClassVar


@dataclass
class AgreementError(Exception):
    """Something was asked that the agreement, or the record, does not allow.

    `routine` names the folder of templates that holds its sentence; the block is the class name in snake case.
    """

    routine: ClassVar[str] = "common"

    @classmethod
    def key(cls) -> str:
        """The name of the template block that says this error aloud."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def facts(self) -> dict[str, object]:
        """The fields, for the words and for the journal."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass
class FieldError(AgreementError):
    """One field of a form or a row cannot be accepted; `field` is its name in that form."""

    field: str
