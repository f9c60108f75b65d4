"""What was noted of the collateral and of the obligor, as findings on a claim."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from claims.rules.coverage.known import Known, evidence_of
from claims.rules.coverage.table import table
from kernel.finding import Effect, Finding
from underwriting.rules.contract import Contract
from underwriting.watch.alert import Alert


def collateral(known: Known) -> Iterator[Finding]:
    """Yield one finding a kind of note that stands against the pledged rights on that day."""
    noted = [one for right in known.rights for one in known.standing(right.alerts)]
    yield from _by_kind(noted, table("collateral")["kind"])


def obligor(contract: Contract, known: Known) -> Iterator[Finding]:
    """Yield what stands against the obligor: sanctions and related parties.

    A listing counts whenever it came, as long as it stands: nothing is paid against it. Where
    a policy gave up its defences against customs, a person decides.
    """
    rules = table("obligor")["kind"]
    noted = [one for one in known.obligor if one.is_open(known.on)]
    for found in _by_kind(noted, rules):
        held = found.effect is Effect.DECLINE and contract.agreed.get("waives_rescission")
        yield replace(found, effect=Effect.REFER) if held else found


def cure_days(known: Known) -> dict[str, date]:
    """Return code of a finding -> last day for its cure, the soonest where there are several."""
    days: dict[str, date] = {}
    rights = [one for right in known.rights for one in known.standing(right.alerts)]
    for name, noted in (("collateral", rights), ("obligor", list(known.obligor))):
        rules = table(name)["kind"]
        for one in noted:
            code, by = rules.get(one.noted.kind, {}).get("code"), one.noted.deadline
            if code is not None and by is not None and one.is_open(known.on):
                days[code] = min(by, days.get(code, by))
    return days


def _by_kind(noted: list[Alert], rules: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield a finding for each kind of the table; several rights are named in one."""
    for kind, rule in rules.items():
        of_kind = [one for one in noted if one.noted.kind == kind]
        if of_kind:
            yield _finding(of_kind, rule)


def _finding(noted: list[Alert], rule: Mapping[str, Any]) -> Finding:
    kind = noted[0].noted.rule
    names = ", ".join(dict.fromkeys(one.noted.name for one in noted))
    days = [one.noted.deadline for one in noted if one.noted.deadline is not None]
    by = f" by {min(days)}" if days else ""
    return Finding(
        rule["code"], Effect(rule["effect"]),
        f"{names}: {kind.en}; {kind.effect}", f"{names}：{kind.zh}；{kind.effect_zh}",
        kind.clause, f"{kind.cure}{by}", "; ".join(map(evidence_of, noted)),
    )  # fmt: skip
