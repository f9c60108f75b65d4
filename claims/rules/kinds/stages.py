"""Stages of a dispute: what of a line was spent in each, and what of it is approved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kernel.money import allocate


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage in which cost arises.

    Attributes:
        line: of an enforcement claim that its cost is claimed under.
        zh: what it is called, in Chinese.
        en: the same in English.
    """

    line: str
    zh: str
    en: str


STAGES: Final[Mapping[str, Stage]] = {
    "before_acceptance": Stage("investigation", "受理前", "before the filing is accepted"),
    "first_instance": Stage("litigation", "一审", "first instance"),
    "appeal": Stage("litigation", "二审", "appeal"),
    "invalidation": Stage("litigation", "无效反制", "invalidation counter-action"),
    "enforcement": Stage("litigation", "执行", "enforcement of the decision"),
}
"""Stages of an enforcement claim, in their order; a line may have cost of no stage."""


def approved_by_stage(asked: Mapping[str, int], approved: int) -> dict[str, int]:
    """Share what is approved of one line over its stages, in proportion to what each asked.

    Largest remainder: the parts are the whole. Minor units.

    >>> approved_by_stage({"first_instance": 200, "appeal": 100}, 250)
    {'first_instance': 167, 'appeal': 83}
    """
    if not any(asked.values()):
        return dict.fromkeys(asked, 0)
    return dict(zip(asked, allocate(approved, list(asked.values())), strict=True))
