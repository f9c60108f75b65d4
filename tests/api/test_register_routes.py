"""Bank products, the score, indications and the register of appraisers over HTTP and by hand."""

import json
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from builders import risk_json
from callers import Counter, a_proposal, open_counter
from sqlalchemy import Engine
from typer.testing import CliRunner

from api.cli.main import app
from kernel.db.row import new_id
from kernel.errors import Invalid
from kernel.settings import Settings
from underwriting.bank_products import bank_products
from underwriting.innovation import indicators, innovation_score

HERE = Path(__file__)
EXAMPLES = HERE.parents[2] / "docs" / "examples"
PATENTS = EXAMPLES / "patents.csv"


def _lent(name: str) -> Any:
    spec = spec_from_file_location(name, HERE.parent / f"{name}.py")
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


calls = _lent("register_calls")


@pytest.fixture
def house(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    """A counter whose house knows the example file of rights."""
    counter = open_counter(engine)
    known = counter.app.state.house.settings
    object.__setattr__(known, "patents", PATENTS)
    with counter.client:
        yield counter


def test_the_walk_asks_every_operation_of_the_registers_once(house: Counter) -> None:
    dossier = calls.walk_registers(house)
    assert dossier["state"] == "suspended"
    assert dossier["reason"] == "two values withdrawn"
    assert [one["realised"]["amount"] for one in dossier["appraisals"]] == ["1200000.00"]
    assert {finding["code"] for finding in dossier["findings"]} == {
        "appraiser-suspended", "appraiser-thin",
    }  # fmt: skip
    asked = {house.operation(method, path) for method, path, _, _ in house.heard}
    assert asked >= {
        "list_bank_products", "read_bank_product", "check_eligibility", "find_bank_products",
        "score_innovation", "indicate_price", "create_appraiser", "list_appraisers",
        "read_appraiser", "set_appraiser_standing", "create_appraisal", "create_realisation",
    }  # fmt: skip


def test_every_product_is_listed_and_read_with_its_text(counter: Counter) -> None:
    bank = counter.caller["bank"]
    listed = bank.get("/v1/bank-products")["items"]
    assert [one["code"] for one in listed] == list(bank_products())
    for code, stated in bank_products().items():
        read = bank.get(f"/v1/bank-products/{code}")
        assert (read["text"], read["sha256"]) == (stated.text, stated.sha256)
    limits = bank.get("/v1/bank-products/cq-knowledge-value-2023")["limits"]
    assert limits[0] == {
        "by": "grade", "of": "A", "most": {"amount": "5000000.00", "currency": "CNY"},
    }  # fmt: skip


def test_a_product_that_is_none_is_refused(counter: Counter) -> None:
    answer = counter.caller["bank"].ask("GET", "/v1/bank-products/none")
    assert (answer.status_code, answer.json()["code"]) == (404, "no-such-bank-product")


def test_what_suits_comes_first_and_the_rest_says_what_is_missing(counter: Counter) -> None:
    fit = {"firm": calls.FIRM, "loan": calls.LOAN}
    items = counter.caller["bank"].post("/v1/bank-products/suited", fit, key=None)["items"]
    assert len(items) == len(bank_products())
    suits = [one["suits"] for one in items]
    assert suits == sorted(suits, key=["fits", "asks", "no"].index)
    assert suits[0] == "fits"
    for one in items:
        effects = {finding["effect"] for finding in one["findings"]}
        assert ("decline" in effects) == (one["suits"] == "no")
        assert all(finding["clause"] and finding["cure"] for finding in one["findings"])


def test_one_product_is_tested_with_all_its_reasons(counter: Counter) -> None:
    loan = {**calls.LOAN, "term_months": 24, "annual_rate": "0.05"}
    answer = counter.caller["other"].post(
        "/v1/bank-products/icbc-xingke-2025/eligibility",
        {"firm": {**calls.FIRM, "kinds": []}, "loan": loan},
        key=None,
    )
    codes = [finding["code"] for finding in answer["findings"] if finding["effect"] == "decline"]
    assert sorted(codes) == ["firm-kind", "loan-large", "price-high", "term"]
    assert answer["suits"] == "no"


def test_a_subsidy_is_worked_out_beside_the_fit(counter: Counter) -> None:
    loan = {**calls.LOAN, "valuation": "appraisal"}
    sent = {"firm": {**calls.FIRM, "region": "370200"}, "loan": loan}
    place = "/v1/bank-products/qingdao-pledge-2015/eligibility"
    answer = counter.caller["bank"].post(place, sent, key=None)
    assert answer["suits"] == "fits", answer
    (paid,) = answer["support"]
    assert (paid["of"], paid["amount"]["amount"]) == ("interest", "48000.00")  # 3 m x 3.2 % / 2


def test_the_score_over_http_is_the_score(counter: Counter) -> None:
    told = counter.caller["bank"].post("/v1/innovation-scores", calls.FIGURES, key=None)
    score = innovation_score(dict(calls.FIGURES), indicators())
    assert told["points"] == score.points
    assert told["missing"] == ["rd_staff"]
    assert told["low"] < told["points"] < told["high"]
    total = told["base"] + sum(one["points"] for one in told["contributions"])
    assert total == pytest.approx(told["points"])
    assert "not estimated" in told["statement"]


def test_an_indication_is_not_binding_and_agrees_with_a_preview(house: Counter) -> None:
    bank = house.caller["bank"]
    told = bank.post("/v1/indications", {"asked": calls.ASKED}, key=None)
    assert told["binding"] is False
    assert told["words"] == "indication, not binding"
    assert float(told["low"]["premium"]["amount"]) < float(told["high"]["premium"]["amount"])
    value = {"amount": "9000000.00", "currency": "CNY"}
    narrow = {
        **calls.ASKED, "rights": [{"number": "EXAMPLE-0001", "appraised": value}],
        "grade": "BB", "annual_rate": "0.0435", "scheme": "qingdao-2015",
    }  # fmt: skip
    one = bank.post("/v1/indications", {"asked": narrow}, key=None)
    assert one["low"] == one["high"]
    right = {**one["rights"][0]["fields"], "appraised": value, "appraised_on": "2025-03-03",
             "appraiser": "x"}  # fmt: skip
    proposal = a_proposal(
        cover={"scheme": "qingdao-2015"}, rights=[right],
        loan={"annual_rate": "0.0435", "drawdown": "2025-03-03"},
    )  # fmt: skip
    receipt = bank.post("/v1/quotes/preview", {"risk": proposal}, key=None)
    assert receipt["premium"]["total"] == one["low"]["premium"]


def test_the_draft_of_an_indication_fits_the_form_of_a_quote(house: Counter) -> None:
    told = house.caller["bank"].post("/v1/indications", {"asked": calls.ASKED}, key=None)
    drafted = told["rights"][0]["fields"]
    assert drafted.keys() <= risk_json()["rights"][0].keys() | {
        "co_owners", "family", "technology", "standard", "fees_paid_until", "in_dispute",
        "invalidation_pending", "pledged_elsewhere", "office",
    }  # fmt: skip


def test_without_a_file_of_rights_the_cure_is_named(counter: Counter) -> None:
    answer = counter.caller["bank"].ask("POST", "/v1/indications", {"asked": calls.ASKED}, key=None)
    assert answer.status_code == 503
    assert answer.json()["code"] == "no-patents"
    assert "ZHIBAO_PATENTS" in answer.json()["errors"][0]["cure"]


def test_nothing_is_written_by_what_only_reads(house: Counter) -> None:
    bank = house.caller["bank"]
    before = bank.get("/v1/quotes")
    bank.post("/v1/indications", {"asked": calls.ASKED}, key=None)
    assert bank.get("/v1/quotes") == before


def test_a_bank_reads_the_register_and_changes_nothing(counter: Counter) -> None:
    appraiser = calls.an_appraiser(counter)
    bank = counter.caller["bank"]
    assert bank.get(f"/v1/appraisers/{appraiser['id']}")["state"] == "listed"
    sent = {"state": "suspended", "since": "2025-03-03", "reason": "x"}
    answer = bank.ask("POST", f"/v1/appraisers/{appraiser['id']}/standing", sent)
    assert answer.status_code == 403
    answer = bank.ask("POST", f"/v1/appraisers/{appraiser['id']}/appraisals", dict(calls.APPRAISAL))
    assert answer.status_code == 403


def test_two_appraisers_of_one_name_are_not_listed(counter: Counter) -> None:
    calls.an_appraiser(counter)
    underwriter = counter.caller["underwriter"]
    party = {"kind": "appraiser", "name": "示范资产评估有限公司", "register_id": "91APPR0009"}
    twin = underwriter.post("/v1/parties", party)
    sent = {"party_id": twin["id"], "reason": "x"}
    answer = underwriter.ask("POST", "/v1/appraisers", sent)
    assert (answer.status_code, answer.json()["code"]) == (409, "appraiser-name-taken")


def test_appraisers_are_paged_newest_first(counter: Counter) -> None:
    made = []
    for number in range(3):
        counter.clock.advance(seconds=1)
        made.append(calls.an_appraiser(counter, f"评估公司 {number}", f"91APPR{number:04}")["id"])
    bank = counter.caller["bank"]
    first = bank.get("/v1/appraisers", limit=2)
    second = bank.get("/v1/appraisers", limit=2, after=first["next"])
    seen = [one["id"] for page in (first, second) for one in page["items"]]
    assert seen == made[::-1]
    assert second["next"] is None
    wrong = bank.ask("GET", "/v1/appraisers", params={"after": new_id("ap")})
    assert wrong.status_code == 422


def test_a_repeated_appraisal_gets_the_same_answer_and_acts_once(counter: Counter) -> None:
    appraiser = calls.an_appraiser(counter)
    underwriter = counter.caller["underwriter"]
    place = f"/v1/appraisers/{appraiser['id']}/appraisals"
    once = underwriter.post(place, dict(calls.APPRAISAL), key="A-1")
    assert underwriter.post(place, dict(calls.APPRAISAL), key="A-1") == once
    assert len(underwriter.get(f"/v1/appraisers/{appraiser['id']}")["appraisals"]) == 1


def test_the_command_line_indicates_from_the_example_files() -> None:
    words = ["indicate", str(EXAMPLES / "indication.json"), "--patents", str(PATENTS)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["binding"] is False
    assert [one["number"] for one in told["rights"]] == ["EXAMPLE-0001", "EXAMPLE-0002"]


@pytest.mark.parametrize(
    ("sent", "words", "told"),
    [
        ({}, [], "no source of patent facts"),
        (
            {"rights": [{"number": "EXAMPLE-77"}]},
            ["--patents", str(PATENTS)],
            "is not in patents.csv",
        ),
        ({"scheme": "none"}, ["--patents", str(PATENTS)], "is not a scheme"),
        ({"colour": 1}, ["--patents", str(PATENTS)], "is no field"),
    ],
)
def test_a_wrong_file_gives_one_clear_line(
    tmp_path: Path, sent: dict[str, Any], words: list[str], told: str
) -> None:
    file = tmp_path / "asked.json"
    file.write_text(json.dumps({**calls.ASKED, "on": "2025-03-03", **sent}), encoding="utf-8")
    done = CliRunner().invoke(app, ["indicate", str(file), *words])
    assert done.exit_code == 1
    assert told in done.stderr
    assert "Traceback" not in done.output


def test_the_file_of_rights_is_a_setting(tmp_path: Path) -> None:
    assert Settings.from_environment({"ZHIBAO_PATENTS": str(PATENTS)}).patents == PATENTS
    with pytest.raises(Invalid) as refusal:
        Settings.from_environment({"ZHIBAO_PATENTS": str(tmp_path / "none.csv")})
    assert refusal.value.faults[0].field == "ZHIBAO_PATENTS"


HOSTILE = [
    ("/v1/innovation-scores", {"rights": -1}),
    ("/v1/innovation-scores", {"rd_staff": 1.01}),
    ("/v1/innovation-scores", {"colour": 1}),
    ("/v1/innovation-scores", {"rights": "6"}),
    ("/v1/bank-products/suited", {"firm": {}}),
    ("/v1/bank-products/suited", {"firm": {"region": "4420"}, "loan": calls.LOAN}),
    ("/v1/bank-products/suited", {"firm": {"kinds": ["rich"]}, "loan": calls.LOAN}),
    ("/v1/bank-products/suited", {"firm": {"rights": {"idea": 1}}, "loan": calls.LOAN}),
    ("/v1/bank-products/suited", {"firm": {"staff": -1}, "loan": calls.LOAN}),
    ("/v1/bank-products/suited", {"firm": {}, "loan": {**calls.LOAN, "annual_rate": "1.5"}}),
    ("/v1/bank-products/suited", {"firm": {}, "loan": {**calls.LOAN, "term_months": 0}}),
    ("/v1/indications", {"asked": {**calls.ASKED, "rights": []}}),
    ("/v1/indications", {"asked": {**calls.ASKED, "term_months": 121}}),
    ("/v1/indications", {"asked": {**calls.ASKED, "value_multiple": 0}}),
    ("/v1/indications", {"asked": {**calls.ASKED, "grade": "AAA"}}),
    ("/v1/indications", {"asked": {**calls.ASKED, "scheme": "none"}}),
    ("/v1/indications", {"asked": {**calls.ASKED, "rights": [{"number": "EXAMPLE-77"}]}}),
]


@pytest.mark.parametrize(("path", "sent"), HOSTILE)
def test_what_cannot_be_is_refused_with_field_and_cure(
    house: Counter, path: str, sent: dict[str, Any]
) -> None:
    answer = house.caller["bank"].ask("POST", path, sent, key=None)
    assert answer.status_code == 422, answer.text
    for fault in answer.json()["errors"]:
        assert fault["field"]
        assert fault["problem"]
        assert fault["cure"]
