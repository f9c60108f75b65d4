"""The one reader is strict: form, fields, order, formats, characters and series."""

import re
from dataclasses import replace

import pytest
from letters_sample import a_letter

from kernel.errors import Invalid
from underwriting.standards.mt import Field, Message, check_mt, mt760, read_mt, write_mt
from underwriting.standards.mt.grammar import layouts
from underwriting.standards.mt.notation import pattern_of

TEXT = mt760(a_letter())
ISSUE = read_mt(TEXT)


def problems(message: Message) -> list[str]:
    return [f"{one.field}: {one.problem}" for one in check_mt(message)]


def test_writing_what_was_read_gives_the_same_text() -> None:
    assert write_mt(ISSUE) == TEXT
    assert read_mt(TEXT.replace("\r\n", "\n")) == ISSUE
    assert read_mt(TEXT + "\r\n") == ISSUE


def test_a_reader_of_a_few_lines_sees_the_same_fields() -> None:
    body = TEXT.replace("\r\n", "\n").partition("{4:\n")[2].removesuffix("\n-}")
    pairs = re.findall(r"^:(\w+):((?:.|\n(?!:))*)", body, re.MULTILINE)
    assert [(one.tag, one.text) for one in ISSUE.fields] == pairs


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        TEXT + "more",
        "more" + TEXT,
        TEXT + TEXT,
        TEXT + "\r\n" + TEXT,
        TEXT.replace("{2:", "{3:"),
        TEXT.replace("-}", ""),
        TEXT.replace("I760", "O760"),
        TEXT.replace(":15A:", "line\r\n:15A:"),
        TEXT.replace(":20:", ":2:"),
        TEXT.replace(":20:", ":20AB:"),
        TEXT.replace(":20:", ":twenty:"),
        TEXT.replace("{1:F01ZHBACNBC", "{1:F01zhbacnbc"),
        "{" * 200_001,
    ],
)
def test_what_is_no_message_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_mt(text)


def test_a_message_that_is_not_known_is_said() -> None:
    unknown = read_mt(TEXT.replace("{2:I760", "{2:I999"))
    assert problems(unknown) == ["kind: MT999 is not a message we know"]


@pytest.mark.parametrize("at", range(len(ISSUE.fields)))
def test_a_mandatory_field_left_out_is_missed(at: int) -> None:
    gone = ISSUE.fields[at]
    rule = layouts()["760"].rule(gone.sequence, gone.tag)
    assert rule is not None
    left = replace(ISSUE, fields=ISSUE.fields[:at] + ISSUE.fields[at + 1 :])
    missing = [one for one in problems(left) if "is missing: " in one]
    path = f"MT760.{gone.sequence}.{rule.group}"
    assert missing == ([f"{path}: is missing: {rule.name}"] if rule.mandatory else [])


@pytest.mark.parametrize("at", range(len(ISSUE.fields)))
def test_a_field_twice_is_seen(at: int) -> None:
    twice = replace(ISSUE, fields=(*ISSUE.fields[: at + 1], *ISSUE.fields[at:]))
    assert any(one.endswith("stands twice") for one in problems(twice))


@pytest.mark.parametrize("at", range(len(ISSUE.fields) - 1))
def test_two_fields_exchanged_are_seen(at: int) -> None:
    one, two = ISSUE.fields[at : at + 2]
    bent = replace(ISSUE, fields=(*ISSUE.fields[:at], two, one, *ISSUE.fields[at + 2 :]))
    assert any("out of order" in found for found in problems(bent))


def bent(tag: str, text: str, sequence: str = "B") -> Message:
    return replace(
        ISSUE,
        fields=tuple(
            replace(one, text=text) if (one.sequence, one.tag) == (sequence, tag) else one
            for one in ISSUE.fields
        ),
    )


@pytest.mark.parametrize(
    ("tag", "text", "words"),
    [
        ("20", "A" * 17, "does not have the format 16x"),
        ("20", "/A", "has a slash at an end or two together"),
        ("20", "A//B", "has a slash at an end or two together"),
        ("20", "A/", "has a slash at an end or two together"),
        ("30", "270230", "is not a day"),
        ("30", "2702", "does not have the format 6!n"),
        ("31E", "991301", "is not a day"),
        ("22D", "LETT", "is not a code of this field"),
        ("40C", "XXXX", "is not a code of this field"),
        ("32B", "CNY5000000.00", "does not have the format 3!a15d"),
        ("32B", "CNY5,000,000", "does not have the format 3!a15d"),
        ("32B", "CNY5000000,001", "has more decimals than CNY has"),
        ("32B", "JPY500,00", "has more decimals than JPY has"),
        ("32B", "QQQ500,00", "is not a currency we keep"),
        ("50", "1/a\n1/b\n1/c\n1/d\n1/e", "does not have the format 4*35x"),
        ("50", "1/a\n\n2/b", "does not have the format 4*35x"),
        ("50", "1/a\n-b", "does not have the format 4*35x"),
        ("50", "1/四川", "holds 四 (U+56DB)"),
        ("50", "1/Shifan & Co.", "holds & (U+0026)"),
        ("59", "1/Ch\u00e9ngdu", "holds \u00e9 (U+00E9)"),
        ("77U", "/KIND/a\u202eb", "holds '\\u202e' (U+202E)"),
        ("77U", "/KIND/" + "a" * 60, "does not have the format 150*65z"),
        ("77U", "\n".join(["//a"] * 151), "does not have the format 150*65z"),
        ("52A", "ZHBA", "does not have the format"),
        ("44J", "China", "does not have the format"),
        ("71D", "/CHARGES/" + "A" * 27, "does not have the format 6*35z"),
    ],
)
def test_a_bent_field_is_named(tag: str, text: str, words: str) -> None:
    (found,) = problems(bent(tag, text))
    assert found.startswith(f"MT760.B.{tag}: ")
    assert words in found


def test_chinese_is_refused_with_its_cure() -> None:
    (fault,) = check_mt(bent("50", "1/四川示范精密仪器有限公司"))
    assert fault.cure == "give the English name"


def test_an_unknown_field_is_named() -> None:
    more = replace(ISSUE, fields=(*ISSUE.fields, Field("B", "99Z", "x")))
    assert problems(more) == ["MT760.B.99Z: is no field of this message"]


def test_a_field_of_another_sequence_is_unknown() -> None:
    text = TEXT.replace(":22A:ISSU\r\n", ":22A:ISSU\r\n:45L:/PURPOSE/PAYMENT TERM\r\n")
    assert "MT760.A.45L: is no field of this message" in problems(read_mt(text))


def test_both_options_of_one_field_are_too_many() -> None:
    at = [one.tag for one in ISSUE.fields].index("52A")
    both = (*ISSUE.fields[: at + 1], Field("B", "52D", "1/x"), *ISSUE.fields[at + 1 :])
    assert "MT760.B.52D: stands twice" in problems(replace(ISSUE, fields=both))


def test_every_fault_is_found_at_once() -> None:
    broken = replace(bent("20", "A" * 17), more=())
    broken = replace(
        broken,
        fields=tuple(
            replace(one, text="270230") if one.tag == "30" else one
            for one in broken.fields
            if one.tag not in ("50", "77U")
        ),
    )
    fields = [one.field for one in check_mt(broken)]
    assert fields == ["MT760.B.20", "MT760.B.30", "MT760.B.77U", "B.50"]


def test_every_format_of_the_table_is_understood() -> None:
    for layout in layouts().values():
        for rule in layout.fields:
            assert pattern_of(rule.format).fullmatch("\n" * 9) is None
            assert rule.tag[:2].isdigit()
            if layout.kind in ("760", "767"):
                assert rule.sequence in ("A", "B", "C")
            else:
                assert rule.sequence == ""


@pytest.mark.parametrize(
    ("kind", "mandatory"),
    [
        ("760", {"15A", "27", "22A", "15B", "20", "30", "22D", "40C", "23B", "52a", "59a", "32B"}),
        ("765", {"20", "21", "52a", "22G", "32B"}),
        ("767", {"15A", "27", "21", "22A", "15B", "20", "26E", "30", "52a"}),
        ("769", {"20", "21", "30"}),
        ("786", {"20", "52a", "30", "32B", "77J"}),
        ("787", {"20", "21", "52a", "26E", "23R"}),
    ],
)
def test_the_mandatory_fields_are_those_of_the_standard(kind: str, mandatory: set[str]) -> None:
    rules = [one for one in layouts()[kind].fields if one.sequence != "C"]
    assert {one.group for one in rules if one.mandatory} - {"77U"} == mandatory
