"""The page on messages shows what the code writes, and its example runs."""

import re
from pathlib import Path

from letters_sample import a_letter

from underwriting.standards.mapping import Row, rows
from underwriting.standards.mt import mt760
from underwriting.standards.mt.network import RULES

PAGE = (Path(__file__).parents[3] / "docs/methods/letters-messages.md").read_text(encoding="utf-8")
WRITTEN = mt760(a_letter()).replace("\r\n", "\n")


HEAD = ("field of the letter", "label", "MT760", "tsrv.001")


def table() -> str:
    """Every field as the page shows it: where each message carries it, or that it does not."""
    lines = [HEAD, ("---",) * len(HEAD), *map(cells, rows())]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cells(row: Row) -> tuple[str, ...]:
    label = f"`{row.label}`" if row.label else ""
    return (f"`{row.field}`", label, tag(row), f"`{row.tsrv}`" if row.tsrv else "not carried")


def tag(row: Row) -> str:
    if row.mt is None:
        return "not carried"
    if row.mt in ("44J", "50", "52a", "59"):  # too little room for every party
        return f"{row.mt}, else 77U"
    return row.mt + ("" if row.own else " by label")


def block(kind: str) -> str:
    return re.search(rf"^```{kind}\n(.*?)\n```$", PAGE, re.DOTALL | re.MULTILINE)[1]


def test_the_worked_example_is_what_the_code_writes() -> None:
    assert f"\n```\n{WRITTEN}\n```\n" in PAGE


def test_the_table_is_the_table() -> None:
    assert len(rows()) > 50
    assert table() in PAGE


def test_the_way_to_check_it_runs() -> None:
    code = block("python")
    assert code.count("assert") == 2
    exec(code, {"text": WRITTEN})


def test_every_rule_of_the_page_is_in_the_code() -> None:
    named = re.findall(r"^\| (C\d) \|", PAGE, re.MULTILINE)
    assert named == [rule.__name__.upper() for rule in RULES["760"]]
