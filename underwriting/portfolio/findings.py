"""From headroom to findings: the law declines, the house's own ceilings refer."""

from collections.abc import Iterator
from datetime import date, timedelta

from kernel.finding import Effect, Finding
from kernel.money import Money
from underwriting.portfolio.exposures import Exposures
from underwriting.portfolio.headroom import Proposed, Row, headroom
from underwriting.portfolio.limits import Gate, Limits
from underwriting.portfolio.means import Means


def portfolio_findings(
    proposed: Proposed, exposures: Exposures, limits: Limits
) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """Return every limit with its headroom, and all that there is to say about it.

    Means that are not stated, or not set ceilings, are never taken for room.
    """
    rows = headroom(proposed, exposures, limits)
    return rows, (
        *_classed(proposed, limits),
        *means_findings(exposures, limits, proposed.on),
        *_gates(proposed, exposures.means, limits),
        *(passed(row) for row in rows if row.over),
        *(_not_set(row) for row in rows if row.limit is None),
        *_elsewhere(proposed, exposures, limits),
        *_one_event(proposed, exposures, limits),
    )


def passed(row: Row) -> Finding:
    """Return what is said of a limit that is passed: by how much, and what would cure it."""
    assert row.left is not None, "only a limit that is set is passed"
    used, most, excess = (
        str(Money(minor, row.currency))
        for minor in (row.used + row.added, row.limit or 0, -row.left)
    )
    on = f" ({row.key.name})" if row.key else ""
    note = f"; unverified: {row.grounds.unverified}" if row.grounds.unverified else ""
    cure = "cede to a reinsurer, or lower the sum insured, by" if row.statutory else "lower it by"
    return Finding(
        row.grounds.code if row.statutory else "accumulation-limit",
        Effect.DECLINE if row.statutory else Effect.REFER,
        f"{row.grounds.en}{on}: with this {used}, above the limit of {most}{note}",
        f"{row.grounds.zh}{on}：加上本单为 {used}，超过限额 {most}",
        row.grounds.clause,
        f"{cure} {excess}" + ("" if row.statutory else ", or have it approved"),
    )


def _classed(proposed: Proposed, limits: Limits) -> Iterator[Finding]:
    if not any(proposed.product in products for products in limits.classes.values()):
        yield Finding(
            "class-not-stated", Effect.REFER,
            f"no class of business names {proposed.product}: its limits are not known",
            f"产品 {proposed.product} 未归入任何业务类别，适用限额不明",
            "limits: classes", "name the product under [classes] of the table of limits",
        )  # fmt: skip


def means_findings(exposures: Exposures, limits: Limits, on: date) -> Iterator[Finding]:
    """Say that the insurer's own figures are not stated, or too old to measure against."""
    means, currency = exposures.means, exposures.currency
    if means is None:
        yield Finding(
            "means-not-stated", Effect.REFER,
            f"the insurer's own figures are not stated in {currency}: no statutory limit is tested",
            f"未提供保险人 {currency} 财务数据，无法测试法定限额",
            "Insurance Law arts 102-103; 银保监办发〔2020〕39号",
            f"state net assets, capital, balances and solvency in {currency}: POST /v1/means",
        )  # fmt: skip
    elif means.as_of + timedelta(days=limits.stale_days) < on:
        yield Finding(
            "means-old", Effect.REFER,
            f"the insurer's own figures are of {means.as_of}, older than {limits.stale_days} days",
            f"保险人财务数据截至 {means.as_of}，已超过 {limits.stale_days} 天",
            "limits: stale_days; the law counts from the last quarter's end",
            "state the last quarter's figures: POST /v1/means",
        )  # fmt: skip


def missed(gate: Gate, means: Means) -> bool:
    """Say whether a ratio of the insurer is below its gate."""
    return bool(getattr(means, gate.figure) < gate.least)


def _gates(proposed: Proposed, means: Means | None, limits: Limits) -> Iterator[Finding]:
    for gate in limits.gates:
        if means is not None and proposed.product in gate.products and missed(gate, means):
            stated = getattr(means, gate.figure)
            yield Finding(
                gate.grounds.code, Effect.DECLINE,
                f"{gate.grounds.en} of {float(stated):.1%} is below {float(gate.least):.0%}",
                f"{gate.grounds.zh} {float(stated):.1%}，低于 {float(gate.least):.0%}",
                gate.grounds.clause, "write no such business until two quarters stand above it",
            )  # fmt: skip


def _not_set(row: Row) -> Finding:
    assert row.key is not None, "ceilings of the house are on keys"
    return Finding(
        "accumulation-not-set", Effect.REFER,
        f"{row.grounds.en}: no ceiling is set in {row.currency}",
        f"{row.grounds.zh}：未设定 {row.currency} 限额",
        row.grounds.clause,
        f"set unit.{row.currency} in the table of limits, or have it approved",
    )  # fmt: skip


def _elsewhere(proposed: Proposed, exposures: Exposures, limits: Limits) -> Iterator[Finding]:
    bound = {dimension for limit in limits.statutory for dimension in limit.dimensions}
    for key in proposed.keys:
        if key.dimension in bound and (sums := exposures.elsewhere.get(key)):
            held = ", ".join(str(Money(minor, unit)) for unit, minor in sorted(sums.items()))
            yield Finding(
                "held-elsewhere", Effect.REFER,
                f"{key.dimension} {key.name} is held in another currency too: {held}",
                f"{key.dimension} {key.name} 另有其他币种敞口：{held}",
                "limits: sums are added within one currency", "add them up by hand and approve",
            )  # fmt: skip


def _one_event(proposed: Proposed, exposures: Exposures, limits: Limits) -> Iterator[Finding]:
    for key in proposed.keys:
        held = exposures.at(key)
        if key.dimension in limits.one_event and held.policies:
            whole = Money(held.minor + proposed.added.minor, exposures.currency)
            yield Finding(
                "accumulates", Effect.INFORM,
                f"one decision on {key.name} would hit {held.policies + 1} policies, {whole}",
                f"针对 {key.name} 的一项裁决将同时影响 {held.policies + 1} 份保单，合计 {whole}",
                f"limits: {key.dimension}", "",
            )  # fmt: skip
