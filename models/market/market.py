"""A market with a known truth: rights, firms, loans, disputes, appraisals and sales of one seed."""

from dataclasses import dataclass, field
from math import isfinite

import numpy as np
import polars as pl

from kernel.errors import invalid
from models.market.disputes import Disputes, draw_disputes
from models.market.firms import Firms, draw_firms
from models.market.law import (
    MONTH,
    YEAR,
    BoolArray,
    FloatArray,
    IntArray,
    Law,
    TextArray,
    day,
    load_law,
)
from models.market.loans import Loans, draw_loans
from models.market.rights import UNDECIDED, Rights, draw_rights, log_ratio
from models.market.values import Appraisals, Sales, draw_appraisals, draw_sales

_DIGITS = 6
"""Ages are kept to a millionth of a year."""


@dataclass(frozen=True)
class Market:
    """One market.

    Attributes:
        seed: that it was drawn from.
        size: times the numbers that the law states.
        law: every true parameter.
        tables: what a house would see, by name of the file.
        truth: what only the law knows, by name of the file.
    """

    seed: int
    size: float
    law: Law
    tables: dict[str, pl.DataFrame] = field(repr=False)
    truth: dict[str, pl.DataFrame] = field(repr=False)

    @property
    def rights(self) -> pl.DataFrame:
        """Rights seen: features, entry, exit, lapse."""
        return self.tables["rights"]

    @property
    def loans(self) -> pl.DataFrame:
        """Loans with what was known at approval, one leak, and the default flag."""
        return self.tables["loans"]

    @property
    def disputes(self) -> pl.DataFrame:
        """Disputes reported above their deductible, cut at their limit."""
        return self.tables["disputes"]


def make_market(seed: int, size: float = 1.0, law: Law | None = None) -> Market:
    """Draw a market. One seed, size and law give one market, to the last digit.

    Args:
        seed: 0 or more.
        size: times the numbers under `[size]` of the law; 1 takes about two seconds.
        law: in the form of `law.toml`; None takes the one shipped.

    Raises:
        Invalid: a seed below nought, or a size that is too small or no number.
    """
    if seed < 0:
        raise invalid("seed", f"{seed} is below nought", "give a whole number, 0 or more")
    if not (isfinite(size) and size >= _SMALLEST):
        raise invalid("size", f"{size} is too small", f"give {_SMALLEST} or more; 1 is the default")
    law = load_law() if law is None else law
    counts = {name: round(number * size) for name, number in law["size"].items()}
    drawn = draw_rights(seed, law, counts["rights"])
    opens = (day(law["study"]["opens"]) - drawn.granted) / YEAR
    rights = drawn.pick(drawn.end > np.maximum(opens, 0.0) + 10.0**-_DIGITS)
    firms = draw_firms(seed, law, counts["firms"])
    loans = draw_loans(seed, law, firms, rights, counts["loans"])
    appraisals = draw_appraisals(seed, law, rights)
    disputes = draw_disputes(seed, law, counts["disputes"])
    sales = draw_sales(seed, law, rights, appraisals, counts["lots"])
    tables = {
        **_rights(rights, law), "firms": _firms(firms),
        **_loans(loans, firms, rights, appraisals, law), "disputes": _disputes(disputes),
        "appraisals": _appraisals(appraisals), "sales": _sales(sales, rights, appraisals),
        "macro": _macro(law),
    }  # fmt: skip
    return Market(seed, size, law, tables, _truth(law, rights, loans, disputes, appraisals))


_SMALLEST = 0.01


def _keys(letter: str, numbers: IntArray) -> list[str]:
    return [f"{letter}{number + 1:06d}" for number in numbers]


def _dates(days: IntArray) -> pl.Series:
    return pl.Series(days.astype(np.int32), dtype=pl.Int32).cast(pl.Date)


def _where(mask: BoolArray, values: FloatArray, digits: int = _DIGITS) -> pl.Series:
    """The values where the mask holds, missing elsewhere."""
    kept = np.where(mask, np.round(values, digits), np.nan)
    return pl.Series(kept).fill_nan(None)


def _flags(mask: BoolArray) -> pl.Series:
    return pl.Series(mask).cast(pl.Int8)


def _rights(rights: Rights, law: Law) -> dict[str, pl.DataFrame]:
    """The table that a hazard fit reads, and the histories."""
    keys = _keys("R", np.arange(len(rights.kind)))
    opens, closes = (day(law["study"][name]) for name in ("opens", "closes"))
    entry = np.maximum((opens - rights.granted) / YEAR, 0.0)
    leave = np.minimum(rights.end, (closes - rights.granted) / YEAR)
    lapsed = rights.lapse == leave
    seen = pl.DataFrame({
        "right_id": keys, "kind": rights.kind, "technology": rights.technology,
        "owner_kind": rights.owner, "claims": rights.claims, "citations": rights.citations,
        "family": rights.family, "filed_on": _dates(rights.filed),
        "granted_on": _dates(rights.granted), "entry_years": np.round(entry, _DIGITS),
        "exit_years": np.round(leave, _DIGITS), "lapsed": _flags(lapsed),
    })  # fmt: skip
    end = np.select(
        [rights.end > leave, lapsed, rights.death == leave],
        ["in_force", "lapse", "whole_invalid"], "expiry",
    )  # fmt: skip
    return {"rights": seen, "histories": _histories(keys, rights, leave, end)}


def _histories(keys: list[str], rights: Rights, leave: FloatArray, end: TextArray) -> pl.DataFrame:
    """What befell each right by the age at which it left."""
    asserted, challenged, decided = (
        age <= leave for age in (rights.asserted, rights.challenged, rights.decided)
    )
    outcome = np.where(decided, rights.outcome, np.where(challenged, UNDECIDED, ""))
    return pl.DataFrame({
        "right_id": keys, "asserted": _flags(asserted),
        "asserted_years": _where(asserted, rights.asserted), "challenged": _flags(challenged),
        "challenged_years": _where(challenged, rights.challenged),
        "outcome": pl.Series(outcome).replace("", None),
        "outcome_years": _where(decided, rights.decided), "end": end,
    })  # fmt: skip


def _firms(firms: Firms, chosen: IntArray | None = None) -> pl.DataFrame:
    """Firms as they report: without what is missing."""
    rows = np.arange(len(firms.age)) if chosen is None else chosen
    nowhere = np.zeros(len(firms.age), bool)
    ratios = {
        name: _where(~firms.gaps.get(name, nowhere)[rows], values[rows])
        for name, values in firms.ratios.items()
    }
    return pl.DataFrame({
        "firm_id": _keys("F", rows), "sector": firms.sector[rows], "region": firms.region[rows],
        "employees": firms.employees[rows], "firm_age_years": firms.age[rows], **ratios,
    })  # fmt: skip


def _loans(
    loans: Loans, firms: Firms, rights: Rights, appraisals: Appraisals, law: Law
) -> dict[str, pl.DataFrame]:
    """Loans as a lender keeps them, who pledged what, and the defaults."""
    keys = _keys("L", np.arange(len(loans.term)))
    defaulted = np.isfinite(loans.defaulted)
    until = np.where(defaulted, loans.defaulted, day(law["study"]["closes"]))
    age = (loans.approved - rights.granted[loans.right]) / YEAR
    months = np.maximum(0.01, np.round((until - loans.approved) / MONTH, 2))
    of_firm = _firms(firms, loans.firm)
    flat = pl.DataFrame({
        "loan_id": keys, "approved_on": _dates(loans.approved), "term_months": loans.term,
        "amount": loans.amount, "ip_share": loans.ip_share, "rate": loans.rate,
        "other_security": _flags(loans.other_security),
        **{name: of_firm[name] for name in of_firm.columns if name != "firm_id"},
        "right_kind": rights.kind[loans.right], "right_age_years": np.round(age, 3),
        "right_asserted": _flags(rights.asserted[loans.right] <= age),
        "appraised_value": appraisals.last[loans.right],
        "months_on_book": months, "default": _flags(defaulted),
    })  # fmt: skip
    pledges = pl.DataFrame({
        "loan_id": keys, "firm_id": of_firm["firm_id"], "right_id": _keys("R", loans.right),
    })  # fmt: skip
    gone = pl.DataFrame({
        "loan_id": keys, "months_to_default": months, "right_dead": _flags(loans.right_dead),
        "lgd": np.round(loans.lgd, _DIGITS),
    }).filter(pl.Series(defaulted))  # fmt: skip
    return {"loans": flat, "pledges": pledges, "defaults": gone}


def _disputes(disputes: Disputes) -> pl.DataFrame:
    capped = disputes.loss > disputes.limit
    return pl.DataFrame({
        "dispute_id": _keys("D", np.arange(len(capped))), "filed_on": _dates(disputes.filed),
        "jurisdiction": disputes.jurisdiction, "stage": disputes.stage,
        "deductible": disputes.deductible,
        "limit": _where(np.isfinite(disputes.limit), disputes.limit, 2),
        "loss": np.minimum(disputes.loss, disputes.limit), "capped": _flags(capped),
        "defence_cost": disputes.defence_cost,
    }).filter(pl.Series(disputes.reported))  # fmt: skip


def _appraisals(appraisals: Appraisals) -> pl.DataFrame:
    return pl.DataFrame({
        "right_id": _keys("R", appraisals.right), "house": appraisals.house,
        "number": appraisals.number, "value": appraisals.value,
    })  # fmt: skip


def _sales(sales: Sales, rights: Rights, appraisals: Appraisals) -> pl.DataFrame:
    return pl.DataFrame({
        "lot_id": _keys("S", np.arange(len(sales.right))), "right_id": _keys("R", sales.right),
        "kind": rights.kind[sales.right], "appraised_value": appraisals.last[sales.right],
        "sold": _flags(sales.sold), "price": _where(sales.sold, sales.price, 2),
        "months_to_sale": _where(sales.sold, sales.months, 1),
    })  # fmt: skip


def _macro(law: Law) -> pl.DataFrame:
    factors = law["loans"]["macro"]
    years = [int(year) for year in factors]
    return pl.DataFrame({"year": years, "default_factor": list(factors.values())})


def _truth(
    law: Law, rights: Rights, loans: Loans, disputes: Disputes, appraisals: Appraisals
) -> dict[str, pl.DataFrame]:
    return {
        "truth_rights": pl.DataFrame({
            "right_id": _keys("R", np.arange(len(rights.kind))),
            "lapse_log_ratio": np.round(log_ratio(law, "lapse", rights), _DIGITS),
            "assert_log_ratio": np.round(log_ratio(law, "assert", rights), _DIGITS),
            "value": appraisals.worth,
        }),
        "truth_loans": pl.DataFrame({
            "loan_id": _keys("L", np.arange(len(loans.term))),
            "log_hazard": np.round(loans.log_hazard, _DIGITS), "pd": np.round(loans.pd, 9),
            "pd_right_alive": np.round(loans.pd_right_alive, 9),
        }),
        "truth_disputes": pl.DataFrame({
            "dispute_id": _keys("D", np.arange(len(disputes.loss))),
            "jurisdiction": disputes.jurisdiction, "stage": disputes.stage, "loss": disputes.loss,
            "tail": _flags(disputes.tail), "defence_cost": disputes.defence_cost,
            "reported": _flags(disputes.reported),
        }),
    }  # fmt: skip
