"""What holds of every line of business: its form, its price, its terms, its wording, its life."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from builders import (
    LARGER,
    NOTIFIED,
    QUOTED,
    SAMPLES,
    SETTLED,
    House,
    a_basis,
    a_notice,
    some_inputs,
)
from pydantic import ValidationError

from claims.notify import notify
from documents.forms.policy_schedule import Contracting, PolicySchedule
from documents.forms.quote_letter import QuoteLetter
from documents.wording import placeholders
from kernel.errors import NotFound
from kernel.finding import Effect
from kernel.money import MINOR_DIGITS, parse_minor
from underwriting.inputs import Inputs
from underwriting.papers.policy_schedule import policy_schedule
from underwriting.papers.quote_letter import quote_letter
from underwriting.pricing.loadings import Loadings
from underwriting.product import Product, Risk
from underwriting.products import product, products
from underwriting.receipt import Priced, price
from underwriting.rules.appetite import Outcome
from underwriting.rules.contract import Contract

EVERY = pytest.mark.parametrize("line", products().values(), ids=list(products()))
_MATHEMATICS = (".accounts", ".InUnit", ".Innovation.", ".debt_ratio")
"""What a score or a test of ratios reads; all else states amounts and shares as texts."""
_BOUNDS = {"pattern", "maxLength", "enum", "const", "format"}


def sample_of(line: Product) -> Risk:
    return line.risk.model_validate(dict(SAMPLES[line.code]), strict=False)


def priced(line: Product, sample: Any = None) -> Priced:
    risk = line.risk.model_validate(dict(sample), strict=False) if sample else sample_of(line)
    return price(line, some_inputs(risk))


def nodes(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every part of a JSON schema that has a type, with where it stands."""
    if isinstance(schema, dict):
        if "type" in schema:
            yield path, schema
        for key, inner in schema.items():
            yield from nodes(inner, f"{path}.{key}")
    elif isinstance(schema, list):
        for place, inner in enumerate(schema):
            yield from nodes(inner, f"{path}[{place}]")


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every text in a sample."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*path, place))
    elif isinstance(value, str):
        yield path


def with_text(sample: Any, path: tuple[Any, ...], text: str) -> Any:
    """A sample with another text at `path`."""
    changed = json.loads(json.dumps(sample))
    place = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = text
    return changed


def test_every_product_has_a_sample_and_a_larger_one() -> None:
    assert set(SAMPLES) == set(LARGER) == set(products())


def test_a_product_that_no_folder_states_is_refused() -> None:
    with pytest.raises(NotFound, match="use one of customs_guarantee") as refused:
        product("crop_hail")
    assert refused.value.code == "no-such-product"


@EVERY
def test_it_is_named_in_both_languages(line: Product) -> None:
    assert line.code.isidentifier()
    assert line.zh
    assert line.en
    assert sample_of(line).product == line.code


@EVERY
def test_the_risk_survives_the_wire(line: Product) -> None:
    risk = sample_of(line)
    sent = json.loads(json.dumps(risk.model_dump(mode="json")))
    assert line.risk.model_validate(sent, strict=False) == risk
    assert line.risk.model_validate_json(risk.model_dump_json()) == risk


@EVERY
def test_the_form_bounds_every_text_number_and_list(line: Product) -> None:
    schema = line.risk.model_json_schema()
    for path, node in nodes(schema):
        if node["type"] == "string":
            assert _BOUNDS & set(node), f"{path} takes any text"
        if node["type"] in ("integer", "number"):
            assert {"minimum", "maximum"} <= set(node), f"{path} takes any number"
        if not any(part in path for part in _MATHEMATICS):
            assert node["type"] != "number", f"{path}: amounts and shares are texts"


@EVERY
def test_the_form_takes_no_unknown_field(line: Product) -> None:
    for path, node in nodes(line.risk.model_json_schema()):
        if node["type"] == "object":
            assert node.get("additionalProperties") is False, path


@EVERY
@pytest.mark.parametrize("bad", ["", "x\x00y", "x\u202ey", "甲" * 4001, "\ud800"])
def test_no_text_of_the_form_takes_rubbish(line: Product, bad: str) -> None:
    for path in leaves(SAMPLES[line.code]):
        with pytest.raises(ValidationError):
            line.risk.model_validate(with_text(SAMPLES[line.code], path, bad), strict=False)


@EVERY
def test_the_sample_is_accepted_with_reasons_in_words(line: Product) -> None:
    found = priced(line)
    assert found.outcome is Outcome.ACCEPTED
    for one in found.findings:
        assert one.effect is Effect.INFORM
        assert one.code
        assert one.en
        assert one.zh
        assert one.clause
        assert one.cure


@EVERY
def test_the_price_is_whole_and_replays(line: Product) -> None:
    found = priced(line)
    assert found.premium.total.minor > 0
    assert 0 < found.loss.pure < found.contract.sum_insured.minor
    again = price(line, Inputs.of(json.loads(found.receipt)["inputs"]))
    assert again.receipt == found.receipt
    assert {row.key for row in found.loss.priors} >= set(found.inputs.priors.rows)
    assert all(row.source for row in found.loss.priors)


@EVERY
def test_more_at_stake_never_costs_less(line: Product) -> None:
    larger = priced(line, LARGER[line.code](SAMPLES[line.code]))
    assert larger.premium.total.minor > priced(line).premium.total.minor
    assert larger.contract.sum_insured.minor > priced(line).contract.sum_insured.minor


@EVERY
def test_the_contract_survives_freezing(line: Product) -> None:
    terms = priced(line).contract
    assert Contract.of(json.loads(json.dumps(terms.json()))) == terms
    assert terms.issuer in priced(line).inputs.scheme.scheme.parties
    assert terms.sum_insured.minor > 0


@EVERY
def test_the_tariff_is_complete(line: Product) -> None:
    terms = line.terms
    Loadings.of(terms)
    assert terms["version"]
    assert set(terms["minimum"]) == set(MINOR_DIGITS)
    assert all(parse_minor(text, unit) > 0 for unit, text in terms["minimum"].items())
    assert terms["quote_valid_days"] > 0
    assert 0 <= terms["discount_rate"] < 1


@EVERY
def test_every_paper_is_named_in_both_languages(line: Product) -> None:
    papers = line.terms["papers"]
    assert papers
    for code, name in papers.items():
        zh, _, en = name.partition(" ")
        assert code.isidentifier()
        assert not zh.isascii()
        assert en.isascii()
        assert en


@EVERY
def test_doubtful_figures_are_figures_of_the_tariff_with_a_reason(line: Product) -> None:
    doubts = line.terms["unverified"]
    assert set(doubts) <= set(line.terms) - {"unverified", "version"}
    assert all(len(reason.split()) >= 4 for reason in doubts.values())


@EVERY
def test_the_wording_is_complete_and_marks_what_takes_cover_away(line: Product) -> None:
    form = schedule(line)
    assert any(clause.is_exemption for clause in form.clauses)
    assert len({clause.heading for clause in form.clauses}) == len(form.clauses)
    for clause in form.clauses:
        assert "{" not in clause.heading + clause.text
        assert any("\u4e00" <= letter <= "\u9fff" for letter in clause.text)
        assert any(letter.isascii() and letter.isalpha() for letter in clause.text)
    named = placeholders(line.wording)
    assert named


def schedule(line: Product) -> PolicySchedule:
    client = Contracting("示范银行", "91440000BANK000001")
    return policy_schedule(
        priced(line), line, number="PG-1", insurer="示范保险", client=client, on=QUOTED
    )


@EVERY
def test_the_letter_shows_what_was_priced(line: Product) -> None:
    found = priced(line)
    letter: QuoteLetter = quote_letter(
        found, line, number="QT-1", insurer="示范保险", client="示范银行",
        valid_until=QUOTED, receipt_sha256="0" * 64,
    )  # fmt: skip
    assert letter.premium == found.premium.total
    assert sum(row.amount.minor for row in letter.premium_lines) == found.premium.total.minor
    assert letter.outcome == "accepted"


@EVERY
def test_a_default_outside_the_cover_is_declined(line: Product) -> None:
    risk = sample_of(line)
    terms = line.contract(risk, a_basis(some_inputs(risk)))
    before = terms.period.start - timedelta(days=1)
    found = line.test_cover(
        terms, default_date=before, notified_on=before, file={"known_on": before.isoformat()},
        on=date(2030, 1, 1),
    )  # fmt: skip
    assert Effect.DECLINE in {one.effect for one in found}


@EVERY
def test_its_whole_life(line: Product, house: House) -> None:
    """Quote, bind, default, settlement, recovery; the house audits itself after each act."""
    policy = house.policy(sample_of(line))
    no_line = a_notice(policy, asked={"no_such_line": 1})
    house.refuse("invalid", notify, no_line, on=NOTIFIED)
    claim = house.settled(policy)
    assert house.settlement(claim).settled_on == SETTLED
    assert sum(house.shares(claim).values()) == house.settlement(claim).eligible_minor > 0
    house.recover(claim, "100.00", "1.00")
