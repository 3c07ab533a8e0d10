"""How the routines' tables are kept: statuses by value under a check, names for every constraint."""

from enum import StrEnum

from sqlalchemy import Enum
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def status_type(kind: type[StrEnum]) -> Enum:
    """A column type that stores the member's value and lets the database refuse any other word."""
    return Enum(
        kind,
        name=kind.__name__.lower(),
        native_enum=False,
        length=32,
        values_callable=lambda members: [member.value for member in members],
        validate_strings=True,
        create_constraint=True,
    )


def take_stored(row: SQLModel, **values: object) -> None:
    """Let an object show what a statement of ours has just stored for it."""
    for name, value in values.items():
        set_committed_value(row, name, value)
