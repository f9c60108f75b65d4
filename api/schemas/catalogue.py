"""Products and schemes on the wire: what can be bought, and who shares a loss."""

from datetime import date
from typing import Any

from pydantic import Field

from api.schemas.common import Answer
from kernel.sharing import Bracket, Cap, Layer, Scheme, Shares
from underwriting.product import Product
from underwriting.schemes import SchemeText


class ProductSummary(Answer):
    """A line of business in a list."""

    code: str
    title: str
    title_zh: str


class ProductAnswer(ProductSummary):
    """A line of business with all that a proposer should know."""

    form: dict[str, Any] = Field(description="JSON Schema of the field `risk` of a quote")
    terms: dict[str, Any] = Field(description="The tariff in force")
    wording: str
    conduct: tuple[str, ...] = Field(description="What an assessment must establish")


class SchemeSummary(Answer):
    """A loss-sharing scheme in a list."""

    code: str
    title: str
    source: str
    valid_from: date
    valid_to: date | None
    currency: str | None
    parties: dict[str, str] = Field(description="Party -> role")
    unverified: dict[str, str] = Field(description="Term -> why it is not certain")


class SchemeAnswer(SchemeSummary):
    """A scheme with every term and the text that states it."""

    loss_base: str
    eligible: str
    pays_on: str
    residual: str
    recovery: str
    layers: tuple[dict[str, Any], ...]
    caps: tuple[dict[str, Any], ...]
    brackets: tuple[dict[str, Any], ...]
    fuses: tuple[dict[str, Any], ...]
    pools: tuple[dict[str, Any], ...]
    text: str
    sha256: str


def product_summary(line: Product) -> ProductSummary:
    """Return a product as a list shows it."""
    return ProductSummary(code=line.code, title=line.en, title_zh=line.zh)


def product_answer(line: Product) -> ProductAnswer:
    """Return a product with form, tariff and wording."""
    return ProductAnswer(
        code=line.code,
        title=line.en,
        title_zh=line.zh,
        form=line.risk.model_json_schema(),
        terms=dict(line.terms),
        wording=line.wording,
        conduct=line.conduct,
    )


def scheme_summary(stated: SchemeText) -> SchemeSummary:
    """Return a scheme as a list shows it."""
    return SchemeSummary(**_fields(stated.scheme))


def scheme_answer(stated: SchemeText) -> SchemeAnswer:
    """Return a scheme with every term."""
    scheme = stated.scheme
    return SchemeAnswer(
        **_fields(scheme),
        loss_base=scheme.loss_base.value,
        eligible=scheme.eligible.value,
        pays_on=scheme.pays_on.value,
        residual=scheme.residual,
        recovery=scheme.recovery.value,
        layers=tuple(_layer(layer) for layer in scheme.layers),
        caps=tuple(_cap(cap) for cap in scheme.caps),
        brackets=tuple(_bracket(bracket) for bracket in scheme.brackets),
        fuses=tuple(
            {
                "measure": fuse.measure,
                "above": str(fuse.above),
                "effect": fuse.effect.value,
                "parties": list(fuse.parties),
            }
            for fuse in scheme.fuses
        ),
        pools=tuple(
            {
                "party": pool.party,
                "contributions": pool.contributions,
                "leverage": None if pool.leverage is None else str(pool.leverage),
            }
            for pool in scheme.pools
        ),
        text=stated.text,
        sha256=stated.sha256,
    )


def _fields(scheme: Scheme) -> dict[str, Any]:
    plain = ("code", "title", "source", "valid_from", "valid_to", "currency")
    return {
        **{name: getattr(scheme, name) for name in plain},
        "parties": {party: role.value for party, role in scheme.roles.items()},
        "unverified": dict(scheme.unverified),
    }


def _layer(layer: Layer) -> dict[str, Any]:
    upto = None if layer.upto is None else str(layer.upto)
    return {"upto": upto, "shares": layer.shares and _shares(layer.shares)}


def _cap(cap: Cap) -> dict[str, Any]:
    rate = None if cap.rate is None else str(cap.rate)
    return {
        "party": cap.party, "per": cap.per.value, "amount": cap.amount, "rate": rate,
        "then": cap.then,
    }  # fmt: skip


def _bracket(bracket: Bracket) -> dict[str, Any]:
    return {
        "upto_amount": bracket.upto_amount,
        "tier": bracket.tier,
        "shares": _shares(bracket.shares),
    }


def _shares(shares: Shares) -> dict[str, str]:
    return {party: str(shares.share_of(party)) for party in shares.parties}
