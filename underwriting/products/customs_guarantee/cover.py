"""Whether customs' demand is covered: every finding at once, each with clause and cure.

Liability is joint and several: what the importer did, paid or misstated is no defence against
customs. The insured event is the demand, so `default_date` is the day on which it came in.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from kernel.finding import Effect, Finding
from kernel.working_days import Calendar
from underwriting.products.customs_guarantee.demand import Demand, established
from underwriting.rules.contract import Contract

CONDUCT: Final = (
    "demand_in_writing",
    "district_covered",
    "purpose_covered",
    "arose_while_usable",
    "within_available",
    "importer_misstated",
)
"""What the adjuster must establish; the first five follow from a demand that states its facts."""

_TESTS: Final = (
    ("demand_in_writing", Effect.WAIT, "no-written-demand", "the demand is in writing",
     "书面索赔通知", "have customs put its demand in writing"),
    ("district_covered", Effect.DECLINE, "district-not-insured",
     "the district that demands is insured", "索赔海关属于被保险海关",
     "have a district named in the policy demand"),
    ("purpose_covered", Effect.DECLINE, "purpose-not-covered", "the tax is of a covered purpose",
     "税款属于约定担保事项", "show under which purpose the goods were released"),
    ("arose_while_usable", Effect.DECLINE, "arose-outside",
     "the tax arose while the letter could be used", "税款发生于可使用期间",
     "show the day on which the declaration was lodged"),
    ("within_available", Effect.CUT, "above-available", "the demand is within the limit available",
     "索赔金额在可用额度以内", "what is above the available limit is asked of the importer"),
)  # fmt: skip
"""Fact, what its absence does, code, the fact in words, cure."""


def test_cover(
    contract: Contract,
    *,
    default_date: date,
    notified_on: date,  # noqa: ARG001 - customs need not notify before it demands
    file: Mapping[str, Any],
    on: date,  # noqa: ARG001 - a demand does not ripen with time
) -> tuple[Finding, ...]:
    """Test a demand against its contract, with what its file says so far.

    `file` may hold a `demand` with its district, purpose, dates and amounts (see `Demand`); what
    it states is worked out, and what it does not is read from the adjuster's answers.
    """
    demand = file.get("demand")
    facts = {**file, **(established(Demand.of(demand), contract) if demand else {})}
    return (*_timing(contract, default_date), *_demand(facts), *_importer(contract, facts))


def payable_by(contract: Contract, demanded_on: date, calendar: Calendar) -> date:
    """Return the last day to pay: the agreed working days, counted from the day after."""
    return calendar.add_working_days(demanded_on, contract.agreed["demand_working_days"])


def _timing(contract: Contract, demanded_on: date) -> Iterator[Finding]:
    if not contract.period.covers(demanded_on):
        first, last = contract.period.start, contract.period.end
        yield Finding(
            "not-in-force", Effect.DECLINE,
            f"the demand of {demanded_on} lies outside {first} to {last}",
            f"索赔日 {demanded_on} 不在 {first} 至 {last} 之间",
            "schedule: claim_until; Civil Code art. 692, 693",
            "none under this policy; see an earlier or later one",
        )  # fmt: skip


def _demand(facts: Mapping[str, Any]) -> Iterator[Finding]:
    for name, effect, code, en, zh, cure in _TESTS:
        seen, clause = facts.get(name), "wording: cover"
        if seen is None:
            yield Finding(
                f"{code}-unknown", Effect.WAIT, f"not yet established whether {en}",
                f"尚未查明：{zh}", clause, "state it with the assessment",
            )  # fmt: skip
        elif not seen:
            yield Finding(code, effect, f"it is not so that {en}", f"不符：{zh}", clause, cure)


def _importer(contract: Contract, facts: Mapping[str, Any]) -> Iterator[Finding]:
    misstated = facts.get("importer_misstated")
    if contract.agreed["waives_rescission"]:
        if misstated:
            yield Finding(
                "misstated-recourse", Effect.INFORM,
                "the importer misstated facts: customs is paid, and the importer is sued",
                "投保人未如实告知：不影响对海关的赔付，向投保人追偿",
                "wording: no defence against customs", "keep the evidence for recourse",
            )  # fmt: skip
    elif misstated is None:
        yield Finding(
            "misstated-unknown", Effect.WAIT,
            "not yet established whether the importer misstated facts", "尚未查明是否如实告知",
            "Insurance Law art. 16", "state it with the assessment",
        )  # fmt: skip
    elif misstated:
        yield Finding(
            "misstated", Effect.DECLINE,
            "the importer misstated facts, and rescission is not waived",
            "投保人未如实告知，且未放弃解除权", "Insurance Law art. 16",
            "rescind within 30 days of knowing and 2 years of the contract, or pay",
        )  # fmt: skip
