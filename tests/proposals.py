"""Proposals, schemes and everything that a price depends on, with sensible defaults."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from kernel.money import Money
from kernel.sharing import Facts
from models.priors import load_priors
from underwriting.fits import fits_in_force
from underwriting.inputs import Inputs
from underwriting.known.known import NOTHING
from underwriting.portfolio.exposures import Exposures
from underwriting.portfolio.limits import load_limits
from underwriting.portfolio.means import Means
from underwriting.product import Rated
from underwriting.products import product
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk
from underwriting.schemes import SchemeText, load_schemes
from underwriting.schemes.library import read_scheme

QUOTED = date(2025, 3, 3)
DRAWDOWN = date(2025, 3, 10)

_PLEDGE_GUARANTEE: dict[str, Any] = {
    "product": "pledge_guarantee",
    "borrower": {
        "name": "示范机械有限公司",
        "register_id": "91442000MA4EXAMPL1",
        "grade": "BB",
    },
    "loan": {
        "contract": "2026-001",
        "amount": {"amount": "3000000.00", "currency": "CNY"},
        "annual_rate": "0.0435",
        "term_months": 12,
        "drawdown": DRAWDOWN.isoformat(),
        "plan": "bullet",
        "purpose": "流动资金 working capital",
        "refinancing": False,
        "ip_share": "1",
    },
    "rights": [
        {
            "kind": "invention",
            "number": "ZL202010000001.X",
            "title": "自动装配装置 automatic assembly device",
            "owner": "示范机械有限公司",
            "filed": "2020-03-01",
            "granted": "2022-05-06",
            "expires": "2040-03-01",
            "appraised": {"amount": "8600000.00", "currency": "CNY"},
            "appraised_on": "2025-01-20",
            "appraiser": "示范资产评估有限公司",
        }
    ],
    "cover": {"scheme": "qingdao-2015", "issuer": "insurer"},
}
SOUND: Mapping[str, Any] = {
    "net_profit_to_assets": 0.05,
    "liabilities_to_assets": 0.45,
    "working_capital_to_assets": 0.25,
    "current_ratio": 1.8,
    "retained_earnings_to_assets": 0.1,
    "ebit_to_assets": 0.07,
    "sales_to_assets": 1.2,
    "inventory_days": 40,
    "sales_to_last_year": 1.1,
    "cash_flow_to_liabilities": 0.25,
    "interest_cover": 4.0,
    "receivable_days": 60,
    "quick_ratio": 1.1,
    "costs_to_sales": 0.94,
}
"""Accounts of a sound borrower, as the score reads them."""

ILL: Mapping[str, Any] = {
    **SOUND,
    "net_profit_to_assets": -0.4,
    "liabilities_to_assets": 1.6,
    "working_capital_to_assets": -0.8,
    "current_ratio": 0.3,
    "retained_earnings_to_assets": -0.6,
    "ebit_to_assets": -0.4,
    "cash_flow_to_liabilities": -0.25,
    "quick_ratio": 0.2,
    "costs_to_sales": 1.6,
}
"""The same of one that is failing."""

_INFRINGEMENT_LIABILITY: dict[str, Any] = {
    "product": "infringement_liability",
    "policyholder": {"name": "示范电器有限公司", "register_id": "91320200MA1EXAMPL7"},
    "products": [
        {
            "code": "WM-8",
            "title": "滚筒洗衣机 drum washing machine",
            "technology": "mechanical",
            "sales": [
                {"court": "CN", "annual": {"amount": "50000000.00", "currency": "CNY"}},
                {"court": "DE", "annual": {"amount": "12000000.00", "currency": "CNY"}},
            ],
        }
    ],
    "cover": {
        "start": DRAWDOWN.isoformat(),
        "months": 12,
        "courts": ["CN", "DE"],
        "defence": "inside",
        "limit": {"amount": "1000000.00", "currency": "CNY"},
        "aggregate": {"amount": "2000000.00", "currency": "CNY"},
        "retention": {"amount": "20000.00", "currency": "CNY"},
        "copay_panel": "10/100",
        "copay_off_panel": "20/100",
        "counsel": "panel",
        "retroactive_date": "2023-03-10",
    },
}

_INFRINGEMENT_LOSS: dict[str, Any] = {
    "product": "infringement_loss",
    "insured": {"name": "示范机械有限公司", "register_id": "91442000MA4EXAMPL1"},
    "rights": [
        {
            "kind": "invention",
            "number": "ZL202010000001.X",
            "title": "自动装配装置 automatic assembly device",
            "owner": "示范机械有限公司",
            "filed": "2020-03-01",
            "granted": "2022-05-06",
            "expires": "2040-03-01",
            "technology": "mechanical",
            "sales": {"amount": "20000000.00", "currency": "CNY"},
            "margin": "0.15",
        }
    ],
    "cover": {
        "start": DRAWDOWN.isoformat(),
        "months": 12,
        "retroactive_months": 12,
        "perils": {
            "investigation": {"sublimit": {"amount": "100000.00", "currency": "CNY"}},
            "litigation": {},
            "loss_of_profit": {},
            "adverse_costs": {},
        },
        "retention": {"amount": "10000.00", "currency": "CNY"},
        "coinsurance": "0.1",
        "limit": {"amount": "850000.00", "currency": "CNY"},
        "aggregate": {"amount": "850000.00", "currency": "CNY"},
    },
}

_CHIPS: dict[str, Any] = {
    "hs": "8542310000",
    "origin": "KR",
    "value": {"amount": "2000000.00", "currency": "CNY"},
    "duty_rate": "0",
    "vat_rate": "0.13",
}
"""A declaration of integrated circuits: duty free, VAT of 260,000.00."""

_CUSTOMS_RIGHT: dict[str, Any] = {
    "kind": "invention",
    "number": "ZL202010000001.X",
    "title": "封装装置 packaging device",
    "owner": "示范电子有限公司",
    "filed": "2020-03-01",
    "granted": "2022-05-06",
    "expires": "2040-03-01",
    "appraised": {"amount": "9000000.00", "currency": "CNY"},
    "appraised_on": "2025-01-20",
    "appraiser": "示范资产评估有限公司",
    "haircut": "0.1",
}

_CUSTOMS_GUARANTEE: dict[str, Any] = {
    "product": "customs_guarantee",
    "importer": {
        "name": "示范电子有限公司",
        "register_id": "91510100MA6EXAMPL1",
        "grade": "BB",
        "customs_code": "5101234567",
        "credit": "ordinary",
    },
    "use": {
        "mode": "revolving",
        "purposes": ["payment_term"],
        "registered": {"code": "7900", "name": "示范海关"},
        "declared": [{"code": "7901", "name": "示范机场海关"}],
        "declarations_per_month": 12,
        "usable_from": "2025-03-10",
        "usable_until": "2026-03-09",
        "claim_until": "2026-09-09",
    },
    "goods": [{"name": "集成电路 integrated circuits", "alternatives": [_CHIPS]}],
    "rights": [_CUSTOMS_RIGHT],
    "arrears": {
        "checked_on": "2025-02-24",
        "certificate": "无欠税证明 1",
        "amount": {"amount": "0.00", "currency": "CNY"},
    },
    "cover": {"amount": {"amount": "3000000.00", "currency": "CNY"}},
}

SAMPLES: Mapping[str, Mapping[str, Any]] = {
    "pledge_guarantee": _PLEDGE_GUARANTEE,
    "infringement_liability": _INFRINGEMENT_LIABILITY,
    "infringement_loss": _INFRINGEMENT_LOSS,
    "customs_guarantee": _CUSTOMS_GUARANTEE,
}
"""Product -> a proposal that is accepted as it stands."""


def _larger_loan(sample: Mapping[str, Any]) -> dict[str, Any]:
    amount = {"amount": "3300000.00", "currency": "CNY"}
    return {**sample, "loan": {**sample["loan"], "amount": amount}}


def _larger_limits(sample: Mapping[str, Any]) -> dict[str, Any]:
    raised = {
        "limit": {"amount": "1500000.00", "currency": "CNY"},
        "aggregate": {"amount": "3000000.00", "currency": "CNY"},
    }
    return {**sample, "cover": {**sample["cover"], **raised}}


def _larger_letter(sample: Mapping[str, Any]) -> dict[str, Any]:
    amount = {"amount": "3100000.00", "currency": "CNY"}
    return {**sample, "cover": {**sample["cover"], "amount": amount}}


LARGER: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "pledge_guarantee": _larger_loan,
    "infringement_liability": _larger_limits,
    "infringement_loss": _larger_limits,
    "customs_guarantee": _larger_letter,
}
"""Product -> the same proposal with more at stake: it never costs less."""


def risk_json(
    *, right: Mapping[str, Any] | None = None, rights: list[Any] | None = None, **parts: Any
) -> dict[str, Any]:
    """A proposal on the wire; each part is laid over the sample's, `right` over its only right."""
    sample: dict[str, Any] = dict(_PLEDGE_GUARANTEE)
    for name, value in parts.items():
        below = sample.get(name)
        sample[name] = {**below, **value} if isinstance(below, dict) and value else value
    sample["rights"] = rights or [{**_PLEDGE_GUARANTEE["rights"][0], **(right or {})}]
    return sample


def a_risk(**parts: Any) -> PledgeGuaranteeRisk:
    """The same, checked."""
    return PledgeGuaranteeRisk.model_validate(risk_json(**parts), strict=False)


def cny(amount: str) -> dict[str, str]:
    """Yuan on the wire."""
    return {"amount": amount, "currency": "CNY"}


def yuan(amount: str) -> Money:
    """Yuan in the books."""
    return Money.of(amount, "CNY")


def a_scheme(code: str = "test", *, more: str = "", **terms: str) -> SchemeText:
    """A scheme of two parties, insurer 80 % and bank 20 %; `more` is TOML put at its end."""
    return read_scheme(scheme_text(code, more=more, **terms), f"{code}.toml")


def scheme_text(code: str = "test", *, more: str = "", **terms: str) -> str:
    """The text of such a scheme."""
    since, until = terms.pop("valid_from", "2020-01-01"), terms.pop("valid_to", "")
    layers = terms.pop("layers", '[[layers]]\nshares = { insurer = "80/100", bank = "20/100" }')
    head = {
        "title": "a scheme for tests",
        "source": "written for tests",
        "loss_base": "principal",
        "eligible": "whole",
        "pays_on": "overdue",
        "residual": "uncovered",
        "recovery": "pro_rata",
    } | terms
    lines = [f'code = "{code}"', f"valid_from = {since}"]
    lines += [f"valid_to = {until}"] if until else []
    lines += [f'{key} = "{value}"' for key, value in head.items()]
    return "\n".join([*lines, layers, more])


def shipped(code: str) -> SchemeText:
    """One of the schemes that are shipped."""
    return load_schemes()[code]


def some_inputs(
    risk: PledgeGuaranteeRisk | None = None,
    *,
    scheme: SchemeText | None = None,
    balances: Mapping[str, int] | None = None,
    exposures: Exposures | None = None,
    on: date = QUOTED,
    **facts: Any,
) -> Inputs:
    """Everything that a price depends on, with no database."""
    risk = risk or a_risk()
    asked = risk.asked()
    return Inputs(
        product=risk.product,
        risk=risk.model_dump(mode="json"),
        scheme=scheme or shipped(asked.scheme),
        terms=product(risk.product).terms,
        priors=load_priors(),
        fits=fits_in_force(risk.product, on),
        facts=Facts(
            loan_minor=asked.amount.minor,
            ip_share=asked.ip_share,
            tier=asked.tier,
            balances=balances or {},
            **facts,
        ),
        exposures=exposures or some_exposures(asked.amount.currency, on),
        known=NOTHING,
        limits=load_limits(),
        on=on,
    )


def some_means(currency: str, on: date) -> Means:
    """What a sound insurer stated of itself at the end of the last quarter, ten billion of it."""
    billion = Money.of("1000000000", currency).minor
    return Means(
        currency=currency,
        as_of=date(on.year, (on.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1),
        source="written for tests",
        net_assets=10 * billion,
        capital_and_reserves=10 * billion,
        retained_premium=billion,
        retained_guarantee=5 * billion,
        retained_financing=2 * billion,
        small_business_share=Fraction(2, 5),
        core_solvency=Fraction(2),
        comprehensive_solvency=Fraction(5, 2),
    )


def some_exposures(currency: str = "CNY", on: date = QUOTED) -> Exposures:
    """A house that holds nothing, and has stated its means."""
    return replace(Exposures.nothing(currency), means=some_means(currency, on))


def a_basis(inputs: Inputs) -> Rated:
    """What a product is rated on."""
    return inputs.basis


def folder_of(path: Path, **texts: str) -> Path:
    """A folder of schemes: code -> text."""
    for code, text in texts.items():
        path.joinpath(f"{code.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
    return path


EVENT = date(2025, 12, 1)
"""A filing accepted, a suit made, a demand received: inside the cover of every sample."""

MATTERS: dict[str, tuple[dict[str, int], dict[str, Any], dict[str, bool]]] = {
    "infringement_loss": (
        {"litigation": 30_000_000},
        {"first_infringed_on": date(2025, 9, 1), "right_number": "ZL202010000001.X"},
        {"filing_accepted": True, "counsel_consented": True, "right_in_force": True,
         "known_at_inception": False, "related_infringer": False, "claim_waived": False,
         "settled_unconsented": False, "fraud_by_insured": False},
    ),
    "infringement_liability": (
        {"first_instance": 20_000_000, "damages": 40_000_000},
        {"product": "WM-8", "court": "DE", "counterparty": "示范竞争者",
         "first_act_on": date(2025, 6, 1), "cause_first_made_on": EVENT,
         "third_party_paid": False},
        {"counsel_consented": True, "settled_unconsented": False, "wilful": False,
         "known_at_inception": False, "only_by_contract": False, "criminal": False,
         "fraud_by_insured": False},
    ),
    "customs_guarantee": (
        {"tax": 1_000_000},
        {},
        {"demand_in_writing": True, "district_covered": True, "purpose_covered": True,
         "arose_while_usable": True, "within_available": True, "importer_misstated": False},
    ),
}  # fmt: skip
"""Product -> what is asked, facts of the notice, conduct as it should be."""
