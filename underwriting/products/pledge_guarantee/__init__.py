"""Pledge-financing guarantee: the bank is paid when a borrower whose IP is pledged defaults."""

from importlib.resources import files

from underwriting.product import Product, read_terms
from underwriting.products.pledge_guarantee.accept import accept
from underwriting.products.pledge_guarantee.contract import contract
from underwriting.products.pledge_guarantee.cost import cost_findings
from underwriting.products.pledge_guarantee.cover import CONDUCT, test_cover
from underwriting.products.pledge_guarantee.flows import instalments_of
from underwriting.products.pledge_guarantee.levers import LEVERS
from underwriting.products.pledge_guarantee.rating import rate
from underwriting.products.pledge_guarantee.remedies import REMEDIES
from underwriting.products.pledge_guarantee.risk import PledgeGuaranteeRisk

_HERE = files(__package__)

PRODUCT = Product(
    code="pledge_guarantee",
    zh="知识产权质押融资保证保险",
    en="IP pledge-financing guarantee insurance",
    risk=PledgeGuaranteeRisk,
    contract=contract,
    rate=rate,
    accept=accept,
    conduct=CONDUCT,
    test_cover=test_cover,
    terms=read_terms(_HERE.joinpath("terms.toml").read_text(encoding="utf-8")),
    wording=_HERE.joinpath("wording.md").read_text(encoding="utf-8"),
    clients=frozenset({"bank"}),
    levers=LEVERS,
    remedies=REMEDIES,
    price_test=cost_findings,
    instalments=instalments_of,
)
