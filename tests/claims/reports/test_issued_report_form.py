"""The paper of a report as it is filled, and the picture of a pool to scale."""

from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from claims.papers.issued_report import issued_report
from claims.reports.period import Asked
from claims.reports.templates import template
from claims.rules.reporting.changes import changes
from claims.rules.reporting.figure import Figure
from documents.banded import Band, banded
from documents.blocks import Facts, Listing, Note, Title
from documents.forms.issued_report import PrintedFigure, PrintedRow
from documents.render import render

ASKED = Asked(template="party-statement", opens_on=date(2026, 1, 1), closes_on=date(2026, 3, 31),
              whom={"scheme": "s", "party": "fund", "currency": "CNY"})  # fmt: skip
FIGURES = (
    Figure("期初 opening", "balance", "余额", "balance", "money", "1000.00", "CNY"),
    Figure("期末 closing", "charged", "本期承担损失", "charged", "money", "-250.50", "CNY"),
    Figure(
        "期末 closing", "npl", "不良率", "npl", "ratio", "", recorded=False, note="ask the bank"
    ),
)


def filled(edition: int = 1, before: tuple[Figure, ...] = FIGURES, **named: Any) -> Any:
    told = changes(before, FIGURES)
    return issued_report(
        named.get("template", template("party-statement")), ASKED, FIGURES, told,
        number="RP-1", edition=edition, whom="s / fund / CNY", insurer="示范保险",
        on=date(2026, 4, 2),
    )  # fmt: skip


def of(form: Any, kind: type) -> list[Any]:
    return [one for one in form.blocks() if isinstance(one, kind)]


def test_figures_stand_in_their_rows_in_words_with_their_notes() -> None:
    opening, closing = of(filled(), Listing)
    assert (opening.heading.zh, closing.heading.zh) == ("期初 opening", "期末 closing")
    assert [row[1:] for row in opening.rows] == [("CNY 1,000.00", "")]
    assert [row[1:] for row in closing.rows] == [
        ("CNY -250.50", ""),
        ("未记录 not recorded", "ask the bank"),
    ]
    assert [row[0].en for row in closing.rows] == ["charged", "npl"]


def test_lines_of_one_kind_stand_in_one_table() -> None:
    """Three movements of one figure each; then two rows of the same three; a total by itself."""
    moves = tuple(PrintedRow(f"m{n}", (PrintedFigure("动", "move", f"{n}", ""),)) for n in range(3))
    same = tuple(
        PrintedRow(name, tuple(PrintedFigure(c, c, f"{name}{c}", "") for c in "abc"))
        for name in "xy"
    )
    noted = PrintedRow("z", (PrintedFigure("a", "a", "1", "why"), PrintedFigure("b", "b", "2", "")))
    form = replace(filled(), rows=(*moves, *same, noted))
    first, second, last = of(form, Listing)
    assert [row[0] for row in first.rows] == ["m0", "m1", "m2"]
    assert [row[2] for row in first.rows] == ["0", "1", "2"]
    assert second.rows == (("x", "xa", "xb", "xc"), ("y", "ya", "yb", "yc"))
    assert [one.en for one in second.columns] == ["Row", "a", "b", "c"]
    assert (last.heading.en, last.rows[0][2]) == ("z", "why"), "what has remarks keeps its own"
    assert render(form).pages == 1


def test_the_head_names_whom_when_and_by_which_rule() -> None:
    (title,), (head,) = of(filled(), Title), of(filled(), Facts)
    assert (title.label.zh, title.subtitle) == ("承担方对账单", "s / fund / CNY")
    said = {fact.label.en: fact.value for fact in head.facts}
    assert said["Period"] == "2026-01-01 至 to 2026-03-31"
    assert (said["Edition"], said["Issued on"]) == (1, date(2026, 4, 2))
    assert said["Source"] == "S8 (C)"


def test_the_first_edition_has_no_list_of_changes_and_the_second_has() -> None:
    assert len(of(filled(), Listing)) == 2
    before = (replace(FIGURES[0], value="900.00"), *FIGURES[1:])
    changed, *rest = of(filled(2, before), Listing)
    assert len(rest) == 2
    assert changed.heading.en == "Changed since the edition before"
    assert [(row[0], row[1].en, *row[2:]) for row in changed.rows] == [
        ("期初 opening", "balance", "CNY 900.00", "CNY 1,000.00")
    ]


def test_what_is_not_verified_is_the_last_note() -> None:
    plain, doubted = template("party-statement"), template("supervisor-claims")
    assert of(filled(), Note)[0].lines == plain.notes
    lines = of(filled(template=doubted), Note)[0].lines
    assert lines[:-1] == doubted.notes
    assert lines[-1] == f"未核实 unverified: {doubted.unverified}"


def test_the_same_edition_is_printed_to_the_same_bytes() -> None:
    form = filled(2, FIGURES[:1])
    first = render(form).content
    assert first.startswith(b"%PDF-")
    assert render(form).content == first
    assert render(replace(form, number="RP-2")).content != first


def points_of(svg: bytes, kind: str) -> list[list[tuple[float, float]]]:
    """The corners of each shape of a kind, as drawn."""
    found = []
    for one in ET.fromstring(svg).iter():
        if one.tag.rpartition("}")[2] == kind and one.get("points"):
            plain = [float(part) for part in one.get("points", "").replace(",", " ").split()]
            found.append(list(zip(plain[::2], plain[1::2], strict=True)))
    return found


def test_the_picture_is_to_scale() -> None:
    """At half of the highest value the line is half as high; the band holds it throughout."""
    points = [Band(100, 100, 100), Band(50, 25, 75), Band(0, 0, 50)]
    svg = banded("t", "CNY", points, "l")
    (line,), (band,) = points_of(svg, "polyline"), points_of(svg, "polygon")
    (x0, top), (x1, middle), (x2, foot) = line
    assert middle == pytest.approx((top + foot) / 2, abs=0.01)
    assert x1 == pytest.approx((x0 + x2) / 2, abs=0.01)
    tall = foot - top
    heights = [(foot - y) / tall for _, y in band[:6]]
    assert heights == pytest.approx([1, 0.75, 0.5, 0, 0.25, 1], abs=0.001)


@pytest.mark.parametrize(("months", "labels"), [(1, 1), (6, 2), (36, 7), (120, 21)])
def test_every_sixth_month_is_labelled(months: int, labels: int) -> None:
    svg = banded("t", "CNY", [Band(5.0, 5.0, 5.0)] * (months + 1), "l")
    words = [text.strip() for text in ET.fromstring(svg).itertext() if text.strip()]
    scale = {f"{5 * tick / 5:,.0f}" for tick in range(6)}
    named = {text for text in words if text.isdigit()} - scale
    wanted = {str(month) for month in range(0, months + 1, 6)}
    assert len(wanted) == labels
    assert named == wanted - scale
    assert scale <= set(words)


def test_strange_words_do_not_break_the_picture() -> None:
    svg = banded("<b>&\"'", "C&Y", [Band(1.0, 1.0, 1.0)] * 2, "</svg><script>")
    words = "".join(ET.fromstring(svg).itertext())
    assert "<b>&" in words
    assert not [one for one in ET.fromstring(svg).iter() if one.tag.endswith("script")]
