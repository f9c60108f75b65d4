"""Terms of a scheme that are not certain, as a paper of a call says them: in both languages."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_WRITTEN: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
"""`terms`: term -> its name; `reasons`: the scheme's words -> the same in Chinese."""


def unverified_said(term: str, why: str) -> str:
    """Return that a term is not certain, and why; a reason of a scheme of one's own as it is.

    >>> unverified_said("caps", "agreed by word").partition(" ")[::2]
    ('方案条款“封顶”未经核实，理由见英文。', 'Unverified term of the scheme, caps: agreed by word.')
    """
    name = _WRITTEN["terms"].get(term, term)
    zh = _WRITTEN["reasons"].get(why)
    reason = f"：{zh}。" if zh else "，理由见英文。"
    en = f"Unverified term of the scheme, {term.replace('_', ' ')}: {why}."
    return f"方案条款“{name}”未经核实{reason} {en}"
