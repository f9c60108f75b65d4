"""Whether a pledge may go without an appraiser: internal or agreed value of small loans."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from kernel.finding import Effect, Finding
from kernel.money import Money

WITHOUT = ("internal", "negotiated")
"""Methods that need no appraiser from outside."""


@cache
def valuation_terms() -> Mapping[str, Any]:
    """Return the shipped terms: `below` by currency, `regions`, `source`, `grade`."""
    text = files(__package__).joinpath("valuation.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def valuation_findings(method: str, loan: Money, terms: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what speaks against a method for a loan of this size.

    Args:
        method: `internal`, `negotiated` or `appraisal`.
        loan: the whole loan; one of exactly the bound is not below it.
        terms: as `valuation_terms`, or frozen with a quote.
    """
    if method not in WITHOUT:
        return
    text = terms["below"].get(loan.currency)
    bound = None if text is None else Money.of(text, loan.currency)
    clause = f"appraisers/valuation.toml: below ({terms['source']})"
    if bound is None or loan.minor >= bound.minor:
        shown = f"no bound is set in {loan.currency}" if bound is None else f"not below {bound}"
        yield Finding(
            "appraisal-needed", Effect.REFER,
            f"the loan {loan} is too large for a value that is {method}: {shown}",
            f"贷款 {loan} 不适用内部评估或协商估值（{bound or '未设限额'}）",
            clause, "have the right valued by an appraiser on the register",
        )  # fmt: skip
        return
    yield Finding(
        "valued-inside", Effect.INFORM,
        f"the value is {method}, as loans below {bound} may be in the pilot regions",
        f"质物价值由{'银行内部评估' if method == 'internal' else '双方协商'}确定，"
        f"试点地区贷款低于 {bound} 可适用",
        clause, "",
    )  # fmt: skip
