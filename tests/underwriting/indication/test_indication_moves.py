"""How an indication moves: dearer with more loan, longer term, worse grade, less value."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from api.cli.main import app
from kernel.money import Money
from underwriting.indication.asked import IndicationAsked
from underwriting.indication.assumed import fixed, ranges
from underwriting.indication.variants import variants
from underwriting.products import product
from underwriting.providers import RightRecord, draft

ON = date(2025, 3, 3)
TERMS = product("pledge_guarantee").terms
EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
BARE: dict[str, Any] = {
    "rights": [{"number": "EXAMPLE-0001"}],
    "loan": {"amount": "3000000.00", "currency": "CNY"},
    "term_months": 12,
    "on": "2025-03-03",
}


def told(tmp_path: Path, **changes: Any) -> dict[str, Any]:
    """What the command line says."""
    file = tmp_path / "asked.json"
    file.write_text(json.dumps(BARE | changes), encoding="utf-8")
    words = ["indicate", str(file), "--patents", str(EXAMPLES / "patents.json")]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def ends(said: dict[str, Any]) -> tuple[float, float]:
    return tuple(float(said[end]["premium"]["amount"]) for end in ("low", "high"))


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ({"loan": {"amount": "2000000.00", "currency": "CNY"}}, {}),
        ({"grade": "A"}, {"grade": "B"}),
        ({"value_multiple": 6.0}, {"value_multiple": 1.5}),
        ({"grade": "BB", "term_months": 12}, {"grade": "BB", "term_months": 24}),
        ({"grade": "BB", "scheme": "qingdao-2015"}, {"grade": "BB", "scheme": "own-account"}),
        ({"grade": "BB", "plan": "equal_principal"}, {"grade": "BB", "plan": "bullet"}),
    ],
)
def test_more_at_stake_never_costs_less(
    tmp_path: Path, less: dict[str, Any], more: dict[str, Any]
) -> None:
    low, high = ends(told(tmp_path, **less)), ends(told(tmp_path, **more))
    assert low[0] <= high[0]
    assert low[1] < high[1]


def test_a_named_scheme_is_asked_for_its_facts(tmp_path: Path) -> None:
    file = tmp_path / "asked.json"
    file.write_text(json.dumps({**BARE, "scheme": "zhongshan-2021"}), encoding="utf-8")
    words = ["indicate", str(file), "--patents", str(EXAMPLES / "patents.csv")]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 1
    assert "balance" in done.stderr
    said = told(tmp_path, scheme="zhongshan-2021", balances={"fund": "70000000.00"})
    assert said["scheme"] == "zhongshan-2021"
    assert ends(said)[1] < ends(told(tmp_path))[1]


def test_two_forms_of_the_file_of_rights_give_one_answer(tmp_path: Path) -> None:
    file = tmp_path / "asked.json"
    file.write_text(json.dumps(BARE), encoding="utf-8")
    said = [
        CliRunner().invoke(app, ["indicate", str(file), "--patents", str(EXAMPLES / name)]).stdout
        for name in ("patents.csv", "patents.json")
    ]
    assert said[0] == said[1]


def test_standard_input_is_read_too() -> None:
    words = ["indicate", "-", "--patents", str(EXAMPLES / "patents.csv")]
    done = CliRunner().invoke(app, words, input=json.dumps(BARE))
    assert done.exit_code == 0, done.output


RECORD = RightRecord(
    number="EXAMPLE-0001", office="CN", as_of=ON, source="a file", kind="invention",
    title="x", owner="a firm", filed=date(2020, 1, 1), granted=date(2022, 1, 1),
)  # fmt: skip


@settings(max_examples=60)
@given(
    st.lists(st.one_of(st.none(), st.integers(1, 10**9)), min_size=1, max_size=8),
    st.integers(1, 10**10),
    st.one_of(st.none(), st.integers(1, 4000).map(lambda n: n / 8)),
)
def test_values_are_the_stated_ones_and_the_multiple_to_the_fen(
    stated: list[int | None], loan: int, multiple: float | None
) -> None:
    asked = IndicationAsked.model_validate(
        {
            "rights": [
                {"number": f"N{place}"}
                if value is None
                else {"number": f"N{place}", "appraised": _wire(value)}
                for place, value in enumerate(stated)
            ],
            "loan": _wire(loan),
            "term_months": 12,
            "value_multiple": multiple,
        },
        strict=False,
    )
    drafts = tuple(draft(RECORD, ON) for _ in stated)
    seen = set()
    for choice, proposal in variants(asked, drafts, ranges(asked, TERMS), ON):
        values = [
            Money.of(right["appraised"]["amount"], "CNY").minor for right in proposal["rights"]
        ]
        given_ = [value for value in stated if value is not None]
        assert [v for v, s in zip(values, stated, strict=True) if s is not None] == given_
        bare = [v for v, s in zip(values, stated, strict=True) if s is None]
        if bare:
            times = Fraction(str(multiple or choice["value_multiple"]))
            assert abs(sum(bare) - times * loan) <= Fraction(1, 2)
            assert max(bare) - min(bare) <= 1
        seen.add(tuple(sorted(choice.items())))
    bare_count = 2 if multiple is None and None in stated else 1
    assert len(seen) == 4 * 2 * bare_count


def _wire(minor: int) -> dict[str, str]:
    return {"amount": Money(minor, "CNY").text, "currency": "CNY"}


def test_each_silence_of_a_record_is_said_once() -> None:
    asked = IndicationAsked.model_validate(
        {k: v for k, v in BARE.items() if k != "on"}, strict=False
    )
    said = [one.field for one in fixed(asked, (draft(RECORD, ON),))]
    assert len(said) == len(set(said))
    silent = {field for field in said if field.startswith("rights[0].")}
    assert silent == {
        f"rights[0].{name}"
        for name in (
            "fees_paid_until", "co_owners", "in_dispute", "invalidation_pending",
            "pledged_elsewhere", "expires",
        )
    }  # fmt: skip
