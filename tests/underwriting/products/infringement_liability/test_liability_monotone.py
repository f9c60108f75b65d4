"""More cover never costs less: over the whole form, by Hypothesis."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from liability_cases import proposal, technical, yuan

COURTS = ("CN", "US", "UPC", "DE", "UK", "JP", "KR")
AMOUNT = st.floats(5e4, 2e7)
SALES = st.dictionaries(st.sampled_from(COURTS), st.floats(1e6, 5e8), min_size=1, max_size=3)
FEW = settings(max_examples=12)


@st.composite
def proposals(draw: st.DrawFn) -> dict[str, Any]:
    """A proposal with limits, sublimits, time and courts drawn."""
    limit = draw(AMOUNT)
    parts: dict[str, Any] = {
        "limit": yuan(limit),
        "aggregate": yuan(limit * draw(st.sampled_from((1.0, 1.5, 4.0)))),
        "retention": yuan(limit * draw(st.sampled_from((0.0, 0.02, 0.2)))),
        "defence": draw(st.sampled_from(("inside", "outside"))),
        "months": draw(st.integers(12, 30)),
        "extended_reporting_months": draw(st.sampled_from((0, 12))),
        "retroactive_date": draw(st.sampled_from(("2025-03-10", "2022-01-01"))),
        "copay_panel": "0.1",
        "copay_off_panel": "0.3",
    }
    if draw(st.booleans()):
        parts["npe_sublimit"] = yuan(limit / 5)
        parts["stage_caps"] = {"first_instance": yuan(limit / 4)}
    return proposal(sales=draw(SALES), **parts)


def never_cheaper(wire: dict[str, Any], **changes: Any) -> None:
    """The proposal with more cover costs no less; a millionth is left to the lattice."""
    more = {**wire, "cover": {**wire["cover"], **changes}}
    assert technical(more) >= technical(wire) * (1 - 1e-6)


def stated(wire: dict[str, Any], name: str) -> float:
    return float(wire["cover"][name]["amount"])


@FEW
@given(proposals(), st.floats(1.0, 3.0))
def test_a_higher_limit_any_one_claim(wire: dict[str, Any], factor: float) -> None:
    limit = min(stated(wire, "limit") * factor, stated(wire, "aggregate"))
    never_cheaper(wire, limit=yuan(limit))


@FEW
@given(proposals(), st.floats(1.01, 5.0))
def test_a_higher_aggregate(wire: dict[str, Any], factor: float) -> None:
    """The lattice grows with the aggregate: a thousandth is left to it."""
    more = {**wire["cover"], "aggregate": yuan(stated(wire, "aggregate") * factor)}
    assert technical({**wire, "cover": more}) >= technical(wire) * (1 - 1e-3)


@FEW
@given(proposals(), st.floats(0.0, 1.0))
def test_a_lower_retention(wire: dict[str, Any], factor: float) -> None:
    never_cheaper(wire, retention=yuan(stated(wire, "retention") * factor))


@FEW
@given(proposals(), st.integers(0, 10))
def test_a_lower_copay(wire: dict[str, Any], percent: int) -> None:
    never_cheaper(wire, copay_panel=f"{percent}/100")


@FEW
@given(proposals())
def test_panel_counsel_at_a_lower_copay(wire: dict[str, Any]) -> None:
    own = {**wire, "cover": {**wire["cover"], "counsel": "off_panel"}}
    never_cheaper(own, counsel="panel")


@FEW
@given(proposals(), st.integers(1, 6))
def test_a_longer_term(wire: dict[str, Any], more: int) -> None:
    never_cheaper(wire, months=wire["cover"]["months"] + more)


@FEW
@given(proposals(), st.integers(1, 24))
def test_longer_extended_reporting(wire: dict[str, Any], more: int) -> None:
    never_cheaper(wire, extended_reporting_months=12 + more)


@FEW
@given(proposals(), st.integers(2015, 2021))
def test_an_earlier_retroactive_date(wire: dict[str, Any], year: int) -> None:
    never_cheaper(wire, retroactive_date=f"{year}-06-30")


@FEW
@given(proposals())
def test_defence_outside_the_limit(wire: dict[str, Any]) -> None:
    inside = {**wire, "cover": {**wire["cover"], "defence": "inside"}}
    never_cheaper(inside, defence="outside")


@FEW
@given(proposals())
def test_no_sublimit_and_no_caps(wire: dict[str, Any]) -> None:
    never_cheaper(wire, npe_sublimit=None, stage_caps={})


@FEW
@given(proposals(), st.integers(1, 50))
def test_more_fairs(wire: dict[str, Any], count: int) -> None:
    court = wire["cover"]["courts"][0]

    def fairs(number: int) -> dict[str, Any]:
        return {"fairs": [{"court": court, "count": number}], "sublimit": yuan(20000)}

    one = {**wire, "cover": {**wire["cover"], "exhibition": fairs(count)}}
    never_cheaper(wire, exhibition=fairs(count))
    never_cheaper(one, exhibition=fairs(count + 1))


@FEW
@given(proposals(), st.sampled_from(COURTS), st.floats(1.0, 20.0))
def test_more_sales_and_more_courts(wire: dict[str, Any], court: str, factor: float) -> None:
    product = wire["products"][0]
    grown = [
        {**sold, "annual": yuan(float(sold["annual"]["amount"]) * factor)}
        for sold in product["sales"]
    ]
    more = {**wire, "products": [{**product, "sales": grown}]}
    assert technical(more) >= technical(wire) * (1 - 1e-6)
    if court not in wire["cover"]["courts"]:
        wider = [*grown, {"court": court, "annual": yuan(1e7)}]
        widest = {**more, "products": [{**product, "sales": wider}]}
        widest["cover"] = {**wire["cover"], "courts": [*wire["cover"]["courts"], court]}
        assert technical(widest) >= technical(more) * (1 - 1e-6)


@FEW
@given(proposals(), st.sampled_from(("capped", "open")))
def test_a_standard_and_a_promise(wire: dict[str, Any], capped: str) -> None:
    product, court = wire["products"][0], wire["cover"]["courts"][0]
    marked = {**wire, "products": [{**product, "standards": ["HEVC"]}]}
    assert technical(marked) >= technical(wire)
    promise = {"customer": "客户", "product": "WM-8", "court": court, "capped": capped == "capped"}
    promised = {**wire, "indemnities": [promise]}
    never_cheaper(promised, indemnities=True)
