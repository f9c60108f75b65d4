"""The kinds of things that are watched, read from `kinds.toml`: clause, effect, cure, its days."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from underwriting.watch.level import Level


class On(StrEnum):
    """What a kind is about."""

    RIGHT = "right"
    OBLIGOR = "obligor"
    LOAN = "loan"


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchKind:
    """One kind; see the file for each figure.

    Attributes:
        code: stable, for programs.
        zh: title in Chinese.
        en: title in English.
        subject: what it is about.
        level: of the watch while it is open.
        late: of the watch after the day of the cure; None: the same.
        clause: the term or article that it hits.
        effect: what it does to cover.
        effect_zh: the same in Chinese.
        cure: what ends it.
        cure_zh: the same in Chinese.
        days: calendar days for the cure; None where not counted so.
        working_days: working days, likewise.
        months: likewise.
        start: from where they count: `event` or `notice`.
        closes: kinds on the same subject that it ends.
        right: what it makes of the right.
        grade_steps: notches that the obligor's grade is taken down while it is open.
        source: of the clause.
        grade: of the source.
        unverified: what the house itself has set; empty where nothing.
    """

    code: str
    zh: str
    en: str
    subject: On
    level: Level
    clause: str
    effect: str
    effect_zh: str
    cure: str
    cure_zh: str
    source: str
    grade: str
    late: Level | None = None
    days: int | None = None
    working_days: int | None = None
    months: int | None = None
    start: str = "notice"
    closes: tuple[str, ...] = ()
    right: Mapping[str, Any] = field(default_factory=dict)
    grade_steps: int = 0
    unverified: str = ""

    @property
    def after(self) -> Level:
        """The level once the day of the cure has passed."""
        return self.late or self.level


_RENAMED = {
    "cure_days": "days",
    "cure_working_days": "working_days",
    "cure_months": "months",
    "from": "start",
}


@cache
def watch_kinds() -> Mapping[str, WatchKind]:
    """Return code -> kind, in the order of the file."""
    text = (files(__package__) / "kinds.toml").read_text(encoding="utf-8")
    return {code: _kind(code, row) for code, row in tomllib.loads(text)["kind"].items()}


def _kind(code: str, row: Mapping[str, Any]) -> WatchKind:
    plain = {_RENAMED.get(name, name): value for name, value in row.items()}
    late = plain.pop("late", None)
    return WatchKind(
        code=code,
        **{
            **plain,
            "subject": On(plain["subject"]),
            "level": Level(plain["level"]),
            "late": None if late is None else Level(late),
            "closes": tuple(plain.get("closes", ())),
        },
    )
