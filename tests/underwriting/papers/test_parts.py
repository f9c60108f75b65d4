"""Parts of the papers: numbers, shares, limits, findings in words."""

from builders import a_scheme, some_inputs, yuan

from kernel.finding import Effect, Finding
from underwriting.papers import parts
from underwriting.schemes import load_schemes

CAPS = """
[[caps]]
party = "insurer"
per = "loan"
amount = "1000.00"
then = "bank"

[[fuses]]
party = "insurer"
measure = "bank_npl_ratio"
above = "3/100"
effect = "suspend_new"
"""


def test_percentages() -> None:
    shown = [parts.percent(text) for text in ("0.0435", "54/100", "1/3", "0", "1", "0.000001")]
    assert shown == ["4.35 %", "54 %", "100/3 %", "0 %", "100 %", "0.0001 %"]


def test_rights_as_printed() -> None:
    (right,) = parts.rights_of(some_inputs().risk, "CNY")
    assert right.kind == "发明专利 invention"
    assert right.appraised_value == yuan("8600000.00")


def test_the_shares_of_a_bracket_replace_those_of_the_layer() -> None:
    scheme = load_schemes()["guangzhou-2025"].scheme

    def shares(amount: str) -> list[tuple[str, str]]:
        return [
            (row.party.split()[0], row.share)
            for row in parts.scheme_of(scheme, yuan(amount), None).shares
        ]

    named = parts.scheme_of(scheme, yuan("1.00"), None).shares[0].party
    assert named == "fund (政府资金池 public pool)"
    assert shares("5000000.00") == [("fund", "40 %"), ("bank", "60 %")]
    assert shares("5000000.01") == [("fund", "30 %"), ("bank", "70 %")]


def test_every_shipped_scheme_prints_its_limits() -> None:
    for stated in load_schemes().values():
        lines = parts.limits_of(stated.scheme)
        assert len(lines) == len(stated.scheme.caps) + len(stated.scheme.fuses) + 1
        assert lines[-1].endswith(stated.scheme.residual)


def test_caps_and_fuses_in_words() -> None:
    cap, fuse, rest = parts.limits_of(a_scheme(more=CAPS).scheme)
    assert cap == "上限 cap: insurer, loan 1000.00 → bank"
    assert "bank_npl_ratio > 3 % → suspend_new (insurer)" in fuse
    assert rest.endswith("uncovered")


def test_what_decides_is_a_finding_and_what_informs_is_a_note() -> None:
    found = [
        Finding("grade", Effect.REFER, "seen", "所见", "tariff", "grade again"),
        Finding("unverified", Effect.INFORM, "open", "未定", "scheme", "ask"),
    ]
    (printed,) = parts.findings_of(found)
    assert (printed.code, printed.cure) == ("grade", "grade again")
    assert parts.notes_of(found) == ("未定。 open (scheme)",)
