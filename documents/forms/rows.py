"""Small rows that several forms print. Values only: strings, dates, amounts."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from documents.blocks import Fact, Facts, Label, Listing, Note
from kernel.money import Money

MANY: Final = 10
"""Rights above this count are set closely: a schedule of forty stays within a few pages."""


@dataclass(frozen=True, slots=True)
class Right:
    """An IP right that is pledged or insured.

    Attributes:
        kind: what it is, such as "发明专利 Invention patent".
        number: the office's number.
        title: its name.
        owner: who holds it.
        expires_on: last day of protection; None where it has none.
        appraised_value: what the appraisal says; None when not appraised.
    """

    kind: str
    number: str
    title: str
    owner: str
    expires_on: date | None
    appraised_value: Money | None


def rights_blocks(rights: tuple[Right, ...]) -> tuple[Listing, ...]:
    """The table of the rights, where there are any; appraised values where some are."""
    if not rights:
        return ()
    close = len(rights) > MANY
    pledged = any(one.appraised_value for one in rights)
    columns: tuple[Label, ...] = (
        Label("种类", "Kind"),
        Label("编号", "Number"),
        Label("名称", "Title"),
        Label("权利人", "Owner"),
        Label("届满日", "Expires on"),
    )
    plain = tuple((one.kind, one.number, one.title, one.owner, one.expires_on) for one in rights)
    if not pledged:
        heading = Label("承保知识产权", "Insured IP rights")
        return (Listing(heading, columns, plain, deed=close),)
    rows = tuple((*row, one.appraised_value) for row, one in zip(plain, rights, strict=True))
    columns = (*columns, Label("评估价值", "Appraised value"))
    return (Listing(Label("质押知识产权", "Pledged IP rights"), columns, rows, deed=close),)


@dataclass(frozen=True, slots=True)
class LayerShare:
    """What one party bears in one layer of a scheme.

    Attributes:
        layer: which layer, such as "第一层 至 50/100 Layer 1 up to 50/100".
        party: who bears.
        share: the exact fraction as text, such as "54/100".
        expected_loss: the party's part of the expected loss; None when not stated.
    """

    layer: str
    party: str
    share: str
    expected_loss: Money | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """The loss-sharing scheme as it is printed.

    Attributes:
        code: the scheme's code, such as "zhongshan-2021".
        title: its name.
        shares: layer by layer, party by party, in the scheme's order.
    """

    code: str
    title: str
    shares: tuple[LayerShare, ...]


def scheme_blocks(scheme: Scheme) -> tuple[Facts, Listing]:
    """The scheme's name, and who bears which share in each layer.

    Expected losses have a column only where some are stated.
    """
    columns = [Label("层级", "Layer"), Label("承担方", "Party"), Label("比例", "Share")]
    rows: list[tuple[str | Money | None, ...]] = [
        (one.layer, one.party, one.share) for one in scheme.shares
    ]
    if any(one.expected_loss is not None for one in scheme.shares):
        columns.append(Label("预期损失", "Expected loss"))
        rows = [(*row, one.expected_loss) for row, one in zip(rows, scheme.shares, strict=True)]
    facts = (
        Fact(Label("方案代码", "Scheme code"), scheme.code),
        Fact(Label("方案名称", "Scheme title"), scheme.title),
    )
    return (
        Facts(Label("损失分担方案", "Loss-sharing scheme"), facts),
        Listing(Label("各层分担比例", "Shares by layer"), tuple(columns), tuple(rows)),
    )


@dataclass(frozen=True, slots=True)
class PartyYear:
    """What one party would pay in one year of the cover.

    Attributes:
        party: who; what nobody bears stands as such.
        year: of the cover, from 1.
        expected: loss to be expected in it, after recoveries.
        worst: most that the party pays for one event in it, before recoveries.
    """

    party: str
    year: int
    expected: Money
    worst: Money


def who_pays_blocks(rows: tuple[PartyYear, ...]) -> tuple[Listing | Note, ...]:
    """Who pays what in which year, and how to read it; nothing where it is not worked out."""
    if not rows:
        return ()
    columns = (
        Label("承担方", "Party"),
        Label("保险年度", "Year"),
        Label("预期损失", "Expected loss"),
        Label("最大损失", "Worst loss"),
    )
    unit = rows[0].expected.currency
    expected = Money(sum(one.expected.minor for one in rows), unit)
    return (
        Listing(
            Label("谁在何时承担多少", "Who pays what, year by year"),
            columns,
            tuple((one.party, one.year, one.expected, one.worst) for one in rows),
            (Label("合计", "Total"), "", expected, ""),
        ),
        Note(Label("如何理解", "How to read it"), _WHO_PAYS),
    )


@dataclass(frozen=True, slots=True)
class Explanation:
    """That the exemption clauses were pointed out and explained, and who says so.

    Attributes:
        at: when, with its time zone.
        way: how: in person, by recording, on a web page.
        explained_by: who explained.
        acknowledged_by: who confirmed it for the policyholder.
        proof: where the confirmation is kept.
        clauses: headings of the clauses that were shown.
        wording_sha256: hash of the exemption clauses as they were shown.
    """

    at: str
    way: str
    explained_by: str
    acknowledged_by: str
    proof: str
    clauses: tuple[str, ...]
    wording_sha256: str


def explanation_blocks(
    explanations: tuple[Explanation, ...], open_points: tuple[str, ...]
) -> tuple[Facts | Note, ...]:
    """What is on record of the explanation, then what is missing in it."""
    heading = Label("免责条款提示与说明记录", "Exemption clauses: prompt and explanation")
    facts = tuple(
        Facts(
            heading,
            (
                Fact(Label("说明时间", "Explained at"), one.at),
                Fact(Label("方式", "Way"), one.way),
                Fact(Label("说明人", "Explained by"), one.explained_by),
                Fact(Label("确认人", "Acknowledged by"), one.acknowledged_by),
                Fact(Label("确认凭证", "Proof"), one.proof),
                Fact(Label("所示条款", "Clauses shown"), "；".join(one.clauses)),
                Fact(Label("条款摘要", "Hash of the wording shown"), one.wording_sha256),
            ),
        )
        for one in explanations
    )
    return (*facts, *((Note(_UNEXPLAINED, open_points),) if open_points else ()))


_UNEXPLAINED: Final = Label("说明记录中的欠缺", "What the record of explanation lacks")


_WHO_PAYS = (
    (
        "预期损失为各月违约或事故概率与各方承担额之积，扣除预期追偿并折现；"
        "最大损失为该年度内任一月份发生一次事故时，追偿之前该方承担的最高额，各方各年不相加。"
    ),
    (
        "Expected is the chance of the event in each month times what the party bears, less what is"
        " expected to come back, discounted. Worst is the most that the party bears for one event"
        " in any month of the year, before anything is recovered; it does not add up over years."
    ),
)
