"""What an adjuster establishes of a claim, checked against its kind and written to its file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from claims.facts import Case, check_papers
from claims.rules.coverage.evidence import SHOWN_BY, with_facts
from claims.rules.fact_bounds import Standing, bounded
from claims.rules.repair import Repair
from claims.rules.stated_facts import facts_in
from kernel.desk import Desk
from kernel.errors import Fault, Invalid
from underwriting.products import product


@dataclass(frozen=True, slots=True)
class Assessment:
    """What an adjuster establishes.

    Attributes:
        papers: codes of papers that have come in since.
        conduct: name -> yes or no, names as the product's cover asks them.
        adjusted: line -> (minor units allowed, reason).
        agreed_on: the day the insured agreed to the amount; today where not stated.
        facts: facts of the kind of claim, by name: dates, texts, flags, `Money`.
        repairs: code of a breach -> the loss that it caused, which is taken off instead.
        denied: line -> the clause by which nothing of it is paid.
        shown_by: conduct or fact -> the paper that shows it; the decision names it as evidence.
    """

    papers: tuple[str, ...] = ()
    conduct: Mapping[str, bool] = field(default_factory=dict)
    adjusted: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    agreed_on: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    repairs: Mapping[str, Repair] = field(default_factory=dict)
    denied: Mapping[str, str] = field(default_factory=dict)
    shown_by: Mapping[str, str] = field(default_factory=dict)

    @property
    def allowed(self) -> dict[str, tuple[int, str]]:
        """What is allowed of each line that is not allowed in full: nothing where denied."""
        refused = {line: (0, f"拒赔 denied: {clause}") for line, clause in self.denied.items()}
        return {**self.adjusted, **refused}


def established(case: Case, assessment: Assessment, desk: Desk) -> dict[str, Any]:
    """Return the file of a claim with what an assessment adds to it.

    Raises:
        Invalid: a paper, a line, an amount, a name or a day is not one of the claim's.
    """
    check_papers(case, assessment.papers)
    if faults := list(_faults(case, assessment, desk)):
        raise Invalid("invalid", *faults)
    file, since = case.claim.file, desk.on.isoformat()
    currency, asked = case.claim.currency, case.claim.asked
    facts = facts_in(case.kind, assessment.facts, currency=currency, at_notice=False)
    standing = Standing(on=desk.on, currency=currency, asked=asked, file=file)
    facts = bounded(case.kind, facts, standing)
    papers = {**dict.fromkeys(assessment.papers, since), **file["papers"]}
    stated = {**assessment.conduct, **facts}
    return {
        **with_facts(file, stated, desk.on),
        "papers": papers,
        SHOWN_BY: {**file.get(SHOWN_BY, {}), **assessment.shown_by},
    }


def _faults(case: Case, assessment: Assessment, desk: Desk) -> Iterator[Fault]:
    asked = case.claim.asked
    lines = ", ".join(asked)
    for code, (minor, _) in assessment.adjusted.items():
        if code not in case.kind.lines or not 0 <= minor <= asked.get(code, 0):
            cure = f"lower one of the lines asked: {lines}"
            yield Fault(f"adjusted.{code}", "is not from nought to what was asked", cure)
    for code in assessment.denied:
        if code not in case.kind.lines:
            yield Fault(f"denied.{code}", "is no line of this claim", f"deny one of {lines}")
    for code in set(assessment.adjusted).intersection(assessment.denied):
        yield Fault(f"denied.{code}", "is adjusted and denied", "do one of the two")
    names = product(case.policy.product).conduct
    for name in assessment.conduct:
        if name not in names:
            yield Fault(f"conduct.{name}", "is not asked", f"state {', '.join(names)}")
    yield from _unshown(case, assessment)
    agreed = assessment.agreed_on
    if agreed and not case.claim.notified_on <= agreed <= desk.on:
        cure = "give the day of agreement"
        yield Fault("agreed_on", "is not between notice and today", cure)


def _unshown(case: Case, assessment: Assessment) -> Iterator[Fault]:
    """Yield evidence for what is no fact of the claim, and papers that are not here."""
    known = {*product(case.policy.product).conduct, *(fact.name for fact in case.kind.facts)}
    here = {*case.claim.file["papers"], *assessment.papers}
    for name, paper in assessment.shown_by.items():
        if name not in known:
            yield Fault(f"shown_by.{name}", "is no fact", f"use one of {', '.join(sorted(known))}")
        if paper not in here:
            cure = "name a paper that has come in"
            yield Fault(f"shown_by.{name}", f"{paper!r} is not here", cure)
