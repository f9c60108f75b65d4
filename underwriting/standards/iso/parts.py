"""Elements that several messages share: amounts, days, parties, labelled texts, enclosed files."""

import re
from base64 import b64decode, b64encode
from typing import Any, Final, NamedTuple

from kernel.errors import invalid
from kernel.money import Money
from underwriting.standards.fold import fold, unfold
from underwriting.standards.iso.tree import Node, code, leaf, node
from underwriting.standards.lines import Line

FILE_MOST: Final = 2_097_152
"""Bytes of an enclosed file, as the standard says."""

NAME_MOST, ID_MOST, ADDRESS_WIDTH, ADDRESS_ROWS = 140, 35, 70, 7
TERMS_MOST, MORE_MOST = 20_000, 2_000

_BIC: Final = re.compile(r"[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?", re.ASCII)
_SCHEMES: Final = {"register_id": "REGISTER", "customs_code": "CUSTOMS", "lei": "LEI"}
_USCC: Final = "USCC"


class PartyLabels(NamedTuple):
    """The labels of a party's fields that its element holds."""

    zh: str
    address_zh: str
    register_id: str
    customs_code: str
    lei: str
    bic: str


DEBTOR: Final = PartyLabels("DEBTZH", "DEBTADZH", "DEBTID", "DEBTCUST", "DEBTLEI", "DEBTBIC")
GUARANTOR: Final = PartyLabels("GUARZH", "GUARADZH", "GUARID", "GUARCUST", "GUARLEI", "GUARBIC")


def amount(name: str, money: Money) -> Node:
    """Return an amount with its currency."""
    return Node(name, money.text, money.currency)


def read_amount(found: Node | None, field: str) -> Money:
    """Return the money of an amount; one without currency is refused."""
    if found is None or found.currency is None or not isinstance(found.inside, str):
        raise invalid(field, "is no amount with a currency", "give both")
    return Money.of(found.inside, found.currency, field)


def other_id(text: str, scheme: str, field: str) -> Node:
    """Return an identifier under a scheme of our own naming."""
    named = node("SchmeNm", code("Prtry", scheme))
    return node("Othr", leaf("Id", text, ID_MOST, field), named)


def ids(found: Node) -> dict[str, str]:
    """Return the identifiers of a party by scheme."""
    held = found.one("Id/OrgId")
    others = held.every("Othr") if held else []
    return {one.text("SchmeNm/Prtry"): one.text("Id") for one in others}


def party(name: str, said: dict[str, str], labels: PartyLabels, *, chinese: bool) -> Node:
    """Return a party with its registered name, seat and identifiers.

    Args:
        name: of the element.
        said: texts by label.
        labels: of this party.
        chinese: is its register number a unified social credit code?
    """
    rows = fold(said[labels.address_zh], ADDRESS_WIDTH)
    if len(rows) > ADDRESS_ROWS:
        problem = f"needs {len(rows)} lines of {ADDRESS_WIDTH}"
        raise invalid(labels.address_zh, problem, f"shorten it to {ADDRESS_ROWS} lines")
    bic = said.get(labels.bic)
    if bic is not None and not _BIC.fullmatch(bic):
        raise invalid(labels.bic, f"{bic!r} is no identifier code", "give 8 or 11 characters")
    others = [
        other_id(said[label], _USCC if chinese and key == "register_id" else scheme, label)
        for key, scheme in _SCHEMES.items()
        if (label := getattr(labels, key)) in said
    ]
    return node(
        name,
        leaf("Nm", said[labels.zh], NAME_MOST, labels.zh),
        node("PstlAdr", *(leaf("AdrLine", row, ADDRESS_WIDTH, labels.address_zh) for row in rows)),
        node("Id", node("OrgId", code("AnyBIC", bic) if bic else None, *others)),
    )


def read_party(found: Node, labels: PartyLabels) -> list[Line]:
    """Return what a party's element states."""
    held = ids(found)
    address = found.one("PstlAdr")
    rows = [one.inside for one in address.every("AdrLine")] if address else []
    if not all(isinstance(one, str) for one in rows):
        raise invalid(labels.address_zh, "holds elements in a line", "give text")
    texts: dict[str, Any] = {
        labels.zh: found.text("Nm"),
        labels.address_zh: unfold((str(one) for one in rows), ADDRESS_WIDTH) or None,
        labels.register_id: held.get(_USCC) or held.get(_SCHEMES["register_id"]),
        labels.customs_code: held.get(_SCHEMES["customs_code"]),
        labels.lei: held.get(_SCHEMES["lei"]),
        labels.bic: found.text("Id/OrgId/AnyBIC") if found.one("Id/OrgId/AnyBIC") else None,
    }
    return [Line(label, text) for label, text in texts.items() if text is not None]


def labelled(name: str, lines: list[Line]) -> list[Node]:
    """Return texts of label and text, such as `/MODE/REVOLVING`."""
    return [leaf(name, f"/{label}/{text}", MORE_MOST, label) for label, text in lines]


def read_labelled(found: list[Node]) -> list[Line]:
    """Return what such texts state."""
    lines: list[Line] = []
    for one in found:
        parts = one.inside.split("/", 2) if isinstance(one.inside, str) else []
        if len(parts) != 3 or parts[0] != "":  # noqa: PLR2004 - nothing, label, text
            raise invalid(one.name, "has no label", "write /LABEL/text")
        lines.append(Line(parts[1], parts[2]))
    return lines


def terms(name: str, lines: list[Line]) -> list[Node]:
    """Return terms and conditions, one of each label."""
    return [
        node(
            name,
            node("Tp", node("Prtry", code("Id", label))),
            leaf("Txt", text, TERMS_MOST, label),
        )
        for label, text in lines
    ]


def read_terms(found: list[Node]) -> list[Line]:
    """Return the terms and conditions by label."""
    return [Line(one.text("Tp/Prtry/Id"), one.text("Txt")) for one in found]


def enclosed(content: bytes | None, number: str) -> Node | None:
    """Return the signed letter as an enclosed file; its signature is inside it.

    Raises:
        Invalid: the file is empty or longer than the standard takes.
    """
    if content is None:
        return None
    if not 0 < len(content) <= FILE_MOST:
        raise invalid("signed", f"has {len(content)} bytes", f"give 1 to {FILE_MOST}")
    return node(
        "NclsdFile",
        node("Tp", node("Prtry", code("Id", "SIGNED LETTER"))),
        leaf("Id", number, ID_MOST, "number"),
        node("Frmt", node("Prtry", code("Id", "application/pdf"))),
        code("Nclsr", b64encode(content).decode("ascii")),
    )


def read_enclosed(found: Node | None) -> bytes | None:
    """Return the content of an enclosed file."""
    if found is None:
        return None
    try:
        return b64decode(found.text("Nclsr"), validate=True)
    except ValueError as cause:  # also raised for letters beyond ASCII
        raise invalid("Nclsr", "is not base 64", "send the file as base 64") from cause
