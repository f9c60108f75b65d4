"""What would cure a finding on a claim, as its papers say it: in Chinese and in English."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_CURES: Final[Mapping[str, str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)["cure"]
"""A cure, with `(.+)` for a day -> the same in Chinese, with `{0}`."""


def cure_said(cure: str) -> str:
    """Return a cure in both languages; one that has no Chinese as it stands.

    >>> cure_said("none under this policy"), cure_said("x")
    ('本保险单项下无法补正 none under this policy', 'x')
    >>> cure_said("the claim can be paid from 2026-06-01")
    '可自 2026-06-01 起赔付 the claim can be paid from 2026-06-01'
    """
    zh = _chinese(cure)
    return f"{zh} {cure}" if zh else cure


def _chinese(cure: str) -> str:
    if cure in _CURES:
        return _CURES[cure]
    for pattern, zh in _CURES.items():
        if "(" in pattern and (found := re.fullmatch(pattern, cure)):
            return zh.format(*found.groups())
    return ""
