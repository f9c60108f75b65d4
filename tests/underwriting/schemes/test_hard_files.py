"""Files that are rare or hostile: still refused in words, still with the right line."""

from pathlib import Path

import pytest

from kernel.errors import Invalid
from underwriting.schemes import load_schemes, parse_scheme

TOP = """\
code = "made-up"
title = "Made up"
source = "made up"
valid_from = 2021-01-01
loss_base = "principal"
eligible = "whole"
pays_on = "overdue"
residual = "bank"
recovery = "pro_rata"
"""
LAYER = """
[[layers]]
shares = { fund = "54/100", bank = "46/100" }
"""


def _first_field(text: str) -> str:
    with pytest.raises(Invalid) as refused:
        parse_scheme(text, "city.toml")
    return refused.value.faults[0].field


def test_a_table_written_with_one_bracket_is_named_where_it_stands() -> None:
    text = TOP + LAYER + '\n[caps]\nparty = "fund"\nper = "pool_balance"\n'
    assert _first_field(text) == "city.toml line 14: caps"


def test_layers_written_with_one_bracket_are_named_where_they_stand() -> None:
    assert (
        _first_field(TOP + LAYER.replace("[[layers]]", "[layers]")) == "city.toml line 11: layers"
    )


def test_a_text_over_several_lines_does_not_move_the_line() -> None:
    text = TOP.replace('"made up"', '"""\n[[layers]]\n"""') + LAYER.replace("46", "45")
    assert _first_field(text) == "city.toml line 14: layers[0].shares"


def test_a_line_separator_within_a_text_does_not_move_the_line() -> None:
    text = TOP.replace("Made up", "Made\u2028up") + LAYER.replace("46", "45")
    assert _first_field(text) == "city.toml line 12: layers[0].shares"


@pytest.mark.parametrize(
    ("shares", "line"),
    [
        ('[layers.shares]\nfund = "54/100"\nbank = 0.46', 14),
        ('shares.fund = "54/100"\nshares.bank = 0.46', 13),
    ],
)
def test_shares_over_several_lines_are_named_on_their_own_line(shares: str, line: int) -> None:
    text = TOP + "\n[[layers]]\n" + shares + "\n"
    assert _first_field(text) == f"city.toml line {line}: layers[0].shares.bank"


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 5000], ids=["long number", "deep nesting"])
def test_what_the_reader_of_toml_cannot_take_is_refused_in_words(value: str) -> None:
    assert _first_field(f"x = {value}\n{TOP}{LAYER}").startswith("city.toml line 1")


def test_a_role_that_nobody_plays_is_refused() -> None:
    text = TOP + LAYER + '\n[roles]\nghost = "bank"\n'
    assert _first_field(text) == "city.toml line 15: roles.ghost"


def test_a_folder_named_like_a_scheme_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "city.toml").mkdir()
    with pytest.raises(Invalid, match=r"city\.toml"):
        load_schemes(tmp_path)


def test_a_file_with_windows_line_ends_is_accepted() -> None:
    assert parse_scheme((TOP + LAYER).replace("\n", "\r\n")) == parse_scheme(TOP + LAYER)


def test_a_byte_order_mark_is_named() -> None:
    assert _first_field("\ufeff" + TOP + LAYER) == "city.toml line 1: file"


def test_quoted_keys_are_found() -> None:
    assert _first_field(TOP.replace("loss_base =", '"loss base" =') + LAYER) == (
        "city.toml line 5: loss base"
    )


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ('[[caps]]\nparty = "fund"\nper = "loan"\namount = "0.50"\n', "caps[0].amount"),
        ('[[pools]]\nparty = "fund"\n# size\ncontributions = "0.50"\n', "pools[0].contributions"),
        (
            '[[brackets]]\nshares = { bank = "1" }\n# ends\nupto_amount = "0.50"\n',
            "brackets[0].upto_amount",
        ),
    ],
)
def test_decimals_that_the_currency_lacks_are_refused_when_read(table: str, key: str) -> None:
    text = TOP.replace("pays_on", 'currency = "JPY"\npays_on') + LAYER + table
    assert _first_field(text) == f"city.toml line 17: {key}"
