"""Loan products of banks as data: one TOML file each, read strictly, tested against firm and loan.

found = eligible(bank_product("cq-knowledge-value-2023").product, firm, loan, on)
fits = suited(firm, loan, on)       # every product, with what is missing
"""

from underwriting.bank_products.asked import FirmFacts, LoanAsked
from underwriting.bank_products.eligible import eligible
from underwriting.bank_products.library import (
    ProductText,
    bank_product,
    bank_products,
    read_bank_product,
)
from underwriting.bank_products.parse import parse_bank_product
from underwriting.bank_products.suited import Fit, Suits, suited
from underwriting.bank_products.support import Support, premium_subsidy, support
from underwriting.bank_products.terms import BankProduct

__all__ = [
    "BankProduct",
    "FirmFacts",
    "Fit",
    "LoanAsked",
    "ProductText",
    "Suits",
    "Support",
    "bank_product",
    "bank_products",
    "eligible",
    "parse_bank_product",
    "premium_subsidy",
    "read_bank_product",
    "suited",
    "support",
]
