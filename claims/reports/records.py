"""The records that reports count: one for each policy, one for each limit of the house."""

import json
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any, Final

from sqlmodel import Session, col, select

from claims.facts import frozen_scheme
from claims.reports.account import premium_booked
from claims.reports.losses import PolicyLosses, losses_of
from claims.reports.period import Asked
from claims.reports.standing import Stood, stood
from claims.rules.reporting.template import Template
from kernel.sharing import UNCOVERED, Role
from underwriting import store as contracts
from underwriting.store import MeasureRow
from underwriting.watch.npl import npl_law

Record = Mapping[str, Any]
_CITY: Final = slice(2, 6)
"""Digits of a unified social credit code that name the city of registration (GB 32100-2015)."""


def policies(session: Session, asked: Asked, template: Template) -> tuple[Record, ...]:
    """Return a record of each policy in the currency of the report, of the bank where one is named.

    A record has `rights` only where the template counts them: they are read from receipts.

    Days in force are those of the period's last day, by all that is known now: what became known
    after the period closed belongs to it by the day on which it happened.
    """
    seen = stood(
        session, asked.closes_on, client_id=asked.whom.get("bank_id"), currency=asked.currency
    )
    held = [one for one in seen if one.moves and one.moves[0].booked_on <= asked.closes_on]
    premiums = premium_booked(session, asked.currency, asked.opens_on, asked.closes_on)
    lost, rights = losses_of(session, asked), "rights" in template.fields

    @cache
    def npl(bank_id: str) -> Fraction | None:
        return _own_npl(session, asked, bank_id)

    return tuple(
        {
            **_of_policy(session, asked, one),
            **({"rights": _rights(session, one)} if rights else {}),
            **_of_loan(asked, one, lost.get(one.policy.id, PolicyLosses())),
            **_of_losses(one, lost.get(one.policy.id, PolicyLosses())),
            "premium_minor": premiums.get(one.policy.id, 0),
            "own_npl": npl(one.policy.client_id),
        }
        for one in held
    )


def _of_policy(session: Session, asked: Asked, one: Stood) -> Record:
    row = one.policy
    subsidy = [move.delta_subsidy_minor for move in one.moves if asked.covers(move.booked_on)]
    return {
        "number": row.number,
        "product": row.product,
        "scheme": row.scheme_code,
        "currency": row.currency,
        "bank": contracts.party(session, row.client_id).name,
        "firm": row.borrower_register_id,
        "city": _city(row.borrower_register_id),
        "issued": asked.covers(one.moves[0].booked_on),
        "in_force": one.in_force,
        "sum_minor": one.terms.sum_insured.minor,
        "subsidy_minor": sum(subsidy),
        "first_loan": None,
    }


def _of_loan(asked: Asked, one: Stood, lost: PolicyLosses) -> Record:
    """Return what is lent and owed; None where no loan is, or none is reported."""
    reported = one.loan is not None
    lent = one.lent_within(asked.opens_on, asked.closes_on)
    return {
        "is_loan": one.lent is not None,
        "lent_minor": lent,
        "lent": bool(lent),
        "secured_minor": one.secured if reported else None,
        "reported": reported,
        "owed_minor": one.owed if reported else None,
        "owing": bool(one.owed) if reported else None,
        "bad_minor": None if _ungraded(one, lost) else one.bad,
    }


def _ungraded(one: Stood, lost: PolicyLosses) -> bool:
    """Is the loan overdue and claimed, and never graded? Whether it is bad nobody has said then."""
    loan = one.loan
    late = loan is not None and loan.loan_class is None and loan.overdue_since is not None
    return late and lost.claimed


def _of_losses(one: Stood, lost: PolicyLosses) -> Record:
    """Return what was lost in the period, by role."""
    scheme, issuer = frozen_scheme(one.policy.scheme_text).scheme, one.terms.issuer
    pools = [party for party, role in scheme.roles.items() if role is Role.POOL]
    borne, back = lost.borne, lost.back
    return {
        "notified": lost.notified,
        "settled": lost.settled,
        "loss_minor": lost.eligible,
        "own_loss_minor": borne.get(issuer, 0),
        "own_back_minor": back.get(issuer, 0),
        "own_net_minor": borne.get(issuer, 0) - back.get(issuer, 0),
        "pool_loss_minor": sum(borne.get(party, 0) for party in pools),
        "pool_back_minor": sum(back.get(party, 0) for party in pools),
        "compensated_minor": lost.eligible - borne.get(UNCOVERED, 0),
    }


def _own_npl(session: Session, asked: Asked, bank_id: str) -> Fraction | None:
    """Return the bank's own ratio by its newest statement until the period's end."""
    query = (
        select(MeasureRow)
        .where(MeasureRow.bank_id == bank_id, MeasureRow.measure == npl_law()["measure"])
        .where(col(MeasureRow.as_of) <= asked.closes_on)
        .order_by(col(MeasureRow.as_of).desc(), col(MeasureRow.created_at).desc())
        .limit(1)
    )
    row = session.exec(query).one_or_none()
    return None if row is None else Fraction(row.ratio)


def _rights(session: Session, one: Stood) -> tuple[str, ...]:
    """Return the rights of the first terms, each by office and number without blanks."""
    receipt = json.loads(contracts.quote(session, one.policy.quote_id).receipt)
    rights = receipt["inputs"]["risk"].get("rights", ())
    return tuple(
        f"{right.get('office', 'CN')} {''.join(str(right['number']).split()).upper()}"
        for right in rights
        if right.get("number")
    )


def _city(register_id: str) -> str | None:
    """Return the city's code; None where the number is no unified social credit code.

    >>> _city("91442000MA4EXAMPL1"), _city("HRB 1234")
    ('4420', None)
    """
    city = register_id[_CITY]
    unified = len(register_id) == 18 and city.isdigit()  # noqa: PLR2004 - digits of the code
    return city if unified else None
