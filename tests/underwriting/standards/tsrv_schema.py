"""The standard's own schema as a second reader: generated classes of `python-iso20022`.

    message_of(xml) -> the dataclass, read by xsdata
    breaches(xml)   -> elements out of order, unknown, missing, too many, too long, of wrong form

The package names the root after the message; here it is renamed for reading.
"""

import re
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from importlib import import_module
from typing import Any, get_args, get_origin, get_type_hints

from lxml import etree
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.models.datatype import XmlDate, XmlDateTime

from kernel.money import Money


def _class(xml: bytes) -> Any:
    kind = re.search(rb"tsrv\.(\d{3})\.001\.01", xml)[1].decode()
    module = import_module(f"python_iso20022.tsrv.tsrv_{kind}_001_01.models")
    return getattr(module, f"Tsrv{kind}00101")


def message_of(xml: bytes) -> Any:
    known = _class(xml)
    renamed = xml.replace(b"<Document", f"<{known.__name__}".encode())
    renamed = renamed.replace(b"</Document>", f"</{known.__name__}>".encode())
    return XmlParser().from_bytes(renamed, known)


def _inner(hint: Any) -> tuple[Any, bool]:
    many = get_origin(hint) is list
    args = [one for one in get_args(hint) if one is not type(None)]
    return (args[0] if args else hint), many


def breaches(xml: bytes) -> list[str]:
    return list(_walk(etree.fromstring(xml), _class(xml), "Document"))


def _walk(element: Any, known: Any, path: str) -> Any:
    hints = get_type_hints(known)
    rules = {one.metadata["name"]: one for one in fields(known) if "name" in one.metadata}
    names = [etree.QName(one).localname for one in element]
    order = list(rules)
    yield from (f"{path}: {name} unknown" for name in names if name not in rules)
    places = [order.index(name) for name in names if name in rules]
    if places != sorted(places):
        yield f"{path}: out of order"
    for name, rule in rules.items():
        if rule.metadata.get("type") == "Attribute":
            if rule.metadata.get("required") and element.get(name) is None:
                yield f"{path}@{name}: missing"
            continue
        inner, many = _inner(hints[rule.name])
        here = [one for one in element if etree.QName(one).localname == name]
        least = rule.metadata.get("min_occurs", 1 if rule.metadata.get("required") else 0)
        most = rule.metadata.get("max_occurs", 10**6 if many else 1)
        if not least <= len(here) <= most:
            yield f"{path}/{name}: {len(here)} times"
        for one in here:
            yield from _one(one, inner, rule.metadata, f"{path}/{name}")


def _one(element: Any, kind: Any, rule: Any, path: str) -> Any:
    if is_dataclass(kind):
        yield from _walk(element, kind, path)
        amount = get_type_hints(kind).get("value")
        if amount is None:
            return
        rule = {"total_digits": 18, "fraction_digits": 5}
        kind = Decimal
    elif len(element):
        yield f"{path}: holds elements"
    text = element.text or ""
    most = rule.get("max_length", 10**9)
    least = rule.get("min_length", 0)
    if kind is not bytes and not least <= len(text) <= most:
        yield f"{path}: {len(text)} characters"
    if "pattern" in rule and not re.fullmatch(rule["pattern"], text):
        yield f"{path}: {text!r} against {rule['pattern']}"
    if isinstance(kind, type) and issubclass(kind, Enum) and text not in {k.value for k in kind}:
        yield f"{path}: {text!r} is no code"
    if kind is Decimal and len(Decimal(text).as_tuple().digits) > rule["total_digits"]:
        yield f"{path}: too many digits"
    if kind is XmlDate:
        XmlDate.from_string(text)
    if kind is XmlDateTime:
        XmlDateTime.from_string(text)


def texts_at(value: Any, path: str) -> list[str]:
    """Every text below a path of XML names, as our own table writes it."""
    name, _, rest = path.partition("/")
    found: list[str] = []
    for one in fields(value):
        if one.metadata.get("name") == name:
            held = getattr(value, one.name)
            for item in held if isinstance(held, list) else [held]:
                if item is not None:
                    found += texts_at(item, rest) if rest else _texts(item)
    return found


def _texts(item: Any) -> list[str]:
    if is_dataclass(item) and hasattr(item, "ccy"):
        money = Money.of(str(item.value), item.ccy)
        whole, _, part = money.text.partition(".")
        return [f"{item.ccy}{whole},{part}"]
    if is_dataclass(item):
        below = [getattr(item, one.name) for one in fields(item)]
        flat = [x for one in below for x in (one if isinstance(one, list) else [one])]
        return [text for one in flat if one is not None for text in _texts(one)]
    if isinstance(item, Enum):
        return [str(item.value)]
    if isinstance(item, bool):
        return ["YES" if item else "NO"]
    if isinstance(item, (XmlDate, XmlDateTime)):
        return [str(item)]
    return [str(item)]
