"""Reasons that the house itself writes, and clauses of a scheme, said in each language."""

import re
from collections.abc import Callable, Mapping
from typing import Final

PHRASES: Final[Mapping[str, tuple[str, str]]] = {
    r"default of (?P<party>\w+)": ("{party}违约", "{party} is in default"),
    r"(?P<party>\w+) has paid what it owed": ("{party}付清了欠款", "{party} has paid what it owed"),
    r"recovery (?P<number>\d+) came in": ("第{number}笔追偿款到账", "recovery {number} came in"),
    r"settlement (?P<number>\d+)": ("第{number}次结算", "settlement {number}"),
    r"申诉第(?P<number>\d+)号 appeal \d+": ("第{number}次申诉", "appeal {number}"),
}
"""What an act notes as its reason -> how it is said."""

_TERMS: Final = {"pool_balance": ("资金池余额", "balance of the pool"), "loan": ("单笔", "a loan")}
_HEAD: Final = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)+): (.*)", re.DOTALL)
_ARTICLE: Final = re.compile(r"\barts?\. ([0-9][0-9, –-]*[0-9]|[0-9])")
_WORD: Final = re.compile(r"(the )?\b([a-z][a-z0-9]*(?:_[a-z0-9]+)*)\b", re.ASCII)
"""A word of Latin letters; between Chinese ones it stands without blanks."""
_PLACE: Final = {"zh": 0, "en": 1}

Name = Callable[[str], str | None]
"""Code -> what it is called in one language; None where it is no code."""


def split_name(words: str) -> tuple[str, str]:
    """Split `中文 English` at the first blank after which no Chinese letter comes.

    >>> split_name("本金 principal")
    ('本金', 'principal')
    >>> split_name("principal")
    ('principal', 'principal')
    """
    last = max((place for place, letter in enumerate(words) if letter >= "\u2e80"), default=-1)
    cut = words.find(" ", last + 1)
    if last < 0 or cut < 0:
        return words, words
    return words[:cut].strip(), words[cut:].strip()


def reason_said(words: str, tongue: str, name: Name) -> str:
    """Say a reason: one of the house in the language asked for, one of a person in its own words.

    >>> reason_said("default of fund", "zh", {"fund": "资金"}.get), reason_said("why", "en", str)
    ('资金违约', '“why”')
    """
    for pattern, said in PHRASES.items():
        found = re.fullmatch(pattern, words)
        if found:
            parts = {key: name(one) or one for key, one in found.groupdict().items()}
            return said[_PLACE[tongue]].format(**parts)
    return f"“{words}”" if words else ""


def clause_said(words: str, tongue: str, name: Name) -> str:
    """Say a clause in one language, the scheme and its parties by name.

    >>> clause_said("a-2021: 各层份额 layers; 熔断 fuse", "en", {"a-2021": "Scheme A"}.get)
    'Scheme A: layers; fuse'
    """
    parts = []
    for part in words.split("; "):
        found = _HEAD.fullmatch(part)
        head, rest = found.groups() if found else ("", part)
        said = named(_article(rest, tongue), tongue, name)
        parts.append(f"{name(head) or head}{_COLON[tongue]}{said}" if head else said)
    return _SEMICOLON[tongue].join(parts)


def _article(words: str, tongue: str) -> str:
    """Return a clause in one language; the article that stands in English only comes along."""
    zh, en = split_name(words)
    if tongue == "en":
        return en.rstrip("。.")
    article = _ARTICLE.search(en) if zh != en and "条" not in zh else None
    for term, (chinese, _) in _TERMS.items():
        zh = zh.replace(term.replace("_", " "), chinese) if "_" in term else zh
    return zh.rstrip("。.") + (f"第{article[1]}条" if article else "")


_COLON: Final = {"zh": "：", "en": ": "}
_SEMICOLON: Final = {"zh": "；", "en": "; "}


def named(words: str, tongue: str, name: Name) -> str:
    """Put names in the place of codes of parties and terms; all else stays.

    >>> named("put fund into default", "en", {"fund": "the public fund"}.get)
    'put the public fund into default'
    >>> named("向fund返还追偿款", "zh", {"fund": "风险补偿资金"}.get)
    '向风险补偿资金返还追偿款'
    """

    def one(found: re.Match[str]) -> str:
        article, code = found[1] or "", found[2]
        if code in _TERMS and "_" in code:
            return article + _TERMS[code][_PLACE[tongue]]
        said = name(code)
        if said is None or (tongue == "en" and article and "_" not in code):
            return found[0]  # `the bank` is English already
        return said if said.startswith("the ") else article + said

    swapped = _WORD.sub(one, words)
    return re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", swapped)
