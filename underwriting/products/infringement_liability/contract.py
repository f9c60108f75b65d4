"""The terms that binding infringement liability freezes."""

from typing import Any

from kernel.period import Period
from kernel.wire import MoneyWire
from underwriting.disputes.plain_share import plain_share
from underwriting.product import Rated
from underwriting.products.infringement_liability.matters import KnownMatter, Treatment
from underwriting.products.infringement_liability.printed import particulars, terms_of
from underwriting.products.infringement_liability.risk import InfringementLiabilityRisk
from underwriting.products.infringement_liability.suit_terms import STAGES
from underwriting.rules.contract import Contract


def contract(risk: InfringementLiabilityRisk, basis: Rated) -> Contract:
    """Return the terms.

    Raises:
        Invalid: the scheme is not one plain layer, or the issuer bears nothing under it.
    """
    share = plain_share(basis.scheme, risk.cover.issuer)
    insured = risk.insured.name if risk.insured else "policyholder"
    return Contract(
        policyholder=risk.policyholder.name,
        policyholder_id=risk.policyholder.register_id,
        insured=insured,
        beneficiary=insured,
        issuer=risk.cover.issuer,
        settles="several",
        sum_insured=risk.most_payable,
        period=Period.of_months(risk.cover.start, risk.cover.months),
        waiting_days=basis.terms["waiting_days"],
        notice_days=basis.terms["notice_days"],
        call_working_days=basis.terms["call_working_days"],
        papers=basis.terms["papers"],
        earning=(1,) * risk.cover.months,
        subsidy=risk.subsidy.agreed() if risk.subsidy else None,
        terms=terms_of(risk, share),
        agreed={
            **_money_terms(risk),
            **_scope(risk),
            "higher_retention": basis.terms["higher_retention"],
            "pay_days": basis.terms["agreement_days"],
            "particulars": particulars(risk, basis.terms),
        },
    )


def _money_terms(risk: InfringementLiabilityRisk) -> dict[str, Any]:
    """What a claim is paid by; amounts in whole minor units, shares exact texts."""
    cover = risk.cover
    return {
        "defence": cover.defence.value,
        "retention_minor": _minor(cover.retention),
        "copay_panel": cover.copay_panel,
        "copay_off_panel": cover.copay_off_panel,
        "counsel": cover.counsel.value,
        "stage_caps_minor": {name: _minor(getattr(cover.stage_caps, name)) for name in STAGES},
        "npe_sublimit_minor": _minor(cover.npe_sublimit),
        "fair_sublimit_minor": _minor(cover.exhibition.sublimit if cover.exhibition else None),
        "limit_minor": _minor(cover.limit),
        "aggregate_minor": _minor(cover.aggregate),
    }


def _scope(risk: InfringementLiabilityRisk) -> dict[str, Any]:
    """What a claim is tested by."""
    cover = risk.cover
    exhibition = cover.exhibition.fairs if cover.exhibition else ()
    return {
        "products": [one.code for one in risk.products],
        "courts": [court.value for court in cover.courts],
        "retroactive_date": cover.retroactive_date.isoformat(),
        "extended_reporting_months": cover.extended_reporting_months,
        "fairs": [fairs.court.value for fairs in exhibition],
        "indemnities": [one.customer for one in risk.indemnities] if cover.indemnities else [],
        "excluded": [_matter(one) for one in risk.known_matters
                     if one.treatment is Treatment.EXCLUDE],
        "at_higher_retention": [_matter(one) for one in risk.known_matters
                                if one.treatment is Treatment.HIGHER_RETENTION],
    }  # fmt: skip


def _matter(one: KnownMatter) -> dict[str, str]:
    return {
        "counterparty": one.counterparty,
        "product": one.product,
        "court": one.court.value,
        "on": one.on.isoformat(),
    }


def _minor(amount: MoneyWire | None) -> int | None:
    return amount.money().minor if amount else None
