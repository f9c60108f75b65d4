"""New terms for a policy that is there: priced anew under its own scheme, and decided on.

What a rule refers is kept as a quote that a second person clears; the same request is then sent
again with that quote in the place of the risk.
"""

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlmodel import Session

from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid
from kernel.finding import Finding
from kernel.money import Money
from underwriting import store
from underwriting.authorise import authorise
from underwriting.history.store import AmendmentRow, amendment_of
from underwriting.holdings.exposed import exposures_of
from underwriting.inputs import Inputs
from underwriting.preview import gather
from underwriting.pricing.offered import offered
from underwriting.product import Risk
from underwriting.products import product
from underwriting.quote import drafted
from underwriting.receipt import Priced, price
from underwriting.rules.appetite import Outcome
from underwriting.rules.history import Kind
from underwriting.schemes.library import read_scheme
from underwriting.tables import PolicyRow, QuoteRow


@dataclass(frozen=True, slots=True)
class Terms:
    """New terms as they are asked for: a whole risk, or a quote of them that was cleared.

    Attributes:
        risk: the proposal, checked; None where a quote is named.
        quote_id: the quote; None where a risk is stated.
    """

    risk: Risk | None = None
    quote_id: str | None = None

    def __post_init__(self) -> None:
        assert (self.risk is None) is not (self.quote_id is None), "one of the two"


@dataclass(frozen=True, slots=True)
class Proposal:
    """New terms, priced.

    Attributes:
        priced: the terms, with the premium as it is offered.
        quote: the cleared quote that they came from; None where they are new.
    """

    priced: Priced
    quote: QuoteRow | None

    @property
    def outcome(self) -> Outcome:
        """What becomes of them: a quote that was cleared is accepted."""
        return Outcome.ACCEPTED if self.quote else self.priced.outcome

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding on them."""
        return self.priced.findings


def proposed(
    session: Session,
    policy: PolicyRow,
    terms: Terms,
    *,
    desk: Desk,
    lock: bool = False,
    counts: Path | None = None,
) -> Proposal:
    """Price new terms for a policy with today's tariff and its own frozen scheme.

    A quote that is named is held against other writers where `lock`.

    Raises:
        NotFound: there is no such quote.
        Conflict: the quote is not of this policy, not cleared, lapsed, or would be declined
            today.
    """
    if terms.risk is not None:
        return Proposal(_repriced(session, policy, terms.risk, desk, counts), None)
    assert terms.quote_id is not None, "one of the two"
    row = store.quote(session, terms.quote_id, lock=lock)
    meant = amendment_of(session, row.id)
    if meant is None or meant.policy_id != policy.id:
        cure = "name the quote that this policy's own preview or act gave"
        raise Conflict("quote-of-another", Fault("quote_id", "is not of this policy", cure))
    _check_open(row, desk)
    line = product(row.product)
    priced = price(line, Inputs.of(json.loads(row.receipt)["inputs"]))
    assert priced.receipt == row.receipt, "a stored quote replays to the same bytes"
    risk = line.risk.model_validate(dict(priced.inputs.risk), strict=False)
    _check_today(_repriced(session, policy, risk, desk, counts))
    total, tax = Money(row.premium_minor, row.currency), priced.inputs.terms["loadings"]["tax"]
    premium = offered(priced.premium, total, tax, subsidy=priced.contract.subsidy)
    return Proposal(replace(priced, premium=premium), row)


def keep_quote(
    session: Session,
    policy: PolicyRow,
    proposal: Proposal,
    kind: Kind,
    effective_on: date,
    *,
    desk: Desk,
) -> QuoteRow:
    """Keep new terms as a quote of this policy; bound at once where nothing stops them.

    Raises:
        NotPermitted: nobody cleared them, and they are above the authority of who is at the desk.
    """
    row = proposal.quote
    if row is None:
        row = store.add(session, drafted(proposal.priced, policy.client_id, desk=desk))
        meant = AmendmentRow(
            id=new_id("am"), created_at=desk.at, quote_id=row.id, policy_id=policy.id,
            kind=kind.value, effective_on=effective_on,
        )  # fmt: skip
        write(session, meant)
        stated = {"state": row.state, "premium_minor": row.premium_minor, "policy_id": policy.id}
        _note(session, row, "quoted", stated, desk)
    if proposal.outcome is Outcome.ACCEPTED:
        if row.state == "accepted":  # what was approved had its second person
            authorise(session, row, desk=desk)
        row.state = "bound"
        session.add(row)
        _note(session, row, "bound", {"policy_id": policy.id, "as": kind.value}, desk)
    return row


def _repriced(
    session: Session, policy: PolicyRow, risk: Risk, desk: Desk, counts: Path | None
) -> Priced:
    """Price a risk under the policy's scheme; the policy itself does not count beside it."""
    _check_risk(policy, risk)
    scheme = read_scheme(policy.scheme_text, "frozen scheme")
    inputs = gather(session, policy.client_id, risk, desk=desk, frozen=scheme, counts=counts)
    before = inputs.exposures
    others = exposures_of(session, before.held, before.currency, desk.on, but=policy.id)
    return price(product(risk.product), replace(inputs, exposures=others))


def _check_risk(policy: PolicyRow, risk: Risk) -> None:
    asked = (
        ("risk.product", policy.product, risk.product),
        ("risk.cover.scheme", policy.scheme_code, risk.asked().scheme),
    )
    faults = [
        Fault(field, f"is {after}; the policy has {before}", "keep it, or quote a new policy")
        for field, before, after in asked
        if before != after
    ]
    if faults:
        raise Invalid("another-policy", *faults)


def _check_open(row: QuoteRow, desk: Desk) -> None:
    if row.state not in ("accepted", "approved"):
        cure = "have a second person approve it" if row.state == "referred" else "state the risk"
        raise Conflict("quote-not-open", Fault("quote_id", f"the quote is {row.state}", cure))
    if desk.on > row.valid_until:
        words = f"the offer lapsed on {row.valid_until}"
        raise Conflict("quote-lapsed", Fault("quote_id", words, "state the risk again"))


def _check_today(today: Priced) -> None:
    """Refuse what the facts of today would decline, whoever cleared it before."""
    if today.outcome is Outcome.DECLINED:
        faults = [Fault(f"findings.{one.code}", one.en, one.cure) for one in today.findings]
        raise Conflict("no-longer-acceptable", *faults)


def _note(
    session: Session, row: QuoteRow, kind: str, payload: dict[str, object], desk: Desk
) -> None:
    subject = books.Subject("quote", row.id)
    books.note(session, subject, kind, payload, actor=desk.actor, at=desk.at)
