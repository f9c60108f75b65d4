"""The price as a receipt: a pure function of frozen inputs, the same bytes every time.

A quote stores its `Inputs`: the proposal, the text of the scheme, the tariff, the published
figures used and the facts of the day. `price` makes the receipt from them; whoever runs it
again, years later, gets the same bytes and the same cents.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from kernel.canonical import canonical_json, canonical_list, canonical_object
from kernel.finding import Finding
from kernel.money import Money, format_minor
from models.priors import Prior
from underwriting.fits import fits_json
from underwriting.inputs import Inputs
from underwriting.pricing.view import LossView
from underwriting.product import Product, Risk
from underwriting.valued import Valued, value

VERSION = 3
"""Of the receipt's form; raised when its fields change, never reused."""

_DIGITS = 12
"""Significant digits of a float in a receipt: the last bits of libm are not promised."""


@dataclass(frozen=True, slots=True)
class Priced(Valued):
    """A valued proposal with its receipt.

    Attributes:
        receipt: all of it, as canonical JSON.
    """

    receipt: str


def price(product: Product, inputs: Inputs, risk: Risk | None = None) -> Priced:
    """Price frozen inputs and write the receipt; `risk` as for `value`.

    Raises:
        As `value`.
    """
    valued = value(product, inputs, risk)
    return Priced(
        **{one.name: getattr(valued, one.name) for one in fields(valued)}, receipt=written(valued)
    )


def written(valued: Valued) -> str:
    """Return the receipt: every line, what it was made from, and its source.

    What many receipts share is written once: findings, figures, tariff, limits.
    """
    own = _own_json(valued)
    return canonical_object(
        {
            **{name: canonical_json(stated, name) for name, stated in own.items()},
            "findings": canonical_list(map(_finding, valued.findings)),
            "figures": canonical_list(
                (*map(_figure, valued.loss.priors), *map(canonical_json, valued.loss.rows))
            ),
            "inputs": valued.inputs.written(),
        }
    )


@lru_cache(maxsize=1024)
def _finding(finding: Finding) -> str:
    return canonical_json(finding.json())


@lru_cache(maxsize=2048)
def _figure(prior: Prior) -> str:
    return canonical_json(
        {
            "key": prior.key,
            "value": prior.value,
            "grade": prior.grade,
            "source": prior.source,
            "unverified": prior.unverified,
        }
    )


def _own_json(valued: Valued) -> dict[str, Any]:
    """Return what is this proposal's own."""
    inputs, loss, scheme = valued.inputs, valued.loss, valued.inputs.scheme.scheme
    return {
        "receipt_version": VERSION,
        "decision": valued.outcome.value,
        "contract": valued.contract.json(),
        "premium": _premium_json(valued),
        "loss": _loss_json(loss, valued.contract.currency),
        "headroom": [row.json() for row in valued.headroom],
        "scheme": {
            "code": scheme.code,
            "title": scheme.title,
            "source": scheme.source,
            "sha256": inputs.scheme.sha256,
            "unverified": dict(scheme.unverified),
        },
        "tariff": inputs.terms["version"],
        "fit_ids": [inputs.priors.fit_id, *loss.fit_ids],
        "fits": fits_json(inputs.fits),
    }


def _premium_json(valued: Valued) -> dict[str, Any]:
    premium, contract = valued.premium, valued.contract
    yearly = premium.total.minor / contract.sum_insured.minor / contract.period.years
    return {
        "total": {"amount": premium.total.text, "currency": premium.total.currency},
        "rate_per_year": rounded(yearly),
        "challenger": valued.challenger and valued.challenger.text,
        "margin_method": valued.loss.margin.method,
        "lines": [
            {
                "code": line.code,
                "label": line.en,
                "label_zh": line.zh,
                "basis": line.basis,
                "amount": line.amount.text,
            }
            for line in premium.lines
        ],
        "payers": [
            {"payer": payer.payer, "basis": payer.basis, "amount": payer.amount.text}
            for payer in premium.payers
        ],
    }


def _loss_json(loss: LossView, currency: str) -> dict[str, Any]:
    unit = 10 ** _places(currency)
    return {
        "perils": {peril.code: rounded(peril.expected / unit) for peril in loss.perils},
        "experience": {"factor": rounded(loss.experience.factor), "basis": loss.experience.basis},
        "steps": [
            {
                "code": step.code,
                "label": step.en,
                "label_zh": step.zh,
                "basis": step.basis,
                "expected_loss": rounded(step.expected / unit),
            }
            for step in loss.steps
        ],
        "drivers": {name: rounded(figure) for name, figure in loss.drivers.items()},
        "challenger": loss.comparison and _rounded(loss.comparison.json()),
        "score": loss.score and _rounded(loss.score),
        "score_beside_grade": loss.contest and _rounded(loss.contest.json()),
        "credibility": {
            "own_weight": rounded(loss.standing.credibility),
            "own_exposure": rounded(loss.standing.cohort),
            "share_published": rounded(loss.standing.share_prior),
        },
        "months": [
            {
                "month": row.month,
                "default_probability": rounded(row.default_probability),
                "exposure": format_minor(row.exposure, currency),
                "paid": format_minor(row.paid, currency),
                "given_back": format_minor(row.given_back, currency),
                "expected_loss": rounded(row.expected_loss / unit),
            }
            for row in loss.months
        ],
    }


def _rounded(stated: Any) -> Any:
    """Return the value with every float in it rounded, however deep."""
    if isinstance(stated, float):
        return rounded(stated)
    if isinstance(stated, Mapping):
        return {key: _rounded(value) for key, value in stated.items()}
    return [_rounded(value) for value in stated] if isinstance(stated, list | tuple) else stated


def rounded(figure: float) -> float:
    """Return a float with the digits that a receipt keeps."""
    return float(f"{figure:.{_DIGITS}g}")


def _places(currency: str) -> int:
    return len(Money(1, currency).text.partition(".")[2])
