"""What an outcome table means for the scale: findings with code, words and cure."""

from kernel.finding import Effect, Finding
from models.borrower.outcome import GradeOutcome, Light, OutcomeTable

CLAUSE = "Jeffreys test of each grade: green within 95 %, amber within 99.9 %"


def findings_of(table: OutcomeTable) -> tuple[Finding, ...]:
    """Return all findings: broken order, PDs too low or too high, grades without a row.

    A red light and a broken order refer; an amber one and an untested grade inform.
    """
    broken = [_broken(step.better, step.worse, step.confidence) for step in table.violations]
    lit = [_lit(line) for line in table.grades if line.light in (Light.AMBER, Light.RED)]
    empty = [_untested(line.grade) for line in table.grades if line.light is Light.NONE]
    return (*broken, *lit, *empty)


def _broken(better: str, worse: str, confidence: float) -> Finding:
    return Finding(
        "grade-order-broken",
        Effect.REFER,
        f"grade {worse} defaulted no more than {better}: chance {confidence:.0%} that it is worse",
        f"{worse} 级的违约率不高于 {better} 级；其确实更差的概率为 {confidence:.0%}",
        "a worse grade defaults more",
        "pool the two grades, move the bounds, or fit the score again",
    )


def _lit(line: GradeOutcome) -> Finding:
    assert line.below is not None, "a light needs rows"
    assert line.rate is not None, "a light needs rows"
    assert line.predicted is not None, "a light needs rows"
    low = line.below < 0.5  # noqa: PLR2004 - which of the two tails
    side, side_zh = ("low", "低") if low else ("high", "高")
    stated = f"{line.predicted:.2%}, observed {line.rate:.2%} of {line.rows} borrowers"
    return Finding(
        f"grade-pd-too-{side}",
        Effect.REFER if line.light is Light.RED else Effect.INFORM,
        f"{line.light.value}: the PD of grade {line.grade} is too {side}: stated {stated}",
        f"{line.grade} 级违约概率偏{side_zh}：预测 {line.predicted:.2%}，实际 {line.rate:.2%}"
        f"（{line.rows} 户）",
        CLAUSE,
        "calibrate on a later period, or state an overlay with its source",
    )


def _untested(grade: str) -> Finding:
    return Finding(
        "grade-untested",
        Effect.INFORM,
        f"no borrower was in grade {grade}: nothing was tested",
        f"{grade} 级没有借款人，未作检验",
        CLAUSE,
        "wait for outcomes in the grade",
    )
