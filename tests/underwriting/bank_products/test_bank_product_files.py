"""The files of bank products: those shipped are whole, a broken one is named with its line."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from kernel.errors import Invalid, NotFound
from kernel.money import Money
from underwriting.bank_products import (
    bank_product,
    bank_products,
    parse_bank_product,
    read_bank_product,
)
from underwriting.schemes import load_schemes

WHOLE = """\
code = "made-up"
title = "Made up 编造"
bank = "a bank"
area = "nowhere"
source = "made up"
grade = "C"
valid_from = 2021-01-01
currency = "CNY"
plans = ["bullet"]
not_published = ["scheme"]

[eligible]
kinds = ["high_tech"]
regions = ["4420"]
staff = 500
revenue = "200000000.00"
debt_ratio = "0.7"

[loan]
least = "100000.00"
most = "5000000.00"
months_least = 6
months_most = 36
ip_share = "1/2"

[[limits]]
by = "right"
of = "invention"
most = "500000.00"

[price]
basis = "rate"
low = "0.03"
high = "0.05"

[[subsidies]]
of = "interest"
payer = "a city"
share = "1/2"
cap = "100000.00"

[papers]
claim_form = "索赔申请书 claim form"

[valuation]
methods = ["internal", "appraisal"]
internal_below = "10000000.00"

[unverified]
loan = "the source is silent"
"""

BROKEN = [
    ('code = "made-up"', 'code = "Made Up"', "code", "is not a code"),
    ('title = "Made up 编造"', "", "title", "is missing"),
    ('bank = "a bank"', "bank = 3", "bank", "is not a text"),
    ('grade = "C"', 'grade = "D"', "grade", "is not known"),
    ('currency = "CNY"', 'currency = "XAU"', "currency", "is not known"),
    (
        "valid_from = 2021-01-01",
        "valid_from = 2021-01-01\nvalid_to = 2020-01-01",
        "valid_to",
        "before",
    ),
    ('plans = ["bullet"]', 'plans = ["balloon"]', "plans", "is not known"),
    ('plans = ["bullet"]', "plans = []", "plans", "is empty"),
    ('plans = ["bullet"]', 'plans = ["bullet", "bullet"]', "plans", "twice"),
    ('plans = ["bullet"]', "", "plans", "is missing"),
    ('plans = ["bullet"]', 'colour = "red"', "colour", "is not a known key"),
    ('["scheme"]', '["scheme", "plans"]', "not_published", "is stated, and named"),
    ('["scheme"]', '["subsidies.cap"]', "scheme", "is missing"),
    ('["scheme"]', '["scheme", "colour"]', "not_published", "'colour' is no term"),
    ('kinds = ["high_tech"]', 'kinds = ["rich"]', "eligible.kinds", "is not known"),
    ('regions = ["4420"]', 'regions = ["442"]', "eligible.regions", "is no division code"),
    ("staff = 500", 'staff = "500"', "eligible.staff", "is not a whole number"),
    ("staff = 500", "staff = -1", "eligible.staff", "is not a whole number"),
    ("staff = 500", "staff = true", "eligible.staff", "is not a whole number"),
    ('revenue = "200000000.00"', "revenue = 2e8", "eligible.revenue", "is not an amount"),
    ('debt_ratio = "0.7"', 'debt_ratio = "1.7"', "eligible.debt_ratio", "is above 1"),
    ('least = "100000.00"', 'least = "6000000.00"', "loan.most", "is below least"),
    ("months_most = 36", "months_most = 3", "loan.months_most", "is no term"),
    ("months_most = 36", "", "loan.months_most", "without its other end"),
    ('ip_share = "1/2"', "ip_share = 0.5", "loan.ip_share", "is not an exact fraction"),
    ('by = "right"', 'by = "colour"', "limits[0].by", "is not known"),
    ('of = "invention"', 'of = "idea"', "limits[0].of", "is no right"),
    ('most = "500000.00"', "", "limits[0].most", "is missing"),
    ('basis = "rate"', 'basis = "reference"', "price.reference", "does not go with"),
    ('basis = "rate"', 'basis = "rate"\nreference = "LPR"', "price.reference", "does not go with"),
    ('low = "0.03"', 'low = "0.06"', "price.high", "is below low"),
    ('low = "0.03"\nhigh = "0.05"', "", "price.high", "does not go with not_published"),
    ('of = "interest"', 'of = "joy"', "subsidies[0].of", "is not known"),
    ('share = "1/2"\ncap', "cap", "subsidies[0].share", "is missing"),
    ('cap = "100000.00"', "", "subsidies[0].cap", "missing is not unlimited"),
    (
        'methods = ["internal", "appraisal"]',
        'methods = ["guess"]',
        "valuation.methods",
        "is not known",
    ),
    ('methods = ["internal", "appraisal"]', "", "valuation.methods", "is missing"),
    ('internal_below = "10000000.00"', "", "valuation.internal_below", "does not go with"),
    (
        'claim_form = "索赔申请书 claim form"',
        "claim_form = 3",
        "papers.claim_form",
        "is not a text",
    ),
    ('loan = "the source is silent"', 'rain = "x"', "unverified.rain", "is no term"),
    ("[eligible]", "[eligible", "file", "is not TOML"),
]


def test_the_whole_file_is_read_as_it_stands() -> None:
    product = parse_bank_product(WHOLE)
    assert product.most == Money.of("5000000.00", "CNY")
    assert product.months == (6, 36)
    assert product.eligible is not None
    assert product.eligible.revenue == Money.of("200000000.00", "CNY")
    assert product.not_published == ("scheme",)


@pytest.mark.parametrize(("good", "bad", "key", "problem"), BROKEN)
def test_a_broken_file_is_named_with_its_key(good: str, bad: str, key: str, problem: str) -> None:
    assert good in WHOLE
    with pytest.raises(Invalid) as refusal:
        parse_bank_product(WHOLE.replace(good, bad, 1), "x.toml")
    assert refusal.value.code == "bank-product-invalid"
    first = refusal.value.faults[0]
    assert re.fullmatch(rf"x\.toml( line [0-9]+)?: {re.escape(key)}", first.field), str(first)
    assert problem in first.problem
    assert first.cure


def test_the_line_of_a_fault_is_the_line_of_its_key() -> None:
    with pytest.raises(Invalid) as refusal:
        parse_bank_product(WHOLE.replace("staff = 500", "staff = -5"), "x.toml")
    number = WHOLE.split("\n").index("staff = 500") + 1
    assert refusal.value.faults[0].field == f"x.toml line {number}: eligible.staff"


def test_all_faults_are_named_at_once() -> None:
    text = WHOLE.replace('grade = "C"', 'grade = "D"').replace("staff = 500", "staff = -5")
    with pytest.raises(Invalid) as refusal:
        parse_bank_product(text)
    assert len(refusal.value.faults) == 2


SHIPPED = sorted(bank_products())


def test_there_are_products_of_every_sort_the_policy_papers_name() -> None:
    assert len(SHIPPED) >= 6
    for part in ("technology-flow", "knowledge-value", "boc-zhihui", "internal-value"):
        assert any(part in code for code in SHIPPED), part


@pytest.mark.parametrize("code", SHIPPED)
def test_a_shipped_product_is_well_stated(code: str) -> None:
    stated = bank_product(code)
    product = stated.product
    assert product.code == code
    assert re.search(r"[\u4e00-\u9fff]", product.title)
    assert re.search(r"[A-Za-z]", product.title)
    assert "docs/sources.md#" in product.source
    assert product.scheme is None or product.scheme in load_schemes()
    assert all(re.search(r"[\u4e00-\u9fff]", name) for name in product.papers.values())
    assert read_bank_product(stated.text).sha256 == stated.sha256


@pytest.mark.parametrize("code", SHIPPED)
def test_a_file_is_named_by_its_code(code: str) -> None:
    text = files("underwriting.bank_products").joinpath(f"{code}.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["code"] == code


def test_published_limits_of_the_knowledge_value_loan() -> None:
    """Grades A to E: 5, 4, 3, 1.6 and 0.8 million (Chongqing, August 2023)."""
    rows = bank_product("cq-knowledge-value-2023").product.limits
    figures = {row.of: row.most.minor // 10**6 for row in rows}  # in units of 10,000 yuan
    assert figures == {"A": 500, "B": 400, "C": 300, "D": 160, "E": 80}


def test_published_caps_of_the_wenzhou_loan() -> None:
    """Firms 3 m, persons 0.5 m; rate at most 1.3 x benchmark, premium 3 %, together 9 %."""
    product = bank_product("wenzhou-small-loan-2019").product
    most = {row.of: str(row.most) for row in product.limits}
    assert most["small"] == "CNY 3,000,000.00"
    assert most["person"] == "CNY 500,000.00"
    assert product.price is not None
    caps = [product.price.high, product.price.premium, product.price.all_in]
    assert [float(cap or 0) for cap in caps] == [1.3, 0.03, 0.09]


def test_a_folder_of_ones_own_is_laid_beside(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(WHOLE, encoding="utf-8")
    assert bank_product("made-up", tmp_path).product.bank == "a bank"
    assert set(SHIPPED) < set(bank_products(tmp_path))
    (tmp_path / "twice.toml").write_text(WHOLE, encoding="utf-8")
    bank_products.cache_clear()
    with pytest.raises(Invalid) as refusal:
        bank_products(tmp_path)
    assert refusal.value.code == "bank-product-twice"


def test_a_code_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(NotFound) as refusal:
        bank_product("no-such")
    assert "boc-zhihui-2021" in refusal.value.faults[0].cure
