"""Infringement liability: defence cost and damages when the insured is accused of infringing."""

from importlib.resources import files

from underwriting.product import Product, read_terms
from underwriting.products.infringement_liability.accept import accept
from underwriting.products.infringement_liability.conduct import CONDUCT
from underwriting.products.infringement_liability.contract import contract
from underwriting.products.infringement_liability.cover import test_cover
from underwriting.products.infringement_liability.levers import LEVERS, REMEDIES
from underwriting.products.infringement_liability.rating import rate
from underwriting.products.infringement_liability.risk import InfringementLiabilityRisk
from underwriting.products.infringement_liability.stated_payment import stated_payment

_HERE = files(__package__)

PRODUCT = Product(
    code="infringement_liability",
    zh="专利侵权责任保险",
    en="patent infringement liability insurance",
    risk=InfringementLiabilityRisk,
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
    worked={"payment": lambda case: stated_payment(case["terms"], case["loss"])},
)
