"""VI.1: permissions walked by their verbs, by anybody on any day: only the owner's mandated people approve."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from bot.agreement import approvers, emblem_drafts, emblems
from bot.agreement.emblem_history import EmblemDeed, EmblemProof, EmblemStep, EmblemVersion
from bot.agreement.emblem_letters import EmblemLetter
from bot.agreement.emblem_machine import MACHINE
from bot.agreement.emblems import VALID, EmblemRequest, EmblemStatus
from bot.agreement.files import StoredFile
from bot.agreement.people import Mandate, Person, Refusal
from bot.agreement.rights import Role
from bot.agreement.time_limits import civil_day
from bot.journal import Outcome
from tests.clauses.permission_walks import (
    APPROVER,
    BY_LETTER,
    DECIDING,
    EVENTS,
    RECORDER,
    SIGNED,
    Lent,
    Roster,
    doing,
    use,
)
from tests.record import DEFINITION, Point, Record, demo_people

APPROVERS = ("Jonas Weber", "Yuki Tanaka", "Nadia Petrova")
PEOPLE = {one.name: one for one in demo_people()}
ANYBODY = st.sampled_from(sorted(PEOPLE))
LISTED = st.sampled_from(sorted(name for name, one in PEOPLE.items() if one.listed))
PICK, WHO = st.integers(0, 2), st.integers(0, 20)
TWIST = st.sampled_from([0] * 8 + list(range(1, 9)))
BY_PEOPLE = [EmblemDeed(name) for name, way in MACHINE.moves.items() if way.act]
BEGINNING = {EmblemDeed.ASK: EmblemStatus.SUBMITTED, EmblemDeed.KEEP: EmblemStatus.DRAFT}
TABLES = (EmblemRequest, EmblemStep, EmblemVersion, EmblemLetter, EmblemProof)
USED = (EmblemStatus.IN_USE, EmblemStatus.PROOF_FILED)
SUBSTANCE = frozenset({"contact_point", "alternate", "field_focal_point", "communications", "legal"})
NEEDED = {
    **dict.fromkeys((*DECIDING, EmblemDeed.ASK_FOR_MORE, EmblemDeed.REVOKE), APPROVER),
    **dict.fromkeys(BY_LETTER, RECORDER),
}
"""What the owner's people need for what is theirs to do; all else is for those of the asking side."""
MOST = 3
"""Cases in one walk."""


def other(name: str) -> str:
    """The party that somebody has to ask."""
    return "iom" if PEOPLE[name].party == "ilo" else "ilo"


def content(session: Session) -> list[Any]:
    """Every row about permissions, to see that a refusal changes none."""
    return [[row.model_dump() for row in session.exec(select(table)).all()] for table in TABLES]


class Walk:
    """People and days at random, each step held against the journal, the rows and the walk's own book of roles."""

    record: Record
    start: Point
    keys: Mapping[str, int]

    def __init__(self, walked: set[EmblemDeed]) -> None:
        """Begin where nothing is on record but the roster; what is done is added to `walked`."""
        self.walked = walked
        self.record.back_to(self.start)
        self.roster = Roster(PEOPLE)
        self.lawful: dict[tuple[int, int], EmblemDeed] = {}
        self.ticked = True

    def rows(self) -> Sequence[EmblemRequest]:
        with self.record.reading() as desk:
            return desk.session.exec(select(EmblemRequest).order_by(col(EmblemRequest.id))).all()

    def attempt(self, name: str, verb: Any, **facts: Any) -> Any:
        """Let somebody act. A refusal is one line of the journal and changes nothing; another error is no line."""
        with self.record.reading() as desk:
            before = content(desk.session)
        lines = self.record.lines()
        error = self.record.tried(name, verb, **facts)
        new = self.record.journal(lines)
        if error is None:
            assert [each.outcome for each in new] == [Outcome.DONE]
            return True
        refused = [(each.event, each.subject) for each in new if each.outcome is Outcome.REFUSED]
        assert refused == ([(verb.__name__, error.key())] if isinstance(error, Refusal) else [])
        assert len(new) == len(refused)
        with self.record.reading() as desk:
            assert content(desk.session) == before
        return False

    def ask(self, name: str, first: int, days: int) -> None:
        facts = {"owner": other(name), "channel_id": "C0LIAISON", "use": use(self.record.today, first, days)}
        if len(self.rows()) < MOST and self.attempt(name, emblems.request, **facts):
            assert self.roster.holds(name, SUBSTANCE, self.record.today)

    def keep_draft(self, name: str, own: bool) -> None:
        facts = {"owner": other(name), "channel_id": "C0LIAISON", "use": use(self.record.today, 1, 4)}
        through = PEOPLE[name].party if own else other(name)
        if len(self.rows()) < MOST:
            done = self.attempt(name, emblem_drafts.keep_draft, through=through, **facts)
            assert not done or (own and self.roster.holds(name, SUBSTANCE, self.record.today))

    def anything(self, name: str, deed: EmblemDeed, pick: int, twist: int, own: bool) -> None:
        """Anybody tries anything."""
        rows = self.rows()
        self.do(name, rows[pick % len(rows)], deed, twist, own)

    def decide(self, who: int, deed: EmblemDeed, twist: int) -> None:
        """Somebody of either party who approves, approved once, or will, decides on what waits for a decision."""
        lent = [each.delegate for each in self.roster.lent]
        able = [*APPROVERS, *lent, *lent, *(name for name, _ in self.roster.held)]
        rows = [row for row in self.rows() if row.status is EmblemStatus.SUBMITTED]
        for row in rows[:1]:
            self.do(able[who % len(able)], row, deed, twist, own=True)

    def onward(self, wanted: EmblemDeed, pick: int, who: int, twist: int) -> None:
        """Something that can be done as the case stands, by somebody of the side that it belongs to."""
        rows = self.rows()
        row = rows[pick % len(rows)]
        ways = [deed for deed in BY_PEOPLE if row.status in MACHINE.moves[deed].sources] or [wanted]
        deed = wanted if wanted in ways else ways[who % len(ways)]
        roles = NEEDED.get(deed, SUBSTANCE)
        party = row.asking_party if roles is SUBSTANCE else row.owner_party
        mine = [name for name, one in PEOPLE.items() if one.party == party]
        able = [name for name in mine if self.roster.holds(name, roles, self.record.today)]
        if able:
            self.do(able[who % len(able)], row, deed, twist, own=True)

    def do(self, name: str, row: EmblemRequest, deed: EmblemDeed, twist: int, own: bool) -> None:
        party, today = PEOPLE[name].party, self.record.today
        verb, facts = doing(row, deed, party if own else row.owner_party, today, twist)
        if not self.attempt(name, verb, **facts):
            return
        self.walked.add(deed)
        roles = NEEDED.get(deed, SUBSTANCE)
        assert party == (row.asking_party if roles is SUBSTANCE else row.owner_party)
        assert self.roster.holds(name, roles, today)
        if deed in DECIDING or deed in BY_LETTER:
            self.decided(row, deed, facts)

    def decided(self, row: EmblemRequest, deed: EmblemDeed, facts: Mapping[str, Any]) -> None:
        """One decision on one version, as it was seen; never for longer than asked, or more than was ticked."""
        assert facts["version"] == row.version
        assert (row.key, row.version) not in self.lawful
        self.lawful[row.key, row.version] = deed
        after = next(one for one in self.rows() if one.key == row.key)
        if after.status in VALID:
            assert after.whole_series is facts["terms"].whole_series
            assert self.record.today <= after.use_until == facts["terms"].use_until <= row.use_until

    def days_pass(self, days: int, ticking: bool) -> None:
        """Each morning the clock ticks, or it stands still for all of them."""
        for _ in range(days):
            self.record.move_to(self.record.today + timedelta(days=1))
            if ticking:
                self.record.tick()
        # On a day on which a party is closed the secretariat does not speak, and nothing expires before it does.
        self.ticked = ticking and self.record.calendar.is_working(self.record.today)

    def the_last_day_passes(self, pick: int) -> None:
        """The morning after the last day of a use has come, and the clock has not ticked yet."""
        rows = self.rows()
        after = rows[pick % len(rows)].use_until + timedelta(days=1)
        if after > self.record.today:
            self.record.move_to(after)
            self.ticked = False

    def delegate(self, name: str, approver: str, to: str, first: int, days: int) -> None:
        begins = self.record.today + timedelta(days=first)
        ends = begins + timedelta(days=days)
        facts = {"approver_id": self.keys[approver], "delegate_id": self.keys[to]}
        if self.attempt(name, approvers.delegate_approval, first_day=begins, last_day=ends, **facts):
            assert PEOPLE[name].party == PEOPLE[approver].party == PEOPLE[to].party
            assert self.roster.own(approver, "emblem_approver", begins)
            self.roster.lent.append(Lent(approver, to, begins, ends))

    def delegate_rightly(self, approver: str, to: str, first: int) -> None:
        self.delegate(approver, approver, to, first, 2)

    def change_cover(self, name: str, whom: str, pick: int, away: bool) -> None:
        """A delegation ends; or somebody is away, which takes no right from them and is said before asking."""
        today = self.record.today
        if away:
            days = {"first_day": today, "last_day": today + timedelta(days=pick)}
            self.attempt(name, approvers.enter_absence, person_id=self.keys[whom], **days)
        elif self.attempt(name, approvers.end_delegation, delegation_id=pick):
            self.roster.lent[pick - 1].ended = True

    def change_roster(self, name: str, leaves: bool, first: int, days: int) -> None:
        """Somebody leaves, soon or as of yesterday; or is an approver from one day to another, and no longer."""
        begins = self.record.today + timedelta(days=first)
        last = self.record.today + timedelta(days=days)
        with self.record.database.writing() as session:
            person = session.get_one(Person, self.keys[name])
            if leaves:
                person.valid_until = self.roster.until[name] = last
                return
            row = {"role": Role.EMBLEM_APPROVER, "valid_from": begins, "valid_until": last}
            session.merge(Mandate(person_id=person.key, **row))
        self.roster.held[name, "emblem_approver"] = (begins, last)

    def holds(self) -> None:
        with self.record.reading() as desk:
            journal = self.record.journal()
            for row in desk.session.exec(select(EmblemRequest)).all():
                mine = select(EmblemStep).where(EmblemStep.request_id == row.key)
                steps = desk.session.exec(mine.order_by(col(EmblemStep.id))).all()
                self.check_way(row, steps)
                self.check_journal(desk.session, row, steps, journal)
                if row.status in VALID:
                    self.check_approval(desk.session, row, steps)
                if row.status in USED:
                    self.check_use(row)
                assert not (self.ticked and row.status in VALID and row.use_until < self.record.today)

    def check_way(self, row: EmblemRequest, steps: Sequence[EmblemStep]) -> None:
        """Its history is a way through the machine, from a beginning to where it stands."""
        status = BEGINNING[steps[0].deed]
        for step in steps[1:]:
            if step.deed is not EmblemDeed.KEEP:
                assert status in MACHINE.moves[step.deed].sources, (status, step.deed)
                status = MACHINE.moves[step.deed].target
        assert row.status is status

    def check_journal(
        self, session: Session, row: EmblemRequest, steps: Sequence[EmblemStep], journal: Sequence[Any]
    ) -> None:
        """Every step is a line of the journal under the name of whoever took it, and no line is without a step."""
        subjects = (f"emblem:{row.key}", f"emblem_draft:{row.key}")
        known = set(EVENTS.values())
        lines = [each for each in journal if each.subject in subjects and each.event in known]
        names = [session.get_one(Person, step.by).name if step.by else "secretariat" for step in steps]
        assert [(each.event, each.actor) for each in lines] == [
            (EVENTS[step.deed], name) for step, name in zip(steps, names, strict=True)
        ]
        assert all(each.outcome is Outcome.DONE for each in lines)

    def check_approval(self, session: Session, row: EmblemRequest, steps: Sequence[EmblemStep]) -> None:
        """A decision of the owner's people on exactly this material stands behind it."""
        decisions = [step for step in steps if step.deed in DECIDING or step.deed in BY_LETTER]
        voided = max(n for n, step in enumerate(steps) if asks_anew(step.deed))
        last = decisions[-1]
        assert steps.index(last) > voided
        person = session.get_one(Person, last.by)
        assert person.party == row.owner_party != row.asking_party
        assert self.lawful[row.key, row.version] is last.deed
        assert (row.decided_by, last.version) == (person.key, row.version)
        shown = select(EmblemVersion).where(EmblemVersion.request_id == row.key)
        version = session.exec(shown.where(EmblemVersion.version == row.version)).one()
        file = session.get(StoredFile, row.mockup_file_id) if row.mockup_file_id else None
        assert version.text_sha256 == sha256(row.mockup_text.encode()).hexdigest()
        assert version.file_sha256 == (sha256(file.content).hexdigest() if file else "")
        if last.deed in BY_LETTER:
            letter = session.get_one(EmblemLetter, (row.key, row.version))
            assert session.get_one(StoredFile, letter.file_id).content == SIGNED.content
            assert letter.signer
            assert letter.recorded_by == last.by

    def check_use(self, row: EmblemRequest) -> None:
        """It began within the period, and not before it was approved."""
        assert row.use_began_on is not None
        assert row.decided_at is not None
        approved = civil_day(row.decided_at, DEFINITION.tz)
        assert max(row.use_from, approved) <= row.use_began_on <= min(row.use_until, self.record.today)


def asks_anew(deed: EmblemDeed) -> bool:
    """Whether with this the owner is asked, so that what was decided before does not count."""
    return deed is EmblemDeed.ASK or (
        deed in MACHINE.moves and MACHINE.moves[deed].target is EmblemStatus.SUBMITTED
    )


def step(name: str, /, **facts: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    return st.tuples(st.just(name), st.fixed_dictionaries(facts))


DEED = st.sampled_from(BY_PEOPLE)
FURTHER = [*BY_PEOPLE, EmblemDeed.APPROVE, EmblemDeed.APPROVE, EmblemDeed.BEGIN_USE, EmblemDeed.BEGIN_USE]
"""What leads on is drawn more often, so that many walks come to a use."""
DAYS, DELAY = st.integers(0, 9), st.integers(-1, 3)
ONWARD = step("onward", wanted=DEED, pick=PICK, who=WHO, twist=TWIST)
PASSING = step("days_pass", days=st.integers(1, 6), ticking=st.sampled_from([True, True, True, False]))
LENDING = step(
    "delegate_rightly", approver=st.sampled_from(APPROVERS[:2]), to=LISTED, first=st.integers(0, 3)
)
STEP = st.one_of(
    *(
        step("onward", wanted=st.sampled_from(FURTHER), pick=PICK, who=WHO, twist=st.just(0))
        for _ in range(6)
    ),
    ONWARD,
    PASSING,
    PASSING,
    *(step("decide", who=WHO, deed=st.sampled_from(list(DECIDING)), twist=st.sampled_from([0, 0, 1])),) * 4,
    step("the_last_day_passes", pick=PICK),
    step("anything", name=ANYBODY, deed=DEED, pick=PICK, twist=TWIST, own=st.booleans()),
    step("anything", name=st.sampled_from(APPROVERS), deed=DEED, pick=PICK, twist=TWIST, own=st.booleans()),
    step("ask", name=ANYBODY, first=DELAY, days=DAYS),
    step("keep_draft", name=LISTED, own=st.booleans()),
    step("delegate", name=LISTED, approver=LISTED, to=LISTED, first=DELAY, days=DAYS),
    *(LENDING,) * 2,
    step("change_cover", name=LISTED, whom=LISTED, pick=st.integers(1, 4), away=st.booleans()),
    step(
        "change_roster",
        name=st.one_of(LISTED, st.sampled_from(APPROVERS)),
        leaves=st.booleans(),
        first=st.integers(0, 2),
        days=st.integers(-1, 6),
    ),
)
BEGIN = st.sampled_from(
    [
        ("ask", {"name": "Mei Chen", "first": 0, "days": 9}),
        ("ask", {"name": "David Okafor", "first": 0, "days": 4}),
        ("keep_draft", {"name": "Mei Chen", "own": True}),
    ]
)


STORY = [
    ("ask", {"name": "David Okafor", "first": 0, "days": 9}),
    ("keep_draft", {"name": "Mei Chen", "own": True}),
    ("keep_draft", {"name": "Mei Chen", "own": True}),
    *(
        ("onward", {"wanted": deed, "pick": pick, "who": 0, "twist": twist})
        for pick, deed, twist in [
            (0, EmblemDeed.ASK_FOR_MORE, 0),
            (0, EmblemDeed.GIVE_INFORMATION, 3),
            (0, EmblemDeed.APPROVE, 0),
            (0, EmblemDeed.BEGIN_USE, 0),
            (0, EmblemDeed.FILE_PROOF, 0),
            (0, EmblemDeed.CHANGE_MATERIAL, 2),
            (0, EmblemDeed.APPROVE_WITH_CONDITIONS, 0),
            (0, EmblemDeed.CHANGE_MATERIAL, 3),
            (0, EmblemDeed.LETTER_APPROVES_WITH_CONDITIONS, 0),
            (0, EmblemDeed.REVOKE, 0),
            (0, EmblemDeed.TAKE_DOWN, 0),
            (1, EmblemDeed.DROP, 0),
            (2, EmblemDeed.SUBMIT, 0),
            (2, EmblemDeed.LETTER_APPROVES, 0),
            (2, EmblemDeed.CHANGE_MATERIAL, 0),
            (2, EmblemDeed.LETTER_REFUSES, 0),
        ]
    ),
]
"""A way through every deed but those of `ENDS`, where a delegate, too, acts for one who approves no more."""
ENDS = [
    ("ask", {"name": "Mei Chen", "first": 0, "days": 4}),
    ("onward", {"wanted": EmblemDeed.WITHDRAW, "pick": 0, "who": 0, "twist": 0}),
    ("onward", {"wanted": EmblemDeed.REFUSE, "pick": 1, "who": 0, "twist": 0}),
    ("ask", {"name": "Mei Chen", "first": 0, "days": 4}),
    ("delegate_rightly", {"approver": "Yuki Tanaka", "to": "Omar Haddad", "first": 0}),
    ("change_roster", {"name": "Yuki Tanaka", "leaves": False, "first": 0, "days": -1}),
    ("anything", {"name": "Omar Haddad", "deed": EmblemDeed.APPROVE, "pick": 2, "twist": 0, "own": True}),
]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """The demonstration's people, on the day on which everything begins."""
    with closing(Record(tmp_path_factory.mktemp("walk"), list(PEOPLE.values()))) as made:
        made.tick()
        Walk.record, Walk.start = made, made.keep()
        Walk.keys = {name: made.key(name) for name, one in PEOPLE.items() if one.listed}
        yield made


@pytest.mark.usefixtures("record")
def test_vi_1_no_walk_of_anybody_approves_or_uses_without_the_owners_mandated_person() -> None:
    walked: set[EmblemDeed] = set()

    @settings(max_examples=70, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
    @example(first=STORY[0], steps=STORY[1:])
    @example(first=STORY[0], steps=ENDS)
    @given(first=BEGIN, steps=st.lists(STEP, min_size=20, max_size=40))
    def walks(first: tuple[str, dict[str, Any]], steps: list[tuple[str, dict[str, Any]]]) -> None:
        walk = Walk(walked)
        for name, facts in (first, *steps):
            getattr(walk, name)(**facts)
            walk.holds()

    walks()

    assert set(BY_PEOPLE) == walked, "what no walk did proves nothing"
