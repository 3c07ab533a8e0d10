"""Words are remembered by the facts they depend on, and by nothing else."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from bot.letters import Mrkdwn, renderings


class Old(StrEnum):
    DONE = "done"


class New(StrEnum):
    DONE = "done"
    """Spelt like the old one, and another thing."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "letter.j2").write_text(
        "{% block notice %}{{ name }}{% endblock %}"
        "{% block quoting %}«{{ self.notice() }}»{% endblock %}"
        '{% block including %}{% include "inner.j2" %}{% endblock %}'
        "{% block constant %}always the same{% endblock %}"
        "{% block counted %}{{ 'yes' if many is true else many }}{% endblock %}"
        "{% block typed %}{{ status.__class__.__name__ }}{% endblock %}"
    )
    (tmp_path / "inner.j2").write_text("{{ place }}")
    return tmp_path


def say(folder: Path, block: str, **facts: object) -> str:
    return renderings(folder).say("letter.j2", (block,), facts)[block]


@pytest.mark.parametrize("block", ["notice", "quoting"])
def test_other_facts_give_other_words(folder: Path, block: str) -> None:
    assert "Ana" in say(folder, block, name="Ana")
    assert "Ben" in say(folder, block, name="Ben")


def test_what_is_included_counts(folder: Path) -> None:
    assert [say(folder, "including", place=place) for place in ("Nairobi", "Geneva")] == ["Nairobi", "Geneva"]


@pytest.mark.parametrize(
    ("block", "first", "second", "words"),
    [
        ("notice", {"name": "<b>"}, {"name": Mrkdwn("<b>")}, ["&lt;b&gt;", "<b>"]),
        ("notice", {"name": [Mrkdwn("<")]}, {"name": ["<"]}, ["[&#x27;&lt;&#x27;]", "[&#x27;&lt;&#x27;]"]),
        ("counted", {"many": 1}, {"many": True}, ["1", "yes"]),
        ("typed", {"status": Old.DONE}, {"status": New.DONE}, ["Old", "New"]),
    ],
    ids=["safe text", "in a list", "a number and a truth", "two enums"],
)
def test_what_is_equal_and_yet_not_alike_is_told_apart(
    folder: Path, block: str, first: Mapping[str, object], second: Mapping[str, object], words: list[str]
) -> None:
    said = [say(folder, block, **facts) for facts in (first, second)]

    assert [text.replace("'", "&#x27;") for text in said] == words


def test_a_fact_that_cannot_be_compared_is_looked_at_each_time(folder: Path) -> None:
    class Counter:
        times = 0

        def __str__(self) -> str:
            self.times += 1
            return str(self.times)

    counter = Counter()

    assert [say(folder, "notice", name=counter) for _ in range(2)] == ["1", "2"]


def test_a_missing_fact_is_still_missed(folder: Path) -> None:
    say(folder, "notice", name="Ana")

    with pytest.raises(UndefinedError):
        say(folder, "notice")
