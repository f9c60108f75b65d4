"""A second way to say whether a firm and a loan fit: straight from the text of the file.

Written from the words of the terms, with nothing of `underwriting.bank_products` but the forms;
figures are read from TOML here, compared as fractions of yuan, and the answer is one code a term.
"""

import tomllib
from datetime import date
from fractions import Fraction
from typing import Any

FACTS = {"kinds": "kinds", "sizes": "size", "regions": "region", "age_months": "founded",
         "staff": "staff", "revenue": "revenue", "assets": "assets",
         "debt_ratio": "debt_ratio"}  # fmt: skip


def refusals(text: str, firm: dict[str, Any], loan: dict[str, Any], on: date) -> set[str]:
    """The terms that are broken, by the name of the finding."""
    file = tomllib.loads(text)
    return {
        code
        for code, broken in (
            ("product-not-in-force", not _runs(file, loan, on)),
            *_firm(file.get("eligible", {}), firm, on),
            *_loan(file, firm, loan),
            *_price(file.get("price", {}), loan),
            *_valuation(file.get("valuation"), loan),
        )
        if broken
    }


def unknowns(text: str, firm: dict[str, Any]) -> int:
    """How many facts of the firm the terms ask for and nobody stated."""
    terms = tomllib.loads(text).get("eligible", {})
    return sum(1 for term, fact in FACTS.items() if term in terms and firm.get(fact) is None)


def _runs(file: dict[str, Any], loan: dict[str, Any], on: date) -> bool:
    day = loan.get("drawdown") or on
    return bool(file["valid_from"] <= day <= file.get("valid_to", date.max))


def _firm(terms: dict[str, Any], firm: dict[str, Any], on: date) -> list[tuple[str, bool]]:
    def above(name: str, has: Any) -> bool:
        return name in terms and has is not None and Fraction(str(has)) > Fraction(str(terms[name]))

    kinds, size, region = firm.get("kinds"), firm.get("size"), firm.get("region")
    founded = firm.get("founded")
    young = False
    if "age_months" in terms and founded is not None:
        months = 12 * (on.year - founded.year) + on.month - founded.month
        months -= on.day < min(founded.day, 28)
        young = months < terms["age_months"]
    outside = "regions" in terms and region is not None
    return [
        ("firm-kind", "kinds" in terms and kinds is not None
         and not any(kind in terms["kinds"] for kind in kinds)),
        ("firm-size", "sizes" in terms and size is not None and size not in terms["sizes"]),
        ("region", outside and not any(region[: len(code)] == code for code in terms["regions"])),
        ("firm-young", young),
        ("firm-bound", above("staff", firm.get("staff"))),
        ("firm-bound", above("revenue", firm.get("revenue"))),
        ("firm-bound", above("assets", firm.get("assets"))),
        ("firm-bound", above("debt_ratio", firm.get("debt_ratio"))),
    ]  # fmt: skip


def _most(file: dict[str, Any], firm: dict[str, Any]) -> Fraction | None:
    """The largest row that applies, under the general limit; None where nothing binds."""
    general = Fraction(file.get("loan", {}).get("most", "1000000000000"))
    rows = file.get("limits", [])
    fact_of = {"kind": "kinds", "size": "size", "grade": "score_grade", "right": "rights"}
    if not rows or any(firm.get(fact_of[row["by"]]) is None for row in rows):
        return general if "most" in file.get("loan", {}) else None
    reached = [Fraction(0)]
    for row in rows:
        has, most = firm[fact_of[row["by"]]], Fraction(row["most"])
        if row["by"] == "right":
            reached[0] += most * has.get(row["of"], 0)
        elif row["of"] in (has if isinstance(has, list) else [has]):
            reached.append(most)
    return min(general, max(reached))


def _loan(
    file: dict[str, Any], firm: dict[str, Any], loan: dict[str, Any]
) -> list[tuple[str, bool]]:
    terms, amount, most = file.get("loan", {}), Fraction(loan["amount"]), _most(file, firm)
    plan, share = loan.get("plan"), loan.get("ip_share")
    low, high = terms.get("months_least", 0), terms.get("months_most", 9999)
    return [
        ("loan-small", "least" in terms and amount < Fraction(terms["least"])),
        ("loan-large", most is not None and amount > most),
        ("term", not low <= loan["term_months"] <= high),
        ("plan", "plans" in file and plan is not None and plan not in file["plans"]),
        ("ip-share", "ip_share" in terms and share is not None
         and Fraction(share) < Fraction(terms["ip_share"])),
    ]  # fmt: skip


def _price(terms: dict[str, Any], loan: dict[str, Any]) -> list[tuple[str, bool]]:
    rate, premium = (
        None if loan.get(name) is None else Fraction(loan[name])
        for name in ("annual_rate", "premium_rate")
    )
    unit: Fraction | None = Fraction(1)
    if terms.get("basis") == "reference":
        unit = None if loan.get("reference_rate") is None else Fraction(loan["reference_rate"])
    dear = cheap = False
    if rate is not None and unit is not None:
        dear = "high" in terms and rate > Fraction(terms["high"]) * unit
        cheap = "low" in terms and rate < Fraction(terms["low"]) * unit
    if premium is not None and "premium" in terms:
        dear = dear or premium > Fraction(terms["premium"])
    if rate is not None and premium is not None and "all_in" in terms:
        dear = dear or rate + premium > Fraction(terms["all_in"])
    return [("price-high", dear), ("price-low", cheap)]


def _valuation(terms: dict[str, Any] | None, loan: dict[str, Any]) -> list[tuple[str, bool]]:
    method = loan.get("valuation")
    if terms is None or method is None:
        return []
    inside = method in ("internal", "negotiated") and "internal_below" in terms
    return [
        ("valuation-method", method not in terms["methods"]),
        ("appraisal-needed", inside
         and Fraction(loan["amount"]) >= Fraction(terms["internal_below"])),
    ]  # fmt: skip
