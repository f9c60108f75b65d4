"""The page on messages shows what the code writes, and its example runs."""

import re
from pathlib import Path

from letters_sample import a_letter

from underwriting.standards.mt import mt760
from underwriting.standards.mt.network import RULES
from underwriting.standards.shown import table_shown

PAGE = (Path(__file__).parents[3] / "docs/methods/letters-messages.md").read_text(encoding="utf-8")
WRITTEN = mt760(a_letter()).replace("\r\n", "\n")


def block(kind: str) -> str:
    return re.search(rf"^```{kind}\n(.*?)\n```$", PAGE, re.DOTALL | re.MULTILINE)[1]


def test_the_worked_example_is_what_the_code_writes() -> None:
    assert block("") == WRITTEN


def test_the_table_is_the_table() -> None:
    assert table_shown() in PAGE
    assert PAGE.count("not carried |") >= table_shown().count("not carried |")


def test_the_way_to_check_it_runs() -> None:
    code = block("python")
    assert code.count("assert") == 2
    exec(code, {"text": WRITTEN})


def test_every_rule_of_the_page_is_in_the_code() -> None:
    named = re.findall(r"^\| (C\d) \|", PAGE, re.MULTILINE)
    assert named == [rule.__name__.upper() for rule in RULES["760"]]
