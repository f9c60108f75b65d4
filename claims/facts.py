"""A claim with what it is measured by, read back from the books for acts and papers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlmodel import Session

from claims import store
from claims.counsel.measure import measure
from claims.known import others_of_each
from claims.on_record import records_on
from claims.rules.asked import listed, pauses
from claims.rules.bookings import Sides
from claims.rules.clocks import ASSESS_DAYS, PAY_DAYS, ClaimFile
from claims.rules.conduct.budget import Measured
from claims.rules.coverage.known import OtherCover
from claims.rules.kinds import Kind, Used, kind_of
from claims.rules.kinds.counted import counted_over
from claims.rules.loan_record import LoanRecord
from claims.rules.needed import needed
from claims.rules.own_share import without
from claims.tables import ClaimRow, SettlementRow
from kernel.errors import invalid
from kernel.period import add_days
from kernel.sharing import Facts, Role, Scheme
from underwriting import store as contracts
from underwriting.history.store import contracts_on
from underwriting.means import Means
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
        measured: its cost against its consented budgets; nothing where no budget was asked for.
        record: what the loan's own record says of its default; None where there is none.
    """

    claim: ClaimRow
    policy: PolicyRow
    contract: Contract
    scheme: SchemeText
    bank: str
    others: tuple[OtherCover, ...] = ()
    standing: SettlementRow | None = None
    used: Used = field(default_factory=Used)
    measured: Measured = field(default_factory=Measured)
    record: LoanRecord | None = None

    @property
    def kind(self) -> Kind:
        """The kind of claim that it is."""
        return kind_of(self.policy.product)

    @property
    def over(self) -> Mapping[str, int]:
        """Line -> minor units of cost above its consented budgets."""
        return self.measured.over()

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
    (found,) = cases_on(session, [(claim, policy)])
    return found


def cases_on(session: Session, rows: Sequence[store.Insured]) -> tuple[Case, ...]:
    """Put claims and their policies together; what they are measured by is read at once."""
    if not rows:
        return ()
    events = [(policy, claim.default_date) for claim, policy in rows]
    terms, others = contracts_on(session, events), others_of_each(session, events)
    standing = store.standing_of(session, [claim.id for claim, _ in rows])
    records = records_on(session, rows, standing)
    return tuple(
        Case(
            claim,
            policy,
            contract,
            frozen_scheme(policy.scheme_text),
            contracts.party(session, policy.client_id).name,
            others=covers,
            standing=standing.get(claim.id),
            used=_used_beside(session, claim, policy, contract),
            measured=measure(session, kind_of(policy.product), claim.id),
            record=records.get(claim.id),
        )
        for (claim, policy), contract, covers in zip(rows, terms, others, strict=True)
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


def payable(session: Session, on: date) -> tuple[str, ...]:
    """Return the ids of accepted claims whose waiting period has ended on a day."""
    rows = store.accepted(session)
    return tuple(case.claim.id for case in cases_on(session, rows) if payable_from(case) <= on)


def clock_file(case: Case) -> ClaimFile:
    """Return the claim's course for its clocks; days that the policy agrees replace the statute's.

    `agreed` of the contract states them as `assess_days` and `pay_days`.
    """
    claim, file, agreed = case.claim, case.claim.file, case.contract.agreed
    known = day(file, "known_on")
    assert known is not None, "a notice states when the bank knew"
    return ClaimFile(
        known_on=known,
        notified_on=claim.notified_on,
        requested_on=day(file, "requested_on"),
        completed_on=day(file, "completed_on"),
        assessed_on=day(file, "assessed_on"),
        agreed_on=day(file, "agreed_on"),
        first_assessed_on=day(file, "first_assessed_on"),
        first_agreed_on=day(file, "first_agreed_on"),
        settled_on=day(file, "settled_on"),
        payable_from=payable_from(case),
        denied=bool(file.get("denied")),
        pauses=pauses(file),
        assess_days=agreed.get("assess_days", ASSESS_DAYS),
        pay_days=agreed.get("pay_days", PAY_DAYS),
    )


def facts_for(
    session: Session, case: Case, on: date, *, lock: bool = False, means: Means | None = None
) -> Facts:
    """Return what the claim's frozen scheme asks of the day; pools are locked where `lock`.

    `means` are the pools and years that the act has read already, if any.

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
        means=means,
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
    """Return the codes of the papers that are needed and missing, in the order of the policy."""
    return [code for code in needed_papers(case) if code not in case.claim.file["papers"]]


def needed_papers(case: Case) -> dict[str, str]:
    """Return code -> name of the papers that the claim needs, by what is asked on it so far."""
    claim = case.claim
    return needed(case.policy.product, case.contract.papers, claim.asked, claim.file)
