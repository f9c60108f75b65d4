"""What was stated, in words: every field of every product, nested as it may be."""

from collections.abc import Iterator
from enum import Enum
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from documents.blocks import Label
from kernel.money import Money
from underwriting.explain.who_pays import Cell, WhoPays
from underwriting.papers.figures import figures
from underwriting.papers.stated import parts_of
from underwriting.papers.who_pays import NOBODY, years_of
from underwriting.papers.words import chosen, fields_named, label_of
from underwriting.products import products

MONEY = {"amount": "1234.50", "currency": "CNY"}


def fields_of(kind: Any, seen: set[Any]) -> Iterator[tuple[str, Any]]:
    """Every field that a form may hold, however deep, with its annotation."""
    for inner in get_args(kind):
        yield from fields_of(inner, seen)
    if get_origin(kind) is None and isinstance(kind, type) and issubclass(kind, BaseModel):
        if kind in seen or kind.__name__ == "MoneyWire":
            return
        seen.add(kind)
        for name, field in kind.model_fields.items():
            yield name, field.annotation
            yield from fields_of(field.annotation, seen)


def choices_in(kind: Any) -> Iterator[type[Enum]]:
    for inner in get_args(kind):
        yield from choices_in(inner)
    if isinstance(kind, type) and issubclass(kind, Enum):
        yield kind


FIELDS = [pair for line in products().values() for pair in fields_of(line.risk, set())]


def test_every_field_of_every_product_has_its_words() -> None:
    assert len(FIELDS) > 150
    assert {name for name, _ in FIELDS} - fields_named() == set()
    assert fields_named() - {name for name, _ in FIELDS} == set(), "and no other field has"


def test_every_choice_on_paper_has_its_words_or_is_a_code() -> None:
    """A code such as a court or a grade speaks for itself; a word is put into both languages."""
    for name, kind in FIELDS:
        for choice in choices_in(kind):
            for value in choice:
                words = chosen(name, value.value)
                code = value.value.isupper() or "/" in value.value
                named = name == "rights" and label_of(value.value).zh  # a table by kind of right
                assert code or named or words != value.value, (name, value.value)


def test_what_is_nested_is_named_by_its_way_there() -> None:
    (part,) = parts_of({"cover": {"stage_caps": {"appeal": MONEY}, "retention": MONEY}})
    assert part.heading == Label("所需保障", "cover asked for")
    assert [(fact.label.zh, fact.value) for fact in part.facts] == [
        ("阶段费用限额·上诉费用限额", "CNY 1,234.50"),
        ("免赔额", "CNY 1,234.50"),
    ]


def test_each_row_of_a_list_is_a_part_and_a_list_in_it_is_numbered() -> None:
    row = {"number": "ZL1", "co_owners": ["甲", "乙"], "sales": [{"annual": MONEY}] * 2}
    first, second = parts_of({"rights": [row, {"number": "ZL2"}]})
    assert (first.heading.zh, second.heading.zh) == ("知识产权 1", "知识产权 2")
    assert [(fact.label.zh, fact.value) for fact in first.facts] == [
        ("编号", "ZL1"),
        ("共有人", "甲；乙"),
        ("销售额·1·年销售额", "CNY 1,234.50"),
        ("销售额·2·年销售额", "CNY 1,234.50"),
    ]


@pytest.mark.parametrize("nothing", [None, "", [], (), {}])
def test_what_was_left_out_is_left_out(nothing: Any) -> None:
    assert parts_of({"product": "x", "deed": nothing}) == ()
    (part,) = parts_of({"loan": {"contract": "1", "fees": nothing}})
    assert [fact.value for fact in part.facts] == ["1"]


def test_no_is_not_nothing() -> None:
    (part,) = parts_of({"loan": {"refinancing": False, "grace_months": 0}})
    assert [fact.value for fact in part.facts] == ["否 no", "0"]


def test_what_stands_alone_comes_last_and_an_unknown_field_keeps_its_name() -> None:
    loan, other = parts_of({"unheard_of": "甲", "loan": {"contract": "1"}})
    assert other.heading.en == "Other"
    assert [(fact.label.en, fact.value) for fact in other.facts] == [("unheard_of", "甲")]
    assert label_of("unheard_of") == Label("", "unheard_of")
    assert loan.heading.en == "loan"


def test_years_add_up_months_and_keep_the_worst_of_them() -> None:
    cells = tuple(Cell(0.5 * month, 100 - month) for month in range(1, 15))
    table = WhoPays("CNY", ("insurer", "uncovered"), (0,) * 14, (0.0,) * 14,
                    {"insurer": cells, "uncovered": (Cell(0.0, 0),) * 14})  # fmt: skip
    first, second = years_of(table)
    assert (first.party, first.year, second.year) == ("insurer", 1, 2)
    assert first.expected == Money(39, "CNY"), "half of 1 + 2 + ... + 12"
    assert second.expected == Money(14, "CNY"), "half of 13 and of 14, 13.5, half up"
    assert (first.worst, second.worst) == (Money(99, "CNY"), Money(87, "CNY"))


def test_nobody_stands_where_something_is_borne_by_nobody() -> None:
    table = WhoPays("CNY", ("insurer", "uncovered"), (9,), (0.0,),
                    {"insurer": (Cell(1.0, 5),), "uncovered": (Cell(0.0, 4),)})  # fmt: skip
    assert [one.party for one in years_of(table)] == ["insurer", NOBODY]


def test_every_figure_of_the_papers_has_source_and_grade() -> None:
    for name, figure in figures().items():
        assert set(figure) == {"value", "source", "grade"}, name
        assert figure["grade"] in set("ABCK")
