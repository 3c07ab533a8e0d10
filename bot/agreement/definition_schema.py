"""What a definition file breaks of its own grammar: the model's refusals, put where a person finds them."""

import re
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.agreement.definition_file import DefinitionError, Document, Problem

PROBLEMS = {
    "extra_forbidden": Problem.UNKNOWN_KEY,
    "missing": Problem.MISSING_KEY,
    "enum": Problem.UNKNOWN_VALUE,
    "literal_error": Problem.UNKNOWN_VALUE,
}
"""pydantic's name of a refusal → ours; anything else is a value of the wrong type."""


TYPES = {
    "string_type": "text",
    "bool_type": "yes_or_no",
    "int_type": "number",
    "int_parsing": "number",
    "greater_than": "number",
    "greater_than_equal": "number",
    "tuple_type": "list",
    "dict_type": "table",
    "model_type": "table",
}
"""pydantic's name of a refusal → the type the value should have."""

OURS = {problem.value for problem in Problem}


def problems_of(error: ValidationError, document: Document, model: type[BaseModel]) -> list[DefinitionError]:
    """Each refusal of `model` with its line."""
    return [_problem(details, document, model) for details in error.errors(include_url=False)]


def _problem(details: ErrorDetails, document: Document, model: type[BaseModel]) -> DefinitionError:
    sort, path = details["type"], details["loc"]
    if sort in PROBLEMS:
        problem = PROBLEMS[sort]
        value = path[-1] if problem in (Problem.UNKNOWN_KEY, Problem.MISSING_KEY) else details["input"]
        return document.refuse(path, problem, value, _known(problem, details, model))
    if sort in OURS:
        return document.refuse(path, Problem(sort), details["ctx"]["value"])
    return document.refuse(path, Problem.WRONG_TYPE, details["input"], (TYPES.get(sort, sort),))


def _known(problem: Problem, details: ErrorDetails, model: type[BaseModel]) -> tuple[str, ...]:
    if problem is Problem.UNKNOWN_KEY:
        return _keys(model, details["loc"])
    return tuple(re.findall(r"'([^']*)'", details.get("ctx", {}).get("expected", "")))


def _keys(model: type[BaseModel], path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that could stand where `path` ends."""
    for name in path[:-1]:
        if isinstance(name, str):
            model = _part(model.model_fields[name].annotation)
    return tuple(model.model_fields)


def _part(annotation: Any) -> type[BaseModel]:
    """The model inside `Term` or `tuple[Clause, ...]`."""
    kinds = (annotation, *get_args(annotation))
    return next(kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel))
