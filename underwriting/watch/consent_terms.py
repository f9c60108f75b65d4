"""Whether new terms are what they are asked as, and within what may be granted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kernel.finding import Effect, Finding
from kernel.money import Money
from underwriting.rules.contract import Contract
from underwriting.rules.history_differences import differences
from underwriting.watch.consent_kind import EN, ZH, ConsentKind
from underwriting.watch.consent_law import consent_law
from underwriting.watch.old_for_new import CLAUSE, stated_as

_CONTRACT: Final = "wording: exclusions; the loan contract as it was insured"
_COLLATERAL: Final = (ConsentKind.SUBSTITUTION, ConsentKind.RELEASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTerms:
    """New terms beside those of today.

    Attributes:
        kind: what they are asked as.
        before: the contract today.
        after: the contract as it would be.
        risk: the new proposal.
        old_risk: the proposal that stands.
        first_term: months of the loan as it was first insured.
        owed: principal owed, in minor units; None where the loan is not reported.
    """

    kind: ConsentKind
    before: Contract
    after: Contract
    risk: Mapping[str, Any]
    old_risk: Mapping[str, Any]
    first_term: int
    owed: int | None


def terms_findings(asked: AskedTerms) -> Iterator[Finding]:
    """Yield what is to be said of new terms; the price's own findings come beside."""
    yield from _named(asked)
    yield from _also_changes(asked)
    yield from _nothing_changes(asked)
    if asked.kind is ConsentKind.EXTENSION:
        yield from _length(asked)
    if asked.kind is ConsentKind.OLD_FOR_NEW:
        yield from _old_debt(asked)


def _named(asked: AskedTerms) -> Iterator[Finding]:
    """A new loan for an old one goes under its own name."""
    refinancing = asked.risk.get("loan", {}).get("refinancing")
    was = stated_as(asked.kind, asked.before, asked.after, refinancing)
    if was == "old_for_new":
        yield Finding(
            "old-for-new-not-stated", Effect.DECLINE,
            f"the terms are a new loan for an old one, asked as {EN[asked.kind]}",
            f"所报条款实为借新还旧，却以{ZH[asked.kind]}申请", CLAUSE, "ask for old_for_new",
        )  # fmt: skip
    if was == "plain":
        yield Finding(
            "no-new-loan", Effect.DECLINE, "the terms name no new loan for the old one",
            "所报条款未载明新贷款", CLAUSE,
            "state refinancing, and the number of the new loan contract",
        )  # fmt: skip


def _also_changes(asked: AskedTerms) -> Iterator[Finding]:
    may = consent_law().kinds[asked.kind]["may_change"]
    more = [
        one.path
        for one in differences(asked.before.json(), asked.after.json())
        if not any(
            one.path == path or one.path.startswith((f"{path}[", f"{path}.")) for path in may
        )
    ]
    if asked.kind not in _COLLATERAL and asked.risk.get("rights") != asked.old_risk.get("rights"):
        more.append("rights")
    if more:
        yield Finding(
            "changes-more", Effect.REFER,
            f"{EN[asked.kind]} also changes {', '.join(more)}",
            f"除{ZH[asked.kind]}外，另变更：{'、'.join(more)}",
            _CONTRACT, "leave the rest as it is, or give the reason for it",
        )  # fmt: skip


def _nothing_changes(asked: AskedTerms) -> Iterator[Finding]:
    same = asked.risk == asked.old_risk
    if same:
        yield Finding(
            "changes-nothing", Effect.DECLINE, "the terms are those that stand",
            "所报条款与现行条款一致", _CONTRACT, "state the terms as they shall be",
        )  # fmt: skip


def _length(asked: AskedTerms) -> Iterator[Finding]:
    law = consent_law()
    months = asked.after.lent.term_months - asked.first_term
    most = law.longest(asked.first_term)
    if months > most:
        yield Finding(
            "extension-long", Effect.DECLINE,
            f"the loan of {asked.first_term} months would be extended by {months} in all, "
            f"above {most}",
            f"原期限 {asked.first_term} 个月，累计展期 {months} 个月，超过 {most} 个月",
            law.extension["clause"], f"extend by {most} months at most, or renew the guarantee",
        )  # fmt: skip


def _old_debt(asked: AskedTerms) -> Iterator[Finding]:
    """More than is owed is no old debt; it is said plainly what is guaranteed on."""
    loan, unit = asked.after.lent.amount, asked.after.currency
    yield Finding(
        "old-for-new", Effect.REFER,
        f"loan {asked.before.lent.contract} is repaid by {asked.after.lent.contract}: "
        "the guarantee goes on for old debt",
        f"以新贷款 {asked.after.lent.contract} 归还旧贷 {asked.before.lent.contract}，保证旧债",
        CLAUSE, "a person decides; see the conditions",
    )  # fmt: skip
    if asked.owed is not None and loan.minor > asked.owed:
        owed = Money(asked.owed, unit)
        yield Finding(
            "more-than-owed", Effect.DECLINE, f"the new loan is {loan}; {owed} is owed",
            f"新贷款 {loan} 超过尚欠本金 {owed}", CLAUSE,
            f"lend {owed} at most; quote the rest anew",
        )  # fmt: skip
