"""Schemes and requests made up at random: valid, and full of edges.

Every choice goes through a `Chooser`, so that the same builders serve a seeded run of a
million cases and Hypothesis, which shrinks what it finds.
"""

from collections.abc import Sequence
from random import Random
from typing import Any, Protocol, TypeVar

_Item = TypeVar("_Item")

PARTIES = (
    "fund", "bank", "insurer", "appraiser", "guarantor", "reinsurer", "city_fund",
    "provincial_government", "quota_reinsurer", "insured", "acme", "zenith",
)  # fmt: skip
ROLES = {"acme": "pool", "zenith": "guarantor"}
POOLS = {"fund", "city_fund", "provincial_government", "acme"}
TIERS = ("little_giant", "high_tech", "score_selected")
MEASURES = ("bank_npl_ratio", "claims_rate")
LARGEST = 10**17 - 1


class Chooser(Protocol):
    """Where choices come from."""

    def whole(self, low: int, high: int) -> int:
        """Choose a whole number, both ends possible."""

    def pick(self, items: Sequence[_Item]) -> _Item:
        """Choose one item."""


class Seeded:
    """Choices of a seeded generator."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random

    def whole(self, low: int, high: int) -> int:
        """Choose a whole number, both ends possible; a third of the time of `randint`."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, items: Sequence[_Item]) -> _Item:
        """Choose one item."""
        return items[int(self._random() * len(items))]


def made_scheme(choose: Chooser) -> dict[str, Any]:
    """Make up a valid scheme, as `tomllib` would give it."""
    names = _some(choose, PARTIES, choose.whole(2, 6))
    currency = choose.pick(("CNY", "CNY", "CNY", "JPY", None))
    residual = choose.pick(("uncovered", *names, choose.pick(PARTIES)))
    written: dict[str, Any] = {
        "code": "made-up",
        "title": "Made up",
        "source": "made up",
        "loss_base": choose.pick(("principal", "principal_interest", "principal_interest_costs")),
        "eligible": choose.pick(("whole", "ip_share")),
        "pays_on": choose.pick(("overdue", "npl", "final_loss")),
        "residual": residual,
        "recovery": choose.pick(("pro_rata", "reverse")),
    }
    if currency:
        written["currency"] = currency
    brackets = _brackets(choose, names, currency) if choose.whole(0, 2) == 2 else []
    written["layers"] = _layers(choose, names, bracketed=bool(brackets))
    sharers = [name for row in written["layers"] + brackets for name in row.get("shares", {})]
    caps = _caps(choose, sharers, currency)
    known = {*sharers, *(cap["then"] for cap in caps if "then" in cap), residual} - {"uncovered"}
    fuses = _fuses(choose, sorted(known))
    tables = {"caps": caps, "brackets": brackets, "fuses": fuses}
    written |= {key: rows for key, rows in tables.items() if rows}
    roles = {name: role for name, role in ROLES.items() if name in known}
    return written | ({"roles": roles} if roles else {})


def made_request(choose: Chooser, written: dict[str, Any]) -> dict[str, Any]:
    """Make up a request of the command line that gives `written` all it may ask, and more."""
    currency = written.get("currency", "CNY")
    loan = _magnitude(choose)
    names = PARTIES if choose.whole(0, 9) == 0 else _concerned(written)
    request: dict[str, Any] = {
        "scheme": written["code"],
        "currency": currency,
        "loss": {
            "principal": amount_text(_near(choose, loan), currency),
            "interest": amount_text(_magnitude(choose) if choose.whole(0, 1) else 0, currency),
            "costs": amount_text(_magnitude(choose) if choose.whole(0, 1) else 0, currency),
        },
        "loan": {
            "amount": amount_text(_loan(choose, loan, written), currency),
            "ip_share": choose.pick(("0", "1", "0.5", "1/3", "2/7", "0.999", "99999/100000")),
            "tier": choose.pick(TIERS),
        },
        "balances": {name: amount_text(_near(choose, loan), currency) for name in names},
        "paid_this_year": {name: amount_text(_near(choose, loan), currency) for name in names},
        "portfolio": {
            "volume": amount_text(_near(choose, loan), currency),
            "paid": amount_text(_near(choose, loan) // 4, currency),
        },
        "ratios": {measure: choose.pick((0, 0.01, 0.03, 0.031, 0.5, 1)) for measure in MEASURES},
    }
    if choose.whole(0, 3) == 3:
        request["defaulted"] = _defaulted(choose, written)
    if choose.whole(0, 99) == 99:
        _forget_one(choose, request)
    return request


def made_recoveries(choose: Chooser) -> list[tuple[int, int, int, int]]:
    """Make up one to three recoveries.

    Each is its gross in thousandths of the eligible loss and units more, then its costs in
    thousandths of the gross and units more.
    """
    return [
        (
            choose.pick((0, 500, choose.whole(0, 1000), 3000)),
            choose.whole(0, 3),
            choose.pick((0, 0, choose.whole(0, 1000), 2000)),
            choose.pick((0, 0, 1)),
        )
        for _ in range(choose.whole(1, 3))
    ]


def amount_text(minor: int, currency: str) -> str:
    """Write whole minor units as they stand on the wire."""
    if currency == "JPY":
        return str(min(minor, 10**15 - 1))
    whole, part = divmod(min(minor, LARGEST), 100)
    return f"{whole}.{part:02d}"


def _some(choose: Chooser, items: Sequence[_Item], count: int) -> list[_Item]:
    """Choose `count` different items, in any order."""
    left = list(items)
    return [left.pop(choose.whole(0, len(left) - 1)) for _ in range(count)]


def _shares(choose: Chooser, names: Sequence[str]) -> dict[str, str | int]:
    sharing = _some(choose, names, choose.whole(1, len(names)))
    whole = choose.pick((1, 2, 3, 7, 10, 100, 997, 10**6))
    cuts = sorted(choose.whole(0, whole) for _ in sharing[1:])
    weights = [upper - lower for lower, upper in zip([0, *cuts], [*cuts, whole], strict=True)]
    decimal = whole in {10, 100} and choose.whole(0, 1) == 1
    places = len(str(whole)) - 1
    return {
        name: (
            weight // whole
            if whole == 1
            else f"{weight / whole:.{places}f}"
            if decimal
            else f"{weight}/{whole}"
        )
        for name, weight in zip(sharing, weights, strict=True)
    }


def _layers(choose: Chooser, names: Sequence[str], *, bracketed: bool) -> list[dict[str, Any]]:
    count = choose.whole(1, 4)
    parts = choose.pick((2, 3, 7, 100, 999))
    end = 0
    layers: list[dict[str, Any]] = []
    for number in range(count):
        layer: dict[str, Any] = {}
        end += choose.whole(1, max(1, parts // 2))
        if number < count - 1 or choose.whole(0, 3) == 3:
            layer["upto"] = f"{end}/{parts}"
        if not bracketed or choose.whole(0, 2) > 0:
            layer["shares"] = _shares(choose, names)
        layers.append(layer)
    return layers


def _brackets(choose: Chooser, names: Sequence[str], currency: str | None) -> list[dict[str, Any]]:
    """Make up to two brackets of a tier, then up to two by size, none hidden by another."""
    rows: list[dict[str, Any]] = [
        {"tier": tier} | ({"upto_amount": _amount(choose, currency)} if choose.whole(0, 1) else {})
        for tier in _some(choose, TIERS, choose.whole(0, 2))
    ]
    size = 0
    for _ in range(choose.whole(0 if rows else 1, 2)):
        size += choose.pick((100, 10**6, 10**9)) * choose.whole(1, 9)
        rows.append({"upto_amount": amount_text(size, "CNY")})
    if choose.whole(0, 2) == 2:
        rows.append({})
    return [row | {"shares": _shares(choose, names)} for row in rows]


def _caps(choose: Chooser, sharers: Sequence[str], currency: str | None) -> list[dict[str, Any]]:
    bears = list(dict.fromkeys(sharers))
    caps = []
    for _ in range(choose.pick((0, 1, 1, 2, 2, 3, 4)) if bears else 0):
        cap = {
            "party": choose.pick(bears),
            "per": choose.pick(("loan", "year", "portfolio", "pool_balance")),
        }
        if cap["per"] in {"loan", "year"}:
            cap["amount"] = _amount(choose, currency)
        if cap["per"] == "portfolio":
            cap["rate"] = choose.pick(("0", "1/3", "20/100", "0.125", "1"))
        if choose.whole(0, 1):
            others = [name for name in (*bears, choose.pick(PARTIES)) if name != cap["party"]]
            if others:
                cap["then"] = choose.pick(others)
                bears.append(cap["then"])
        caps.append(cap)
    return caps


def _fuses(choose: Chooser, known: Sequence[str]) -> list[dict[str, str]]:
    fuses = []
    for _ in range(choose.pick((0, 0, 1, 2))):
        fuse = {
            "measure": choose.pick(MEASURES),
            "above": choose.pick(("0", "0.03", "3/100", "1/2")),
            "effect": choose.pick(("suspend_claims", "suspend_claims", "suspend_new")),
        }
        if not POOLS.intersection(known) or choose.whole(0, 1):
            fuse["party"] = choose.pick(known)
        fuses.append(fuse)
    return fuses


def _amount(choose: Chooser, currency: str | None) -> str:
    return amount_text(_magnitude(choose) // 100 * 100, currency or "CNY")


def _magnitude(choose: Chooser) -> int:
    """Choose an amount: nothing, one unit, small, of the trade, or as large as can be."""
    top = choose.pick((0, 1, 100, 10**5, 10**8, 10**8, 10**10, LARGEST))
    return choose.whole(top // 10, top)


def _near(choose: Chooser, loan: int) -> int:
    """Choose an amount up to twice `loan`, or any."""
    kind = choose.whole(0, 5)
    if kind == 0:
        return _magnitude(choose)
    return (0, loan, loan // 2, choose.whole(0, loan), choose.whole(0, 2 * loan))[kind - 1]


def _loan(choose: Chooser, loan: int, written: dict[str, Any]) -> int:
    """Choose the loan's amount, now and then exactly on the end of a bracket."""
    ends = [row["upto_amount"] for row in written.get("brackets", []) if "upto_amount" in row]
    if not ends or choose.whole(0, 2):
        return loan
    end: str = choose.pick(ends)
    scale = 1 if written.get("currency") == "JPY" else 100
    return max(0, int(end.partition(".")[0]) * scale + choose.whole(-1, 1))


def _concerned(written: dict[str, Any]) -> list[str]:
    """Name the parties of which a cap may ask a figure."""
    return list(dict.fromkeys(cap["party"] for cap in written.get("caps", [])))


def _defaulted(choose: Chooser, written: dict[str, Any]) -> list[str]:
    names = _parties(written)
    return _some(choose, names, choose.whole(1, min(2, len(names))))


def _parties(written: dict[str, Any]) -> list[str]:
    """Name every party that shares or takes over."""
    rows = [*written["layers"], *written.get("brackets", [])]
    names = [name for row in rows for name in row.get("shares", {})]
    names += [
        cap[end] for cap in written.get("caps", []) for end in ("party", "then") if end in cap
    ]
    return list(dict.fromkeys(names))


def _forget_one(choose: Chooser, request: dict[str, Any]) -> None:
    """Leave out one fact that the scheme may need."""
    path = choose.pick(
        (("loan",), ("loan", "amount"), ("loan", "ip_share"), ("loan", "tier"), ("balances",),
         ("paid_this_year",), ("portfolio",), ("ratios", MEASURES[0]), ("ratios", MEASURES[1]))
    )  # fmt: skip
    within = request
    for key in path[:-1]:
        within = within[key]
    del within[path[-1]]
