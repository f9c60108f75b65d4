"""Who pays what: the parties' months are the scheme's own split, and the issuer's the price's."""

from xml.etree import ElementTree as ET

import pytest
from proposals import a_risk, a_scheme, some_inputs

from api.pictures import who_pays_picture
from kernel.sharing import UNCOVERED, Loss, split
from underwriting.explain.shown import who_pays_json
from underwriting.explain.who_pays import WhoPays, who_pays
from underwriting.inputs import Inputs
from underwriting.products import product
from underwriting.valued import value

LINE = product("pledge_guarantee")
POOL = '[[caps]]\nparty = "fund"\nper = "pool_balance"\n'
THREE = '[[layers]]\nshares = { insurer = "50/100", fund = "30/100", bank = "20/100" }'


def with_a_short_pool() -> Inputs:
    scheme = a_scheme("test", layers=THREE, more=POOL)
    risk = a_risk(cover={"scheme": "test"}, loan={"plan": "equal_principal"})
    return some_inputs(risk, scheme=scheme, balances={"fund": 20_000_000})


@pytest.fixture(scope="module")
def table() -> WhoPays:
    return who_pays(LINE, with_a_short_pool())


def test_the_issuers_months_are_those_of_the_price(table: WhoPays) -> None:
    priced = value(LINE, with_a_short_pool())
    assert table.expected("insurer") == pytest.approx(priced.loss.pure, rel=1e-12)
    assert [cell.worst for cell in table.cells["insurer"]] == [
        row.paid for row in priced.loss.months
    ]


def test_every_month_is_shared_to_the_fen(table: WhoPays) -> None:
    for place, exposure in enumerate(table.exposure):
        assert sum(table.cells[party][place].worst for party in table.parties) == exposure


def test_the_worst_is_the_split_of_the_schemes_own_rule(table: WhoPays) -> None:
    inputs = with_a_short_pool()
    shared = split(inputs.scheme.scheme, Loss(table.exposure[0], 0, 0, "CNY"), inputs.facts)
    for party in ("insurer", "fund", "bank"):
        assert table.cells[party][0].worst == shared.paid_by(party)
    assert table.cells[UNCOVERED][0].worst == shared.uncovered > 0


def test_nobody_bears_what_the_empty_pool_leaves(table: WhoPays) -> None:
    assert table.parties[-1] == UNCOVERED
    assert table.worst(UNCOVERED) == 90_000_000 - 20_000_000
    assert table.worst("fund") == 20_000_000


def test_the_cover_falls_with_the_principal(table: WhoPays) -> None:
    assert list(table.exposure) == sorted(table.exposure, reverse=True)
    assert len(table.exposure) == len(table.probability) == 12
    assert all(0 < probability < 0.01 for probability in table.probability)


def test_it_is_shown_month_by_month(table: WhoPays) -> None:
    shown = who_pays_json(table)
    assert [row["party"] for row in shown["parties"]] == list(table.parties)
    assert shown["months"][0]["exposure"] == "3000000.00"
    assert {one["party"] for one in shown["months"][11]["shares"]} == set(table.parties)
    worst = [one["worst"] for one in shown["months"][0]["shares"]]
    assert worst == ["1500000.00", "200000.00", "600000.00", "700000.00"]


def test_the_picture_has_a_bar_for_each_party_and_month(table: WhoPays) -> None:
    picture = ET.fromstring(who_pays_picture(table))
    bars = [one for one in picture.iter() if one.tag.endswith("rect")]
    assert len(bars) >= 12 * 4
    words = "".join(picture.itertext())
    assert all(party in words for party in table.parties)
    assert "若在当月出险" in words


def test_a_scheme_that_covers_all_shows_no_grey() -> None:
    table = who_pays(LINE, some_inputs())
    assert table.worst(UNCOVERED) == 0
    assert UNCOVERED not in "".join(ET.fromstring(who_pays_picture(table)).itertext())
