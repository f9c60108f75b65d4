"""Customs guarantee: customs is paid when an importer that pledged IP does not pay import tax."""

from importlib.resources import files

from underwriting.product import Product, read_terms
from underwriting.products.customs_guarantee.accept import accept
from underwriting.products.customs_guarantee.contract import contract
from underwriting.products.customs_guarantee.cover import CONDUCT, test_cover
from underwriting.products.customs_guarantee.levers import LEVERS
from underwriting.products.customs_guarantee.rating import rate
from underwriting.products.customs_guarantee.remedies import REMEDIES
from underwriting.products.customs_guarantee.risk import CustomsGuaranteeRisk
from underwriting.products.customs_guarantee.stated import stated_payment, stated_tax

_HERE = files(__package__)
_TERMS = read_terms(_HERE.joinpath("terms.toml").read_text(encoding="utf-8"))

PRODUCT = Product(
    code="customs_guarantee",
    zh="关税保证保险（知识产权质押）",
    en="Customs guarantee insurance backed by an IP pledge",
    risk=CustomsGuaranteeRisk,
    contract=contract,
    rate=rate,
    accept=accept,
    conduct=CONDUCT,
    test_cover=test_cover,
    terms=_TERMS,
    wording=_HERE.joinpath("wording.md").read_text(encoding="utf-8"),
    clients=frozenset({"firm", "broker"}),
    levers=LEVERS,
    remedies=REMEDIES,
    worked={
        "tax": lambda case: stated_tax(case, _TERMS),
        "payment": lambda case: stated_payment(case, _TERMS),
    },
)
