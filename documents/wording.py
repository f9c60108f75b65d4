"""Clause texts with strict placeholders: one that is missing or unknown is refused.

A wording is Markdown of the plainest kind: `## Heading` opens a clause, `[exemption]` at
the end of that line marks one that takes cover away, blank lines part its paragraphs.
`{name}` is replaced by a value; `{{` and `}}` stand for braces.
"""

import re
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from typing import Final

from documents.blocks import NOTHING, Clause, Value, written
from kernel.errors import Fault, Invalid, invalid

EXEMPTION: Final = "[exemption]"
"""Mark at the end of a heading."""

_PIECE: Final = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_]*)\}|[{}]")
_CJK_END: Final = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef“”‘’])\n(?=[\u3000-\u9fff\uff00-\uffef“”‘’])"
)


def load(file: Traversable, values: Mapping[str, Value]) -> tuple[Clause, ...]:
    """Read the wording in `file` (UTF-8) and fill it with `values`."""
    return clauses(file.read_text(encoding="utf-8"), values, name=file.name)


def clauses(text: str, values: Mapping[str, Value], *, name: str = "wording") -> tuple[Clause, ...]:
    """Fill `text` and cut it into clauses, in the order written.

    Raises `Invalid`: `wording-placeholder` for a placeholder without a value (None or
    blank) and for a value that no clause uses, each named; `wording-malformed` for a
    stray brace, words before the first heading, or a clause without words.
    """
    _check(text, values, name)
    opening, *parts = re.split(r"(?m)^## +", text)
    if not parts or opening.strip():
        raise invalid(name, "words before the first clause", "open each clause with '## '",
                      code="wording-malformed")  # fmt: skip
    return tuple(_clause(part, values, name) for part in parts)


def fill(text: str, values: Mapping[str, Value], *, name: str = "wording") -> str:
    """Replace every placeholder of `text`; values are put in as they are, and not read again.

    >>> fill("由{bank}承担 {share}。", {"bank": "甲银行", "share": "30 %"})
    '由甲银行承担 30 %。'
    """
    _check(text, values, name)
    return _filled(text, values)


def placeholders(text: str) -> tuple[str, ...]:
    """Names of the placeholders in `text`, each once, in the order written."""
    return tuple(dict.fromkeys(match[1] for match in _PIECE.finditer(text) if match[1]))


def _check(text: str, values: Mapping[str, Value], name: str) -> None:
    stray = next((match for match in _PIECE.finditer(text) if match[0] in {"{", "}"}), None)
    if stray:
        line = text.count("\n", 0, stray.start()) + 1
        raise invalid(f"{name} line {line}", "has a stray brace", "write {name}, or {{ and }}",
                      code="wording-malformed")  # fmt: skip
    asked = placeholders(text)
    faults = [
        Fault(f"{name}.{one}", "has no value", "give one")
        for one in asked
        if written(values.get(one)) == NOTHING
    ]
    faults += [
        Fault(f"{name}.{one}", "is used by no clause", "leave it out or name it in the wording")
        for one in values
        if one not in asked
    ]
    if faults:
        raise Invalid("wording-placeholder", *faults)


def _filled(text: str, values: Mapping[str, Value]) -> str:
    braces = {"{{": "{", "}}": "}"}
    return _PIECE.sub(lambda match: braces.get(match[0]) or written(values[match[1]]), text)


def _clause(part: str, values: Mapping[str, Value], name: str) -> Clause:
    heading, _, body = part.partition("\n")
    is_exemption = heading.rstrip().endswith(EXEMPTION)
    heading = heading.rstrip().removesuffix(EXEMPTION).strip()
    paragraphs = [_joined(one) for one in re.split(r"\n\s*\n", body.strip()) if one.strip()]
    if not heading or not paragraphs:
        raise invalid(f"{name}, {heading or 'a clause'}", "has no words", "write heading and text",
                      code="wording-malformed")  # fmt: skip
    return Clause(_filled(heading, values), _filled("\n".join(paragraphs), values), is_exemption)


def _joined(paragraph: str) -> str:
    """Join the lines of a paragraph: with a space, but not between two Chinese characters."""
    lines = "\n".join(line.strip() for line in paragraph.strip().splitlines())
    return _CJK_END.sub("", lines).replace("\n", " ")
