"""The terms that binding infringement-loss cover freezes."""

from typing import Any

from kernel.period import Period
from underwriting.disputes.plain_share import plain_share
from underwriting.product import Rated
from underwriting.products.infringement_loss.branches import PERILS
from underwriting.products.infringement_loss.printed import particulars, terms_of
from underwriting.products.infringement_loss.risk import InfringementLossRisk
from underwriting.rules.contract import Contract


def contract(risk: InfringementLossRisk, basis: Rated) -> Contract:
    """Return the terms.

    Raises:
        Invalid: the scheme is not one plain layer, or the issuer bears nothing under it.
    """
    share = plain_share(basis.scheme, risk.cover.issuer)
    return Contract(
        policyholder=risk.insured.name,
        policyholder_id=risk.insured.register_id,
        insured="policyholder",
        beneficiary="policyholder",
        issuer=risk.cover.issuer,
        settles="several",
        sum_insured=risk.sum_insured,
        period=Period.of_months(risk.cover.start, risk.cover.months),
        waiting_days=basis.terms["waiting_days"],
        notice_days=basis.terms["notice_days"],
        call_working_days=basis.terms["call_working_days"],
        papers=basis.terms["papers"],
        earning=(1,) * risk.cover.months,
        subsidy=risk.subsidy.agreed() if risk.subsidy else None,
        terms=terms_of(risk, share),
        agreed={
            **_agreed(risk),
            "pay_days": basis.terms["agreement_days"],
            "particulars": particulars(risk),
        },
    )


def _agreed(risk: InfringementLossRisk) -> dict[str, Any]:
    """What a claim is measured by; amounts in whole minor units, shares exact texts."""
    return {
        "perils": {
            name: risk.minor(f"perils.{name}.sublimit")
            for name in PERILS
            if name in risk.cover.perils.taken
        },
        "retention_minor": risk.minor("retention"),
        "coinsurance": str(risk.copay),
        "limit_minor": risk.minor("limit"),
        "per_right_minor": risk.minor("per_right"),
        "aggregate_minor": risk.minor("aggregate"),
        "aggregate_basis": risk.cover.aggregate_basis.value,
        "exempt_minor": risk.minor("economic_benefit.exempt"),
        "average_value_minor": risk.minor("insured_value"),
        "retroactive_months": risk.cover.retroactive_months,
        "rights": [right.number for right in risk.rights],
        "known": [
            {"right": right.number, "infringer": one.infringer}
            for right in risk.rights
            for one in right.known
        ],
    }
