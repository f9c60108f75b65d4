"""XML from outside as elements: no entities, no network, no document type, nothing unseen."""

import re
from typing import Final, NamedTuple

from lxml import etree

from kernel.errors import Invalid, invalid
from underwriting.standards.iso.tree import Node

_MOST: Final = 4_000_000
"""Bytes: an enclosed file of 2 MiB in base 64, and the rest."""

_DEEP: Final = 20
_SPACE: Final = re.compile(r"urn:iso:std:iso:20022:tech:xsd:tsrv\.(\d{3})\.001\.01", re.ASCII)


class Parsed(NamedTuple):
    """A message: its three digits and the element inside `Document`."""

    kind: str
    root: Node


def parsed(xml: bytes) -> Parsed:
    """Return a message as elements.

    Raises:
        Invalid: not XML, not UTF-8, too long or too deep, a document type, a comment, an
            instruction, a foreign namespace or attribute, text beside elements.
    """
    if len(xml) > _MOST:
        raise invalid("xml", "is too long", f"send at most {_MOST} bytes")
    try:
        if "<!DOCTYPE" in xml.decode("utf-8"):
            raise invalid("xml", "has a document type", "send the message without it")
        root = etree.fromstring(xml, _parser())
    except (UnicodeDecodeError, etree.XMLSyntaxError) as cause:
        raise invalid("xml", "is not XML in UTF-8", "send a message of tsrv") from cause
    found = _SPACE.fullmatch(etree.QName(root).namespace or "")
    if found is None or etree.QName(root).localname != "Document" or len(root) != 1:
        raise invalid("xml", "is no message of tsrv", "send one message in a Document")
    if root.attrib:
        raise invalid("xml", "has attributes on Document", "send it without them")
    return Parsed(found[1], _node(root[0], found[0], 0))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
    )


def _node(element: etree._Element, space: str, depth: int) -> Node:
    if not isinstance(element.tag, str):
        raise invalid("xml", "holds a comment, an entity or an instruction", "send it without")
    name = etree.QName(element)
    if name.namespace != space or depth > _DEEP or set(element.attrib) - {"Ccy"}:
        raise invalid(name.localname, "is no element of this message", "use its elements only")
    currency = element.get("Ccy")
    if len(element) == 0:
        return Node(name.localname, element.text or "", currency)
    around = [element.text, *(inner.tail for inner in element)]
    if any(text and text.strip() for text in around):
        raise invalid(name.localname, "has text beside elements", "put it into an element")
    return Node(name.localname, tuple(_node(one, space, depth + 1) for one in element), currency)


def same(given: Node, rebuilt: Node) -> None:
    """Refuse a message that holds more or other than what was read from it.

    So no element that a reader does not know is passed over in silence.
    """
    differs = _difference(given, rebuilt, given.name)
    if differs is not None:
        raise Invalid("not-readable", *invalid(differs, "is not understood", "leave it out").faults)


def _difference(given: Node, rebuilt: Node, path: str) -> str | None:
    if (given.name, given.currency) != (rebuilt.name, rebuilt.currency):
        return path
    if isinstance(given.inside, str) or isinstance(rebuilt.inside, str):
        return None if given.inside == rebuilt.inside else path
    for index, inner in enumerate(given.inside):
        below = f"{path}/{inner.name}"
        if index >= len(rebuilt.inside):
            return below
        found = _difference(inner, rebuilt.inside[index], below)
        if found is not None:
            return found
    return path if len(given.inside) != len(rebuilt.inside) else None
