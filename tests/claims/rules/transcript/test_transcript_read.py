"""A statement read strictly: whatever is odd is refused, each line named, one clear error each."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.transcript.amounts import UnreadError, read_amount, read_day
from claims.rules.transcript.compare import broken_balances
from claims.rules.transcript.layout import kind_named
from claims.rules.transcript.line import LineKind
from claims.rules.transcript.read import read_statement
from claims.rules.transcript.sheet import MOST_BYTES, MOST_ROWS
from kernel.errors import Invalid
from kernel.money import format_minor

HEAD = "date,kind,debit,credit,balance\n"
GOOD = "2026-01-05,drawdown,100.00,,100.00\n"


def refused(content: bytes | str) -> Invalid:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(Invalid) as caught:
        read_statement(raw, "CNY")
    assert caught.value.code == "transcript"
    assert all(fault.field and fault.problem and fault.cure for fault in caught.value.faults)
    return caught.value


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2026-01-05,interest,-5.00,,", "below nought"),
        ("2026-01-05,interest,=1+1,,", "formula"),
        ('2026-01-05,interest,"=HYPERLINK(""x"")",,', "formula"),
        ("2026-01-05,interest,@SUM(A1),,", "formula"),
        ("2026-01-05,interest,1e5,,", "no amount"),
        ("2026-01-05,interest,１２,,", "no amount"),
        ('2026-01-05,interest,"1,2345.00",,', "no amount"),
        ('2026-01-05,interest,"12,34",,', "no amount"),
        ("2026-01-05,interest,1.005,,", "not an amount"),
        ("2026-01-05,interest,9999999999999999.00,,", "is not an amount"),
        ("2026-01-05,interest,NaN,,", "no amount"),
        ("2026-01-05,interest,CNY 5,,", "no amount"),
        ("2026-02-30,interest,5,,", "not in the calendar"),
        ("05/01/2026,interest,5,,", "no day"),
        ("1900-01-01,interest,5,,", "not between"),
        (",interest,5,,", "missing"),
        ("2026-01-05,gift,5,,", "no kind of line"),
        ("2026-01-05,interest,,,", "moves nothing"),
        ("2026-01-05,interest,5,5,", "moves both ways"),
        ("2026-01-05,interest,,5,", "wrong side"),
        ("2026-01-05,repayment,5,,", "wrong side"),
        ("2026-01-05,interest,5,,-5", "below nought"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(row: str, words: str) -> None:
    (fault,) = refused(f"{HEAD}{GOOD}{row}\n").faults
    assert fault.field == "line 3"
    assert words in fault.problem


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n , ,\n", "empty"),
        (b"\xff\xfe" + "date".encode("utf-16-le"), "zero bytes"),
        (b"date,kind,debit,credit\n\xff\xff\xff", "neither UTF-8 nor GB18030"),
        (b"hello\nworld\n", "date, kind, debit, credit"),
        (b"date,kind,debit\n2026-01-01,interest,5\n", "headed with credit"),
        (b"date,date,kind,debit,credit\n", "two columns"),
        (HEAD.encode(), "no line under"),
        (b'date,kind,debit,credit\n"2026-01-01,interest,5,\n', "no CSV"),
        (HEAD.encode() + b"2026-01-01" + b"," * 70 + b"x\n", "more than 60 columns"),
        (HEAD.encode() + b"x" * 2000 + b"\n", "above 1000"),
        (b"PK\x03\x04nonsense", "no workbook"),
    ],
)
def test_a_file_that_is_no_statement_is_one_clear_error(content: bytes, words: str) -> None:
    (fault,) = refused(content).faults
    assert fault.field == "file"
    assert words in fault.problem


def test_a_million_lines_are_one_error_and_not_a_million() -> None:
    row = "2026-01-05,interest,1,,\n"
    (fault,) = refused(HEAD + row * 1_000_000).faults
    assert f"{MOST_BYTES:,} bytes" in fault.problem
    (fault,) = refused(HEAD + row * (MOST_ROWS + 5)).faults
    assert f"{MOST_ROWS:,} rows" in fault.problem


def test_of_many_unreadable_lines_a_hundred_are_named_and_the_rest_counted() -> None:
    found = refused(HEAD + "2026-01-05,interest,x,,\n" * 250)
    assert len(found.faults) == 101
    assert found.faults[-1].problem.startswith("150 more lines")


def test_every_unreadable_line_is_named_at_once() -> None:
    rows = "2026-01-05,interest,x,,\n" + GOOD + "2026-13-05,interest,5,,\n"
    assert [fault.field for fault in refused(HEAD + rows).faults] == ["line 2", "line 4"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_banks_own_headings_below_a_letterhead(encoding: str, separator: str) -> None:
    rows = [
        ["示范银行", "贷款明细"], [],
        ["序号", "交易日期", "摘要", "借方发生额(元)", "贷方发生额（元）", "余额"],
        ["1", "2026年1月5日", "贷款发放", "1,000.00", "", "1,000.00"],
        ["2", "20260205", "还本付息", "", "12.5", "987.50"],
        ["", "合计", "", "1,000.00", "12.50", ""],
    ]  # fmt: skip
    quoted = [[f'"{cell}"' if "," in cell else cell for cell in row] for row in rows]
    content = "\r\n".join(separator.join(row) for row in quoted).encode(encoding)
    read = read_statement(content, "CNY")
    lines = read.statement.lines
    assert [(line.on, line.kind, line.debit, line.credit) for line in lines] == [
        (date(2026, 1, 5), LineKind.DRAWDOWN, 100_000, 0),
        (date(2026, 2, 5), LineKind.REPAYMENT, 0, 1_250),
    ]
    assert (read.statement.debits, read.statement.credits) == (100_000, 1_250)
    assert broken_balances(read.statement) == ()
    assert read.encoding == ("gb18030" if encoding == "gb18030" else "utf-8")


def test_columns_may_be_called_otherwise_and_only_columns() -> None:
    content = b"when,kind,plus,minus\n2026-01-05,drawdown,5,\n"
    columns = {"date": "When", "debit": "plus", "credit": "minus"}
    assert read_statement(content, "CNY", columns=columns).statement.lines[0].debit == 500
    with pytest.raises(Invalid, match="is no column"):
        read_statement(content, "CNY", columns={"day": "when"})


def test_a_gap_shows_where_a_balance_does_not_follow() -> None:
    rows = GOOD + "2026-02-05,interest,5,,106\n2026-03-05,interest,5,,111\n"
    (gap,) = broken_balances(read_statement((HEAD + rows).encode(), "CNY").statement)
    assert (gap.row, gap.stated, gap.follows) == (3, 10_600, 10_500)


@given(st.integers(0, 10**14))
def test_every_amount_that_is_written_is_read_again(minor: int) -> None:
    text = format_minor(minor, "CNY")
    assert read_amount(text, "CNY") == minor
    whole, _, part = text.partition(".")
    assert read_amount(f"{int(whole):,}.{part}", "CNY") == minor


@given(st.text(max_size=12))
def test_no_text_is_read_as_anything_but_itself(text: str) -> None:
    """What is read as an amount is digits, commas and a point; all else is refused in words."""
    for read in (lambda: read_amount(text, "CNY"), lambda: read_day(text)):
        try:
            read()
        except UnreadError as unread:
            said = (unread.problem, unread.cure)
            assert all(said)
        else:
            assert set(text) <= set("0123456789.,-/年月日")


def test_yen_have_no_decimals() -> None:
    assert read_amount("70", "JPY") == 70
    with pytest.raises(UnreadError, match="decimals"):
        read_amount("70.5", "JPY")


def test_names_of_lines_are_one_kind_each() -> None:
    assert [kind_named(name) for name in ("罚 息", "（复利）", "REPAYMENT", "律师费")] == [
        "penalty", "compound_interest", "repayment", "costs",
    ]  # fmt: skip


def a_workbook(rows: str, *, texts: str = "", more: bytes = b"") -> bytes:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        sheet = more + f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>".encode()
        book.writestr("xl/worksheets/sheet1.xml", sheet)
        if texts:
            book.writestr("xl/sharedStrings.xml", f"<sst {main}>{texts}</sst>")
    return out.getvalue()


NAMES = "".join(f"<si><t>{name}</t></si>" for name in ("日期", "摘要", "借方", "贷方", "放款"))
HEADING = "<row>" + "".join(f'<c t="s"><v>{n}</v></c>' for n in range(4)) + "</row>"


def test_a_workbook_is_read_days_as_excel_counts_them() -> None:
    cells = '<c r="A2"><v>46027</v></c><c r="B2" t="s"><v>4</v></c><c r="C2"><v>1000.5</v></c>'
    line = f"<row>{cells}</row>"
    read = read_statement(a_workbook(HEADING + line, texts=NAMES), "CNY")
    (one,) = read.statement.lines
    assert (one.on, one.debit, read.encoding) == (date(2026, 1, 5), 100_050, "xlsx")


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("1.1000000000000001", 110), ("1234.5699999999999", 123_457), ("1.1E7", 1_100_000_000),
        ("46027.0", 4_602_700), ("0.28999999999999998", 29), ("1E-2", 1),
    ],
)  # fmt: skip
def test_a_number_is_read_as_excel_writes_it(written: str, minor: int) -> None:
    """The nearest binary fraction in 17 digits, or with an exponent; a count of days is whole."""
    for kind in ("", ' t="n"'):
        cells = f'<c{kind}><v>46027.0</v></c><c t="s"><v>4</v></c><c{kind}><v>{written}</v></c>'
        content = a_workbook(f"{HEADING}<row>{cells}</row>", texts=NAMES)
        (one,) = read_statement(content, "CNY").statement.lines
        assert (one.on, one.debit) == (date(2026, 1, 5), minor)


@pytest.mark.parametrize("written", ["1.0049999999999999", "INF", "1_000", "1e400", "-0.5"])
def test_a_number_that_is_no_amount_stays_refused(written: str) -> None:
    cells = f'<c><v>46027</v></c><c t="s"><v>4</v></c><c><v>{written}</v></c>'
    (fault,) = refused(a_workbook(f"{HEADING}<row>{cells}</row>", texts=NAMES)).faults
    assert fault.field == "line 2"


def test_a_line_of_a_workbook_is_named_by_the_row_that_excel_shows() -> None:
    """Excel leaves empty rows out of the file; a row without number follows the one before."""
    cell = '<c t="s"><v>4</v></c>'
    heading = HEADING.replace("<row>", '<row r="3">')
    content = a_workbook(f'{heading}<row r="7">{cell}</row><row>{cell}</row>', texts=NAMES)
    assert [fault.field for fault in refused(content).faults] == ["line 7", "line 8"]
    turned = a_workbook(f'{heading}<row r="2">{cell}</row>', texts=NAMES)
    assert "no workbook" in refused(turned).faults[0].problem


@pytest.mark.parametrize("place", ["2026-02-28,{},{},", "{},,{},"])
def test_a_subtotal_is_neither_a_line_nor_the_total(place: str) -> None:
    rows = [
        place.format("小计", "100.00,"), "2026-03-05,interest,5,,105.00",
        place.format("合计", "105.00,0.00"),
    ]  # fmt: skip
    read = read_statement((HEAD + GOOD + "\n".join(rows)).encode(), "CNY").statement
    assert [line.debit for line in read.lines] == [10_000, 500]
    assert (read.debits, read.credits) == (10_500, 0)


@pytest.mark.parametrize(
    ("row", "totals"),
    [
        (",合计,,,100.00", (None, None)), ("合计,,100.00,,", (10_000, None)),
        (",total,,0,", (None, 0)), (",小计,100.00,,", (None, None)),
    ],
)  # fmt: skip
def test_a_total_left_empty_is_not_stated(row: str, totals: tuple[int | None, int | None]) -> None:
    read = read_statement((HEAD + GOOD + row).encode(), "CNY").statement
    assert (read.debits, read.credits) == totals


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (a_workbook(HEADING + '<row><c r="C2"><f>1+1</f><v>2</v></c></row>', texts=NAMES), "C2"),
        (a_workbook(HEADING, texts=NAMES, more=b"<!DOCTYPE x>"), "entities"),
        (a_workbook("<row><c t='s'><v>99</v></c></row>", texts=NAMES), "no workbook"),
        (a_workbook("<row><c><v>1</v></row>"), "no workbook"),
        (a_workbook("<row>" + " " * 41_000_000 + "</row>"), "unpacks to more"),
    ],
    ids=["formula", "doctype", "no text", "broken", "bomb"],
)
def test_a_workbook_made_to_hurt_is_one_clear_error(content: bytes, words: str) -> None:
    (fault,) = refused(content).faults
    assert words in fault.problem
