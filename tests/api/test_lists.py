import pytest
from callers import Counter

from api.openapi import example
from kernel.db.row import new_id


def _pages(counter: Counter, path: str, limit: int) -> list[list[str]]:
    caller, pages, after = counter.caller["underwriter"], [], {}
    while True:
        page = caller.get(path, limit=limit, **after)
        pages.append([row["id"] for row in page["items"]])
        if page["next"] is None:
            return pages
        after = {"after": page["next"]}


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 6, 200])
def test_pages_of_parties_are_the_whole_list_and_no_row_stands_twice(
    counter: Counter, limit: int
) -> None:
    made = [counter.party[name] for name in ("house", "bank", "other", "firm")]
    for number in range(3):
        counter.clock.advance(seconds=number % 2)  # two of them in the same instant
        sent = {"kind": "pool", "name": f"资金池 {number}", "register_id": f"POOL{number:04}"}
        made.append(counter.caller["underwriter"].post("/v1/parties", sent)["id"])
    pages = _pages(counter, "/v1/parties", limit)
    flat = [id_ for page in pages for id_ in page]
    assert sorted(flat) == sorted(made)
    assert all(len(page) == limit for page in pages[:-1])
    assert 0 < len(pages[-1]) <= limit
    assert flat[0] == made[-1] or limit == 1 or flat[1] == made[-1]


def test_a_row_that_comes_in_between_moves_no_page(counter: Counter) -> None:
    underwriter = counter.caller["underwriter"]
    first = underwriter.get("/v1/parties", limit=2)
    counter.clock.advance(seconds=1)
    sent = {"kind": "pool", "name": "资金池", "register_id": "POOL0001"}
    late = underwriter.post("/v1/parties", sent)["id"]
    second = underwriter.get("/v1/parties", limit=2, after=first["next"])
    seen = [row["id"] for page in (first, second) for row in page["items"]]
    assert sorted(seen) == sorted(counter.party.values())
    assert late not in seen


@pytest.mark.parametrize(
    "path", ["/v1/quotes", "/v1/policies", "/v1/claims", "/v1/pools", "/v1/measures", "/v1/parties"]
)
def test_a_cursor_that_is_no_row_is_refused(counter: Counter, path: str) -> None:
    answer = counter.caller["underwriter"].ask("GET", path, params={"after": new_id("qt")})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "after"


def test_quotes_are_paged_for_the_bank_and_for_the_house(counter: Counter) -> None:
    counter.a_pool()
    ids = []
    for by in ("bank", "other", "bank"):
        counter.clock.advance(seconds=1)
        ids.append(counter.a_quote(by)["id"])
    assert _pages(counter, "/v1/quotes", 2) == [[ids[2], ids[1]], [ids[0]]]
    bank = counter.caller["bank"].get("/v1/quotes", limit=1)
    assert [row["id"] for row in bank["items"]] == [ids[2]]
    rest = counter.caller["bank"].get("/v1/quotes", limit=1, after=bank["next"])
    assert ([row["id"] for row in rest["items"]], rest["next"]) == ([ids[0]], None)


def test_pools_take_contributions_once_and_show_their_balance(counter: Counter) -> None:
    pool, underwriter = counter.a_pool(), counter.caller["underwriter"]
    place, sent = f"/v1/pools/{pool['id']}/contributions", example("contribute_to_pool")["request"]
    assert underwriter.post(place, sent)["balance"]["amount"] == "3000000.00"
    twice = underwriter.ask("POST", place, sent)
    assert (twice.status_code, twice.json()["code"]) == (409, "already-posted")
    largest = {"amount": {"amount": "999999999999999.99", "currency": "CNY"}, "reference": "R"}
    assert underwriter.ask("POST", place, largest).status_code == 422
    nothing = {"amount": {"amount": "0", "currency": "CNY"}, "reference": "R"}
    assert underwriter.ask("POST", place, nothing).status_code == 422
    assert underwriter.get("/v1/pools")["items"][0]["balance"]["amount"] == "3000000.00"


def test_a_pool_comes_in_with_what_it_paid_before(counter: Counter) -> None:
    sent = example("create_pool")["request"] | {
        "drawn": {"amount": "300000.00", "currency": "CNY"},
        "paid_this_year": {"amount": "100000.00", "currency": "CNY"},
    }
    pool = counter.caller["underwriter"].post("/v1/pools", sent)
    assert (pool["drawn"]["amount"], pool["balance"]["amount"]) == ("300000.00", "700000.00")
    again = counter.caller["underwriter"].ask("POST", "/v1/pools", sent)
    assert again.status_code == 409
    mixed = sent | {"drawn": {"amount": "1", "currency": "USD"}}
    refused = counter.caller["underwriter"].ask("POST", "/v1/pools", mixed)
    assert refused.json()["errors"][0]["cure"] == "give all amounts in one currency"


def test_a_ratio_is_stated_once_a_day(counter: Counter) -> None:
    sent = example("create_measure")["request"] | {
        "bank_id": counter.party["bank"],
        "as_of": "2025-03-01",
    }
    underwriter = counter.caller["underwriter"]
    assert underwriter.post("/v1/measures", sent)["ratio"] == "3/250"
    twice = underwriter.ask("POST", "/v1/measures", sent)
    assert (twice.status_code, twice.json()["code"]) == (409, "measure-twice")
    underwriter.post("/v1/measures", sent | {"as_of": "2025-03-02", "ratio": "54/1000"})
    assert len(counter.caller["bank"].get("/v1/measures")["items"]) == 2


def test_a_party_is_registered_once_and_the_house_not_at_all(counter: Counter) -> None:
    sent = example("create_party")["request"]
    underwriter = counter.caller["underwriter"]
    underwriter.post("/v1/parties", sent)
    assert underwriter.ask("POST", "/v1/parties", sent).status_code == 409
    insurer = underwriter.ask("POST", "/v1/parties", sent | {"kind": "insurer"})
    assert insurer.json()["errors"][0]["field"] == "kind"


def test_the_catalogue_states_form_tariff_wording_and_scheme(counter: Counter) -> None:
    bank = counter.caller["bank"]
    line = bank.get("/v1/products/pledge_guarantee")
    assert line["form"]["properties"]["loan"]
    assert "fraud_by_insured" in line["conduct"]
    assert line["terms"]["version"] in bank.get("/v1/products/pledge_guarantee")["terms"].values()
    codes = [row["code"] for row in bank.get("/v1/schemes")["items"]]
    assert codes == sorted(codes)
    for code in codes:
        scheme = bank.get(f"/v1/schemes/{code}")
        assert f'"{code}"' in scheme["text"]
        assert set(scheme["parties"]) >= set(scheme["layers"][0]["shares"] or {})
