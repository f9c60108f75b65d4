"""How the score feeds appetite: it informs, below the threshold it refers, it never declines."""

from collections.abc import Iterator

from kernel.finding import Effect, Finding
from underwriting.innovation.score import UNTESTED, UNTESTED_ZH, InnovationScore


def innovation_findings(score: InnovationScore) -> Iterator[Finding]:
    """Yield what an underwriter is told of a score.

    The lower end of the band is what is held against the threshold: whoever leaves out a poor
    figure gains nothing by it.
    """
    least, clause = score.table.refer_below, f"innovation/indicators.toml {score.table.version}"
    shown = f"{score.points:.1f} ({score.low:.1f} to {score.high:.1f})"
    if score.low < least:
        missing = ", ".join(score.missing)
        yield Finding(
            "innovation-low", Effect.REFER,
            f"innovation capacity {shown} of 100 may lie below {least:g}",
            f"企业创新能力评分 {shown}，可能低于 {least:g}",
            clause,
            f"state {missing}" if missing and score.high >= least
            else f"bring what speaks for the firm: {_weakest(score)} cost it most",
        )  # fmt: skip
    yield Finding(
        "innovation-score", Effect.INFORM,
        f"innovation capacity {shown} of 100: {_reasons(score)}; {UNTESTED}",
        f"企业创新能力评分 {shown}（满分 100）；{UNTESTED_ZH}", clause, "",
    )  # fmt: skip


def _weakest(score: InnovationScore) -> str:
    worst = sorted(score.contributions, key=lambda one: one.points)[:2]
    return " and ".join(one.indicator.en for one in worst)


def _reasons(score: InnovationScore) -> str:
    """The three largest contributions with their signs, and what is missing."""
    stated = [one for one in score.contributions if one.figure is not None]
    ranked = sorted(stated, key=lambda one: -abs(one.points))[:3]
    words = [f"{one.indicator.en} {one.points:+.1f}" for one in ranked]
    missing = score.missing
    return ", ".join([*words, f"not stated: {', '.join(missing)}"] if missing else words)
