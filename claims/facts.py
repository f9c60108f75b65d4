"""A claim with what it is measured by, read back from the books for acts and papers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlmodel import Session

from claims import store
from claims.counsel.measure import over_budget_of
from claims.known import others_of
from claims.rules.asked import listed, pauses
from claims.rules.bookings import Sides
from claims.rules.clocks import ClaimFile
from claims.rules.coverage.known import OtherCover
from claims.rules.kinds import Kind, Used, kind_of
from claims.rules.kinds.counted import counted_over
from claims.rules.own_share import without
from claims.tables import ClaimRow, SettlementRow
from kernel.errors import invalid
from kernel.period import add_days
from kernel.sharing import Facts, Role, Scheme
from underwriting import store as contracts
from underwriting.history.store import contract_on
from underwriting.rules.contract import Contract
from underwriting.schemes.library import SchemeText, read_scheme
from underwriting.standing import facts_of_the_day
from underwriting.store import PolicyRow


@dataclass(frozen=True, slots=True)
class Case:
    """A claim on its policy.

    Attributes:
        claim: the row.
        policy: the row.
        contract: the frozen terms.
        scheme: the frozen scheme.
        bank: name of the insured bank.
        others: other covers of the same interest that the books know.
        standing: its newest settlement; None before the first.
        used: what other claims on the policy have used of its aggregates.
        over: line -> minor units of cost above its consented budgets.
    """

    claim: ClaimRow
    policy: PolicyRow
    contract: Contract
    scheme: SchemeText
    bank: str
    others: tuple[OtherCover, ...] = ()
    standing: SettlementRow | None = None
    used: Used = field(default_factory=Used)
    over: Mapping[str, int] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """The kind of claim that it is."""
        return kind_of(self.policy.product)

    @property
    def sides(self) -> Sides:
        """Who is who in its settlement."""
        return sides_of(self.scheme.scheme, self.contract.issuer, settles=self.contract.settles)


def sides_of(scheme: Scheme, issuer: str, *, settles: str) -> Sides:
    """Return who is who in a settlement under a scheme."""
    bank = scheme.party_in(Role.BANK) or scheme.party_in(Role.INSURED) or ""
    return Sides(issuer, "" if bank == issuer else bank, settles == "lead")


def case_of(session: Session, claim_id: str, *, lock: bool = False) -> Case:
    """Fetch a claim with its policy; the policy is locked before the claim."""
    seen = store.claim(session, claim_id)
    policy = contracts.policy(session, seen.policy_id, lock=lock)
    claim = store.claim(session, claim_id, lock=lock)
    return case_on(session, claim, policy)


def case_on(session: Session, claim: ClaimRow, policy: PolicyRow) -> Case:
    """Put a claim and its policy together."""
    scheme = frozen_scheme(policy.scheme_text)
    bank = contracts.party(session, policy.client_id).name
    terms = contract_on(session, policy.id, claim.default_date)
    return Case(
        claim,
        policy,
        terms,
        scheme,
        bank,
        others=others_of(session, policy, claim.default_date),
        standing=store.settlement_of(session, claim.id),
        used=_used_beside(session, claim, policy, terms),
        over=over_budget_of(session, kind_of(policy.product), claim.id),
    )


def _used_beside(session: Session, claim: ClaimRow, policy: PolicyRow, terms: Contract) -> Used:
    """Return what the newest settlements of other claims of the same aggregate approved."""
    days = counted_over(terms, claim.default_date)
    paid: dict[str, int] = {}
    by_right: dict[str, int] = {}
    for other, settled in store.settled_beside(session, claim) if policy.paid_minor else ():
        if not days.covers(other.default_date):
            continue
        right = other.file.get("right_number")
        for line in settled.lines:
            paid[line["code"]] = paid.get(line["code"], 0) + line["approved"]
            if right:
                by_right[right] = by_right.get(right, 0) + line["approved"]
    return Used(paid, by_right)


@lru_cache(maxsize=256)
def frozen_scheme(text: str) -> SchemeText:
    """Read a scheme frozen into a policy."""
    return read_scheme(text, "frozen scheme")


def day(file: Mapping[str, Any], key: str) -> date | None:
    """Return a day of the claim's file; None is not yet."""
    value = file.get(key)
    return date.fromisoformat(value) if value else None


def payable_from(case: Case) -> date:
    """Return the first day after the waiting period."""
    return add_days(case.claim.default_date, case.contract.waiting_days + 1)


def clock_file(case: Case) -> ClaimFile:
    """Return the claim's course for its clocks."""
    claim, file = case.claim, case.claim.file
    known = day(file, "known_on")
    assert known is not None, "a notice states when the bank knew"
    return ClaimFile(
        known_on=known,
        notified_on=claim.notified_on,
        requested_on=day(file, "requested_on"),
        completed_on=day(file, "completed_on"),
        assessed_on=day(file, "assessed_on"),
        agreed_on=day(file, "agreed_on"),
        settled_on=day(file, "settled_on"),
        payable_from=payable_from(case),
        denied=bool(file.get("denied")),
        pauses=pauses(file),
    )


def facts_for(session: Session, case: Case, on: date, *, lock: bool = False) -> Facts:
    """Return what the claim's frozen scheme asks of the day; pools are locked where `lock`.

    A claim that was settled before belongs to the year of its first settlement, and is shared
    anew as if it had drawn on nobody yet: its own shares are taken out of balances, years and
    portfolio. Parties that `defaulted` of its file names bear nothing.

    Raises:
        Invalid: a fact that the scheme needs is not registered.
    """
    contract, standing = case.contract, case.standing
    facts = facts_of_the_day(
        session,
        case.scheme.scheme,
        client_id=case.claim.client_id,
        loan_minor=contract.amount.minor,
        currency=case.claim.currency,
        ip_share=contract.loan.ip_share if contract.loan else Fraction(1),
        tier=contract.tier,
        on=standing.counts_on if standing else on,
        lock=lock,
    )
    facts = replace(facts, defaulted=frozenset(case.claim.file.get("defaulted", ())))
    if standing is None:
        return facts
    own = [
        (share.party, share.paid_minor, share.given_back_minor)
        for share in store.shares(session, standing.id)
    ]
    return without(facts, case.scheme.scheme, own)


def check_papers(case: Case, papers: Iterable[str]) -> None:
    """Refuse a paper that neither the policy nor a later request asks for."""
    wanted = listed(case.contract.papers, case.claim.file)
    for code in papers:
        if code not in wanted:
            known = ", ".join(wanted)
            raise invalid("papers", f"{code!r} is no paper of this policy", f"use one of {known}")


def missing_papers(case: Case) -> list[str]:
    """Return the codes of the papers that are still missing, in the order of the policy."""
    file = case.claim.file
    return [code for code in listed(case.contract.papers, file) if code not in file["papers"]]
