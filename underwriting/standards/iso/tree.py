"""Elements as frozen values, and the XML that they make; the same bytes for the same values."""

from dataclasses import dataclass
from typing import cast

from lxml import etree

from kernel.errors import invalid

SPACE = "urn:iso:std:iso:20022:tech:xsd:tsrv.{kind}.001.01"
"""Namespace of a message, after its three digits."""


@dataclass(frozen=True, slots=True)
class Node:
    """An element: its name, what is inside, and the currency of an amount."""

    name: str
    inside: "tuple[Node, ...] | str"
    currency: str | None = None

    def one(self, path: str) -> "Node | None":
        """Return the first element at a path such as `XpryDtls/XpryTerms`, or None."""
        name, _, rest = path.partition("/")
        for node in self.every(name):
            if not rest:
                return node
            found = node.one(rest)
            if found is not None:
                return found
        return None

    def every(self, name: str) -> "list[Node]":
        """Return the elements of a name directly inside."""
        if isinstance(self.inside, str):
            return []
        return [node for node in self.inside if node.name == name]

    def text(self, path: str) -> str:
        """Return the text at a path; one that is missing or holds elements is refused."""
        found = self.one(path)
        if found is None or not isinstance(found.inside, str):
            raise invalid(f"{self.name}/{path}", "is missing", "give it")
        return found.inside


def node(name: str, *inside: Node | None) -> Node:
    """Return an element of elements; those that are None are left out."""
    return Node(name, tuple(one for one in inside if one is not None))


def leaf(name: str, text: str, most: int, field: str) -> Node:
    """Return an element of text; refuse one that is empty, too long or holds controls.

    A line end may stand between two texts of one element.
    """
    if not 0 < len(text) <= most:
        raise invalid(field, f"has {len(text)} characters", f"give 1 to {most}")
    foreign = next((one for one in text if not one.isprintable() and one != "\n"), None)
    if foreign is not None:
        problem = f"holds {foreign!r} (U+{ord(foreign):04X})"
        raise invalid(field, problem, "take the character of control away")
    return Node(name, text)


def code(name: str, text: str) -> Node:
    """Return an element of a code of the standard."""
    return Node(name, text)


def document(kind: str, root: Node) -> bytes:
    """Return a message as XML: root `Document` in the namespace of its kind, UTF-8."""
    space = SPACE.format(kind=kind)
    named = cast("dict[str, str]", {None: space})  # None is the default prefix
    whole = etree.Element(f"{{{space}}}Document", nsmap=named)
    _add(whole, root, space)
    return etree.tostring(whole, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add(parent: etree._Element, one: Node, space: str) -> None:
    made = etree.SubElement(parent, f"{{{space}}}{one.name}")
    if one.currency is not None:
        made.set("Ccy", one.currency)
    if isinstance(one.inside, str):
        made.text = one.inside
        return
    for inner in one.inside:
        _add(made, inner, space)
