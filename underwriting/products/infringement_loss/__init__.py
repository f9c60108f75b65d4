"""Infringement loss: a holder's own cost of enforcing its rights, and what infringers cost it."""

from importlib.resources import files

from underwriting.product import Product, read_terms
from underwriting.products.infringement_loss.accept import accept
from underwriting.products.infringement_loss.contract import contract
from underwriting.products.infringement_loss.cover import CONDUCT, test_cover
from underwriting.products.infringement_loss.levers import LEVERS, REMEDIES
from underwriting.products.infringement_loss.rating import rate
from underwriting.products.infringement_loss.risk import InfringementLossRisk
from underwriting.products.infringement_loss.stated_payment import stated_payment
from underwriting.products.infringement_loss.stated_payout import stated_payout

_HERE = files(__package__)

PRODUCT = Product(
    code="infringement_loss",
    zh="知识产权被侵权损失保险",
    en="IP infringement-loss insurance",
    risk=InfringementLossRisk,
    contract=contract,
    rate=rate,
    accept=accept,
    conduct=CONDUCT,
    test_cover=test_cover,
    terms=read_terms(_HERE.joinpath("terms.toml").read_text(encoding="utf-8")),
    wording=_HERE.joinpath("wording.md").read_text(encoding="utf-8"),
    clients=frozenset({"firm", "broker"}),
    levers=LEVERS,
    remedies=REMEDIES,
    worked={
        "payment": lambda case: stated_payment(case["terms"], case["loss"]),
        "payout": stated_payout,
    },
)
