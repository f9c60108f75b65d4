"""Is a fit good enough to serve? Its figures against levels that are data."""

from collections.abc import Mapping
from typing import Any

from kernel.errors import invalid
from kernel.finding import Effect, Finding
from models.governance.levels import Level, Levels, load_levels


def accept(
    metrics: Mapping[str, Any], purpose: str, levels: Levels | None = None
) -> tuple[Finding, ...]:
    """Return a finding for each level that is missed or was never measured; none is a pass.

    Args:
        metrics: figures by name, such as `auc`; one that is not there counts as not reached.
        purpose: `borrower_default`, `lapse` ...
        levels: those to hold it against; the shipped ones where left out.

    Raises:
        Invalid: there are no levels for the purpose.
    """
    held = levels or load_levels()
    wanted = [level for level in held.levels if level.purpose == purpose]
    if not wanted:
        known = ", ".join(sorted({level.purpose for level in held.levels}))
        raise invalid(
            "purpose",
            f"no levels are stated for {purpose!r}",
            f"use one of {known}, or state levels",
        )
    found = (_judge(level, metrics, held) for level in wanted)
    return tuple(finding for finding in found if finding)


def _judge(level: Level, metrics: Mapping[str, Any], held: Levels) -> Finding | None:
    value = metrics.get(level.figure)
    other = metrics.get(level.below_figure) if level.below_figure else None
    if value is None or (level.below_figure and other is None):
        missing = level.figure if value is None else level.below_figure
        return _finding("not-measured", f"{missing} was not measured", f"未测量 {missing}", held)
    if level.reached(float(value), None if other is None else float(other)):
        return None
    en = f"{level.figure} is {float(value):.4g}, accepted is {level.bound_words()}"
    zh = f"{level.figure} 为 {float(value):.4g}，未达到接受标准（{level.bound_words()}）"
    return _finding("below-level", en, zh, held)


def _finding(code: str, en: str, zh: str, held: Levels) -> Finding:
    clause = f"acceptance levels, grade {held.grade}, source {held.source}"
    cure = "measure it out of time, train a better fit, or state the house's own level"
    return Finding(code, Effect.REFER, en, zh, clause, cure)
