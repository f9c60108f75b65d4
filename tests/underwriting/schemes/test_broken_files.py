"""Each broken file is refused, with the line and the key on which it is broken, and a cure."""

from pathlib import Path

import pytest

from kernel.errors import Fault, Invalid
from underwriting.schemes import load_schemes, parse_scheme

WHOLE = """\
code = "made-up"
title = "Made up"
source = "made up"
valid_from = 2021-01-01
loss_base = "principal"
eligible = "whole"
pays_on = "overdue"
residual = "bank"
recovery = "pro_rata"

[[layers]]
upto = "1/2"
shares = { fund = "54/100", bank = "46/100" }

[[layers]]
shares = { bank = "1/1" }

[[caps]]
party = "fund"
per = "loan"
amount = "100.00"

[[brackets]]
tier = "small"
shares = { fund = "1/2", acme = "1/2" }

[[brackets]]
upto_amount = "1000.00"
shares = { fund = "1/4", bank = "3/4" }

[[fuses]]
party = "fund"
measure = "bank_npl_ratio"
above = "0.03"
effect = "suspend_claims"

[[pools]]
party = "fund"
contributions = "1000.00"
leverage = 10

[roles]
acme = "guarantor"

[unverified]
caps = "the source is silent"
"""

SHARES = "layers[0].shares"
BROKEN = [
    (1, 'code = "Made Up"', 1, "code", "is not a code"),
    (2, None, 1, "title", "is missing"),
    (2, 'title = "  "', 2, "title", "is not a text"),
    (3, None, 1, "source", "is missing"),
    (3, "source = 49", 3, "source", "is not a text"),
    (4, 'valid_from = "2021-01-01"', 4, "valid_from", "is not a date"),
    (4, "valid_from = 2021-02-30", 4, "file", "is not TOML"),
    (4, "valid_from = 2021-01-01T00:00:00", 4, "valid_from", "is not a date"),
    (4, "valid_from = 2021-01-01\nvalid_to = 2020-12-31", 5, "valid_to", "is before valid_from"),
    (4, "valid_from = 2021-01-01\ncolour = 3", 5, "colour", "is not a known key"),
    (4, 'valid_from = 2021-01-01\ncurrency = "XAU"', 5, "currency", "is not known"),
    (5, 'loss_base = "interest"', 5, "loss_base", "is not known"),
    (6, 'eligible = "half"', 6, "eligible", "is not known"),
    (7, None, 1, "pays_on", "is missing"),
    (8, None, 1, "residual", "is missing"),
    (8, 'residual = "stranger"', 8, "residual", "has no role"),
    (9, 'recovery = ["pro_rata"]', 9, "recovery", "is not a text"),
    (12, 'upto = "0"', 12, "layers[0].upto", "is 0"),
    (12, 'upto = "0/7"', 12, "layers[0].upto", "is 0"),
    (12, None, 15, "layers[1].shares", "can never fill"),
    (13, 'shares = { fund = "54/100", bank = "45/100" }', 13, SHARES, "sum to 99/100"),
    (13, 'shares = { fund = "54/100", bank = "47/100" }', 13, SHARES, "sum to 101/100"),
    (13, 'shares = { fund = 0.54, bank = "46/100" }', 13, f"{SHARES}.fund", "0.54 is not an exact"),
    (13, 'shares = { fund = "-1/2", bank = "3/2" }', 13, f"{SHARES}.fund", "is not an exact"),
    (13, 'shares = { fund = "1/0", bank = "1" }', 13, f"{SHARES}.fund", "is not an exact"),
    (13, 'shares = { fund = "５/10", bank = "5/10" }', 13, f"{SHARES}.fund", "is not an exact"),
    (13, 'shares = { fund = "1_0/10", bank = "0" }', 13, f"{SHARES}.fund", "is not an exact"),
    (13, 'shares = { fund = " 1/2", bank = "1/2" }', 13, f"{SHARES}.fund", "is not an exact"),
    (13, 'shares = { fund = "1/2\\n", bank = "1/2" }', 13, f"{SHARES}.fund", "is not an exact"),
    (13, 'shares = { fund = "1e0" }', 13, f"{SHARES}.fund", "is not an exact"),
    (13, "shares = { fund = true }", 13, f"{SHARES}.fund", "is not an exact"),
    (13, "shares = {}", 13, SHARES, "is missing or empty"),
    (13, 'shares = { stranger = "1" }', 13, f"{SHARES}.stranger", "has no role"),
    (13, 'shares = { uncovered = "1" }', 13, f"{SHARES}.uncovered", "is not a party's name"),
    (13, 'shares = { Fund = "1" }', 13, f"{SHARES}.Fund", "is not a party's name"),
    (13, 'shares = { fund = "1", fund = "0" }', 13, "file", "is not TOML"),
    (16, 'upto = "1/2"\nshares = { bank = "1" }', 16, "layers[1].upto", "does not end above"),
    (19, 'party = "insurer"', 19, "caps[0].party", "bears no share"),
    (19, None, 18, "caps[0].party", "is missing"),
    (20, 'per = "day"\n# the kind of cap', 20, "caps[0].per", "is not known"),
    (20, 'per = "pool_balance"', 21, "caps[0].amount", "has no meaning"),
    (21, None, 18, "caps[0].amount", "missing is not unlimited"),
    (21, "amount = 100.00", 21, "caps[0].amount", "is not an amount"),
    (21, 'amount = "-1.00"', 21, "caps[0].amount", "is not an amount"),
    (21, 'amount = "1.00"\nthen = "fund"', 22, "caps[0].then", "is the party that the cap cuts"),
    (21, 'amount = "1.00"\nthen = "stranger"', 22, "caps[0].then", "has no role"),
    (24, None, 28, "brackets[1].shares", "is never reached"),
    (25, 'shares = { fund = "1/2", acme = "1/3" }', 25, "brackets[0].shares", "sum to 5/6"),
    (28, 'tier = "small"', 29, "brackets[1].shares", "is never reached"),
    (28, "upto_amount = 1000", 28, "brackets[1].upto_amount", "is not an amount"),
    (32, 'party = "insurer"', 32, "fuses[0].party", "bears no share"),
    (33, None, 31, "fuses[0].measure", "is missing"),
    (34, "above = 0.03", 34, "fuses[0].above", "is not an exact"),
    (34, None, 31, "fuses[0].above", "is missing"),
    (35, 'effect = "warn"', 35, "fuses[0].effect", "is not known"),
    (38, 'party = "insurer"', 38, "pools[0].party", "bears no share"),
    (39, None, 37, "pools[0].contributions", "is missing"),
    (40, 'leverage = "ten"', 40, "pools[0].leverage", "is not an exact"),
    (43, 'acme = "ngo"', 43, "roles.acme", "is not known"),
    (43, None, 25, "brackets[0].shares.acme", "has no role"),
    (46, 'cap = "silent"', 46, "unverified.cap", "is no term of a scheme"),
    (46, "caps = true", 46, "unverified.caps", "is not a text"),
    (9, 'recovery = "pro_rata', 9, "file", "is not TOML"),
    (9, "recovery", 9, "file", "is not TOML"),
    (9, 'recovery = "pro_rata"\ntitle = "Again"', 10, "file", "is not TOML"),
]


def _faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(Invalid) as refused:
        parse_scheme(text, "city.toml")
    assert refused.value.code == "scheme-invalid"
    return refused.value.faults


def test_the_whole_file_is_accepted() -> None:
    assert parse_scheme(WHOLE).parties == ("fund", "bank", "acme")


@pytest.mark.parametrize(("number", "instead", "line", "key", "problem"), BROKEN)
def test_one_broken_line_is_named(
    number: int, instead: str | None, line: int, key: str, problem: str
) -> None:
    lines = WHOLE.splitlines()
    lines[number - 1 : number] = [] if instead is None else [instead]
    fault = _faults("\n".join(lines))[0]
    assert (fault.field, problem in fault.problem or problem in fault.cure) == (
        f"city.toml line {line}: {key}",
        True,
    ), fault
    assert fault.cure


def test_every_broken_line_is_named_at_once() -> None:
    text = WHOLE.replace('"46/100"', '"45/100"').replace('"overdue"', '"never"')
    fields = [fault.field for fault in _faults(text.replace("above", "over"))]
    assert fields == [
        "city.toml line 13: layers[0].shares",
        "city.toml line 7: pays_on",
        "city.toml line 34: fuses[0].over",
        "city.toml line 31: fuses[0].above",
    ]


def test_an_empty_file_lacks_everything() -> None:
    missing = {fault.field.rsplit(" ", 1)[1] for fault in _faults("")}
    assert missing == {
        "code", "title", "source", "valid_from", "loss_base", "eligible", "pays_on", "residual",
        "recovery", "layers",
    }  # fmt: skip


def test_a_fuse_without_a_party_needs_a_pool() -> None:
    text = WHOLE.replace("fund", "insurer").replace('party = "insurer"\nmeasure', "measure")
    assert [fault.field for fault in _faults(text)] == ["city.toml line 31: fuses[0].party"]


def test_a_code_in_two_files_is_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(WHOLE, encoding="utf-8")
    with pytest.raises(Invalid, match=r"b.toml.*code: 'made-up' stands in") as refused:
        load_schemes(tmp_path)
    assert refused.value.code == "scheme-twice"


def test_a_code_that_is_shipped_cannot_be_used_again(tmp_path: Path) -> None:
    text = WHOLE.replace('"made-up"', '"zhongshan-2021"')
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Invalid, match="'zhongshan-2021' stands in"):
        load_schemes(tmp_path)
    assert load_schemes(tmp_path, may_replace=True)["zhongshan-2021"].text == text


def test_two_files_of_a_folder_never_share_a_code(tmp_path: Path) -> None:
    text = WHOLE.replace('"made-up"', '"zhongshan-2021"')
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(
        Invalid, match=r"b\.toml line \d+: code: 'zhongshan-2021' stands in a\.toml"
    ):
        load_schemes(tmp_path, may_replace=True)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    encoded = WHOLE.replace("Made up", "中山市").encode("gb18030")
    (tmp_path / "city.toml").write_bytes(encoded)
    with pytest.raises(Invalid, match=r"city\.toml line 2: file: is not UTF-8; save it as UTF-8"):
        load_schemes(tmp_path)


def test_a_broken_file_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "city.toml").write_text(WHOLE.replace("46/100", "1/100"), encoding="utf-8")
    with pytest.raises(Invalid, match=r"city.toml line 13: layers\[0\].shares: sum to 11/20"):
        load_schemes(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="is not a folder"):
        load_schemes(tmp_path / "none")


def test_a_folder_adds_its_schemes_to_those_shipped(tmp_path: Path) -> None:
    (tmp_path / "city.toml").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a scheme", encoding="utf-8")
    found = load_schemes(tmp_path)
    assert set(found) == {*load_schemes(), "made-up"}
    assert found["made-up"].text == WHOLE
