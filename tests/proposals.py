"""Proposals, schemes and everything that a price depends on, with sensible defaults."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kernel.money import Money
from kernel.sharing import Facts
from models.priors import load_priors
from underwriting.fits import fits_in_force
from underwriting.product import Rated
from underwriting.products import product
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk
from underwriting.receipt import Inputs
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

SAMPLES: Mapping[str, Mapping[str, Any]] = {"pledge_guarantee": _PLEDGE_GUARANTEE}
"""Product -> a proposal that is accepted as it stands."""


def _larger_loan(sample: Mapping[str, Any]) -> dict[str, Any]:
    amount = {"amount": "3300000.00", "currency": "CNY"}
    return {**sample, "loan": {**sample["loan"], "amount": amount}}


LARGER: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "pledge_guarantee": _larger_loan
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
    obligor_minor: int = 0,
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
            loan_minor=asked.loan.minor,
            ip_share=asked.ip_share,
            tier=asked.tier,
            balances=balances or {},
            **facts,
        ),
        obligor_minor=obligor_minor,
        on=on,
    )


def a_basis(inputs: Inputs) -> Rated:
    """What a product is rated on."""
    return Rated(
        scheme=inputs.scheme.scheme,
        facts=inputs.facts,
        priors=inputs.priors,
        fits=inputs.fits,
        terms=inputs.terms,
        obligor_minor=inputs.obligor_minor,
        on=inputs.on,
    )


def folder_of(path: Path, **texts: str) -> Path:
    """A folder of schemes: code -> text."""
    for code, text in texts.items():
        path.joinpath(f"{code.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
    return path
