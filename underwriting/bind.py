"""ACT: an accepted quote becomes a policy; its terms and scheme are frozen, premium is booked."""

import json
from dataclasses import replace

from sqlmodel import Session

from kernel.db import books
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from kernel.finding import Effect
from kernel.journal import entry
from kernel.money import Money
from underwriting import store
from underwriting.accumulate import Counted, accumulate
from underwriting.authorise import authorise
from underwriting.bookings import premium_moves
from underwriting.history.issue import record_issue
from underwriting.inputs import Inputs
from underwriting.numbers import number
from underwriting.offer import as_offered
from underwriting.preview import preview
from underwriting.products import product
from underwriting.receipt import Priced, price
from underwriting.schedule import file_schedule
from underwriting.tables import PolicyRow, QuoteRow


def bind(session: Session, quote_id: str, *, desk: Desk) -> PolicyRow:
    """Bind a quote that is accepted or approved and still stands.

    Raises:
        NotPermitted: nobody cleared it, and it is above the authority of who binds it.
        Conflict: it is declined, referred, bound or lapsed, or the facts of today would
            decline it.
    """
    row = store.quote(session, quote_id, lock=True)
    _check(row, desk)
    priced = price(product(row.product), Inputs.of(json.loads(row.receipt)["inputs"]))
    assert priced.receipt == row.receipt, "a stored quote replays to the same bytes"
    if row.state == "accepted":  # what was approved had its second person
        authorise(session, row, desk=desk)
    _check_today(session, row, priced, desk)
    priced = replace(priced, premium=as_offered(row, priced))
    policy = _policy(session, row, priced, desk)
    counted = Counted(
        minor=policy.sum_insured_minor,
        retained=priced.proposed.retained.minor,
        premium=policy.premium_minor - priced.premium.line("tax").minor,
        ends_on=policy.ends_on,
    )
    accumulate(session, policy, priced.proposed.keys, counted, desk=desk)
    subject = books.Subject("policy", policy.id)
    premium = entry(
        f"premium of policy {policy.number}",
        desk.on,
        policy.currency,
        premium_moves(priced.premium),
    )
    books.post(session, premium, subject=subject, key=f"premium:{policy.id}", at=desk.at)
    record_issue(session, policy, priced, desk=desk)
    gaps = file_schedule(session, row, policy, priced, desk=desk)
    payload = {
        "quote_id": row.id,
        "premium_minor": row.premium_minor,
        **({"findings": [found.json() for found in gaps]} if gaps else {}),
    }
    books.note(session, subject, "bound", payload, actor=desk.actor, at=desk.at)
    row.state = "bound"
    session.add(row)
    quote_subject = books.Subject("quote", row.id)
    books.note(
        session, quote_subject, "bound", {"policy_id": policy.id}, actor=desk.actor, at=desk.at
    )
    return policy


def _check(row: QuoteRow, desk: Desk) -> None:
    cures = {
        "referred": "have an underwriter approve it first",
        "declined": "mend what was declined and quote again",
        "bound": "read the policy that it was bound into",
        "withdrawn": "quote again",
    }
    if row.state in cures:
        fault = Fault("state", f"the quote is {row.state}", cures[row.state])
        raise Conflict("quote-not-open", fault)
    if desk.on > row.valid_until:
        fault = Fault("valid_until", f"the offer lapsed on {row.valid_until}", "quote again")
        raise Conflict("quote-lapsed", fault)


def _check_today(session: Session, row: QuoteRow, priced: Priced, desk: Desk) -> None:
    """Refuse what the facts of today would stop: a fuse has blown, a limit has filled up.

    What an underwriter has approved is stopped by a decline only.
    """
    line = product(row.product)
    risk = line.risk.model_validate(dict(priced.inputs.risk), strict=False)
    today = preview(session, row.client_id, risk, desk=desk, frozen=priced.inputs.scheme)
    stops = {Effect.DECLINE} if row.state == "approved" else {Effect.DECLINE, Effect.REFER}
    grounds = [found for found in today.findings if found.effect in stops]
    if grounds:
        faults = [Fault(f"findings.{found.code}", found.en, found.cure) for found in grounds]
        raise Conflict("no-longer-acceptable", *faults)


def _policy(session: Session, row: QuoteRow, priced: Priced, desk: Desk) -> PolicyRow:
    contract, id_ = priced.contract, new_id("po")
    assert contract.sum_insured == Money(row.sum_insured_minor, row.currency), "as quoted"
    return store.add(
        session,
        PolicyRow(
            id=id_,
            created_at=desk.at,
            number=number("PG", id_, desk.on),
            state="bound",
            product=row.product,
            quote_id=row.id,
            client_id=row.client_id,
            borrower_register_id=row.borrower_register_id,
            scheme_code=row.scheme_code,
            currency=row.currency,
            sum_insured_minor=row.sum_insured_minor,
            premium_minor=row.premium_minor,
            starts_on=contract.period.start,
            ends_on=contract.period.end,
            contract=contract.json(),
            scheme_text=priced.inputs.scheme.text,
            scheme_sha256=priced.inputs.scheme.sha256,
        ),
    )
