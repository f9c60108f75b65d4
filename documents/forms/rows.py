"""Small rows that several forms print. Values only: strings, dates, amounts."""

from dataclasses import dataclass
from datetime import date

from documents.blocks import Fact, Facts, Label, Listing
from kernel.money import Money


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
        return (Listing(Label("承保知识产权", "Insured IP rights"), columns, plain),)
    rows = tuple((*row, one.appraised_value) for row, one in zip(plain, rights, strict=True))
    columns = (*columns, Label("评估价值", "Appraised value"))
    return (Listing(Label("质押知识产权", "Pledged IP rights"), columns, rows),)


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
