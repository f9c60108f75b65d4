"""Number and words of a letter: what messages between banks and both languages need."""

from collections.abc import Iterator

from kernel.finding import Finding
from underwriting.letters.grounds.ground import ground
from underwriting.letters.latin import foreign_words
from underwriting.letters.number import LONGEST, number_problem
from underwriting.letters.terms import LetterTerms

_FIELD_20 = "MT 760 field 20: 16x"
_FORMAT = "SWIFT standards of format, character sets x and z"


def word_grounds(terms: LetterTerms) -> Iterator[Finding]:
    """Yield every ground in number and words."""
    yield from _number(terms.number)
    for word in foreign_words(terms):
        if word.character is None:
            yield ground(
                "english-missing", f"{word.field} is empty", f"{word.field} 缺少英文",
                clause=_FORMAT, cure="write it in English or in pinyin",
                cure_zh="补充英文或拼音",
            )  # fmt: skip
            continue
        named = f"{word.character!r} (U+{ord(word.character):04X})"
        yield ground(
            "english-character",
            f"{word.field} has {named}, which is outside the {word.charset} set",
            f"{word.field} 含报文字符集 {word.charset} 以外的字符 {named}",
            clause=_FORMAT, cure="write it in English or in pinyin without that character",
            cure_zh="改用英文或拼音，去除该字符",
        )  # fmt: skip


def _number(number: str) -> Iterator[Finding]:
    problem = number_problem(number)
    if problem is None:
        return
    long = len(number) > LONGEST
    yield ground(
        "number-too-long" if long else "letter-number",
        f"the number {problem}",
        f"保函编号超过 {LONGEST} 个字符" if long else "保函编号格式或校验码有误",
        clause=_FIELD_20 if long else "ISO 7064 MOD 37,36",
        cure="take the number that the house gives", cure_zh="使用系统编号",
    )  # fmt: skip
