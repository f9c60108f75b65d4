"""A claim with what it is measured by, read back from the books for acts and papers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlmodel import Session

from claims import store
from claims.rules.bookings import Sides
from claims.rules.clocks import ClaimFile
from claims.tables import ClaimRow
from kernel.desk import Desk
from kernel.errors import invalid
from kernel.finding import Effect, Finding
from kernel.period import add_days
from kernel.sharing import Facts, Role
from underwriting import store as contracts
from underwriting.history.store import contract_on
from underwriting.loan_events.store import loan_file
from underwriting.products import product
from underwriting.rules.contract import Contract
from underwriting.schemes.library import SchemeText, read_scheme
from underwriting.standing import facts_of_the_day
from underwriting.store import PolicyRow
from underwriting.watch.change_consented import change_consented


@dataclass(frozen=True, slots=True)
class Case:
    """A claim on its policy.

    Attributes:
        claim: the row.
        policy: the row.
        contract: the frozen terms.
        scheme: the frozen scheme.
        bank: name of the insured bank.
        unconsented: changes of the loan until the default that nobody consented to.
    """

    claim: ClaimRow
    policy: PolicyRow
    contract: Contract
    scheme: SchemeText
    bank: str
    unconsented: tuple[Finding, ...] = ()

    @property
    def sides(self) -> Sides:
        """Who is who in its settlement."""
        scheme = self.scheme.scheme
        bank = scheme.party_in(Role.BANK) or scheme.party_in(Role.INSURED) or ""
        issuer = self.contract.issuer
        return Sides(issuer, "" if bank == issuer else bank, self.contract.settles == "lead")


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
    changes = change_consented(loan_file(session, policy.id), claim.default_date)
    breaches = tuple(found for found in changes if found.effect is Effect.REFER)
    return Case(claim, policy, terms, scheme, bank, breaches)


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
    )


def cover_findings(case: Case, desk: Desk) -> tuple[Finding, ...]:
    """Test cover with what is known of the claim today.

    A change that nobody consented to waits for the adjuster's word on it, and stays on the list.
    """
    heard = case.claim.file.get("change_consented") is not None
    effect = Effect.INFORM if heard else Effect.WAIT
    breaches = (replace(found, effect=effect) for found in case.unconsented)
    tested = product(case.policy.product).test_cover(
        case.contract,
        default_date=case.claim.default_date,
        notified_on=case.claim.notified_on,
        file=case.claim.file,
        on=desk.on,
    )
    return (*tested, *breaches)


def facts_for(session: Session, case: Case, on: date, *, lock: bool = False) -> Facts:
    """Return what the claim's frozen scheme asks of the day; pools are locked where `lock`.

    Raises:
        Invalid: a fact that the scheme needs is not registered.
    """
    contract = case.contract
    return facts_of_the_day(
        session,
        case.scheme.scheme,
        client_id=case.claim.client_id,
        loan_minor=contract.amount.minor,
        currency=case.claim.currency,
        ip_share=contract.loan.ip_share if contract.loan else Fraction(1),
        tier=contract.tier,
        on=on,
        lock=lock,
    )


def check_papers(case: Case, papers: Iterable[str]) -> None:
    """Refuse a paper that the policy does not ask for."""
    for code in papers:
        if code not in case.contract.papers:
            known = ", ".join(case.contract.papers)
            raise invalid("papers", f"{code!r} is no paper of this policy", f"use one of {known}")


def missing_papers(case: Case) -> list[str]:
    """Return the codes of the papers that are still missing, in the order of the policy."""
    return [code for code in case.contract.papers if code not in case.claim.file["papers"]]
