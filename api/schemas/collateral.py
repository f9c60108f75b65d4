"""What is watched after issue, on the wire: alerts, watched policies, a bank's bad loans."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from api.schemas.common import Answer, Finding
from kernel.wire import Code, Currency, Day, LongWords, MoneyWire, Share, Wire, Words
from underwriting.loan_events.noted import WatchEventRow
from underwriting.loan_events.rights import Hit, totals
from underwriting.note_collateral import NotedNow
from underwriting.watch.kinds import WatchKind, watch_kinds


class NoteRequest(Wire):
    """Something that is to be noted of an obligor."""

    key: Code = Field(description="Your own name for this event; told again, it counts once")
    kind: Code = Field(examples=["arrears_elsewhere"])
    happened_on: Day
    told_by: Words = Field(description="Register, provider, bank: who says so")
    note: LongWords | None = None


class RightNoteRequest(NoteRequest):
    """Something that is to be noted of a right."""

    kind: Code = Field(examples=["invalidation_filed"])
    office: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = "CN"
    family: Code | None = Field(None, description="The patent family it belongs to")


class NplRequest(Wire):
    """A bank's own non-performing ratio over all its loans."""

    ratio: Share
    as_of: Day
    source: Words


class WatchKindAnswer(Answer):
    """A kind of event: clause, effect on cover, cure, and how closely it has us watch."""

    code: str
    subject: str
    words: str
    words_zh: str
    level: str
    late_level: str = Field(description="Once the day for the cure has passed")
    clause: str
    effect: str
    effect_zh: str
    cure: str
    cure_zh: str
    cure_days: int | None
    cure_working_days: int | None
    cure_months: int | None
    counted_from: str = Field(description="event or notice")
    closes: tuple[str, ...]
    grade_steps: int
    source: str
    grade: str
    unverified: str


class WatchEventAnswer(Answer):
    """One thing that was noted."""

    id: str
    subject: str
    name: str
    seq: int
    key: str
    kind: str
    happened_on: date
    noted_on: date
    deadline: date | None = Field(description="Last day for the cure")
    told_by: str
    note: str | None
    clause: str
    cure: str
    created_at: datetime


class HitAnswer(Answer):
    """A policy that it hits."""

    policy_id: str
    number: str
    product: str
    direct: bool = Field(description="That right itself; false: one of its family")
    sum_insured: MoneyWire
    retained: MoneyWire


class NotedAnswer(Answer):
    """What was noted, and what it hits."""

    event: WatchEventAnswer
    new: bool
    policies: int
    totals: tuple[MoneyWire, ...] = Field(description="Sums insured that are hit, by currency")
    hits: tuple[HitAnswer, ...]


class AlertAnswer(Answer):
    """An alert on a policy."""

    kind: str
    subject: str
    name: str
    level: str
    happened_on: date
    noted_on: date
    deadline: date | None
    closed_on: date | None
    finding: Finding


class MoveAnswer(Answer):
    """A policy moved from one level to another."""

    on: date
    before: str
    after: str
    because: tuple[str, ...]


class RightScoreAnswer(Answer):
    """A right scored again."""

    office: str
    number: str
    ended: bool
    pledged: bool
    dispute: str
    standing: str
    value_left: str = Field(description="Part of the stated value, exact")
    in_force_before: float = Field(description="Chance to live to the due day, as underwritten")
    in_force_after: float
    secures_before: MoneyWire
    secures_after: MoneyWire


class WatchAnswer(Answer):
    """A policy under watch."""

    policy_id: str
    valid_on: date
    level: str
    open: tuple[AlertAnswer, ...]
    closed: tuple[AlertAnswer, ...]
    moves: tuple[MoveAnswer, ...]
    rights: tuple[RightScoreAnswer, ...]
    loan_to_value_before: float | None
    loan_to_value_after: float | None = Field(description="Null: secured by nothing, or no pledge")
    loan_to_value_limit: float | None
    grade: str | None
    grade_now: str | None


class OnListAnswer(Answer):
    """A policy on the watch list."""

    policy_id: str
    number: str
    product: str
    level: str
    kinds: tuple[str, ...]
    next_deadline: date | None


class ToleranceAnswer(Answer):
    """A bank's pledge loans of one currency against its own ratio and three points."""

    currency: Currency
    loans: int
    owed: MoneyWire
    non_performing: MoneyWire
    ratio: str | None
    limit: str | None
    within: bool | None
    room: MoneyWire | None = Field(description="That may still turn bad; null: none, or not known")
    finding: Finding


class BankNplAnswer(Answer):
    """Where a bank stands."""

    bank_id: str
    valid_on: date
    own_ratio: str | None
    own_as_of: date | None
    own_source: str | None
    points: str
    currencies: tuple[ToleranceAnswer, ...]


def kind_answer(kind: WatchKind) -> WatchKindAnswer:
    """Return a kind."""
    plain = ("code", "clause", "effect", "effect_zh", "cure", "cure_zh", "closes", "grade_steps",
             "source", "grade", "unverified")  # fmt: skip
    return WatchKindAnswer(
        **{name: getattr(kind, name) for name in plain},
        subject=kind.subject.value,
        words=kind.en,
        words_zh=kind.zh,
        level=kind.level.value,
        late_level=kind.after.value,
        cure_days=kind.days,
        cure_working_days=kind.working_days,
        cure_months=kind.months,
        counted_from=kind.start,
    )


def watch_event_answer(row: WatchEventRow) -> WatchEventAnswer:
    """Return one thing that was noted."""
    plain = ("id", "subject", "name", "seq", "key", "kind", "happened_on", "noted_on",
             "deadline", "told_by", "note", "created_at")  # fmt: skip
    rule = watch_kinds()[row.kind]
    return WatchEventAnswer(
        **{name: getattr(row, name) for name in plain}, clause=rule.clause, cure=rule.cure
    )


def noted_answer(told: NotedNow) -> NotedAnswer:
    """Return what was noted with what it hits."""
    return NotedAnswer(
        event=watch_event_answer(told.row),
        new=told.new,
        policies=len(told.hits),
        totals=tuple(MoneyWire.of(sum_) for sum_ in totals(told.hits)),
        hits=tuple(map(_hit, told.hits)),
    )


def _hit(one: Hit) -> HitAnswer:
    policy = one.policy
    return HitAnswer(
        policy_id=policy.id,
        number=policy.number,
        product=policy.product,
        direct=one.direct,
        sum_insured=MoneyWire.of(one.counted),
        retained=MoneyWire.of(one.retained),
    )
