"""Amounts in words: Chinese capitals as on bills of exchange, and English."""

from typing import Final

from kernel.money import MAX_MINOR, MINOR_DIGITS, Money

DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
"""Capitals that cannot be altered by a stroke (Rules for Payment and Settlement, annex 1)."""

_PLACES: Final = ("", "拾", "佰", "仟")
_NAMES: Final = {
    "CNY": ("人民币", "Chinese Yuan"),
    "EUR": ("欧元", "Euro"),
    "GBP": ("英镑", "Pounds Sterling"),
    "HKD": ("港币", "Hong Kong Dollars"),
    "JPY": ("日元", "Japanese Yen"),
    "KRW": ("韩元", "Korean Won"),
    "MYR": ("林吉特", "Malaysian Ringgit"),
    "SGD": ("新加坡元", "Singapore Dollars"),
    "USD": ("美元", "US Dollars"),
}
_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES: Final = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))


def in_chinese(amount: Money) -> str:
    """Write `amount` in Chinese capitals, currency first; at most 17 digits of minor units.

    零 stands only where it must: once for a run of zeros inside the figures, and before 分
    when there is no 角. 整 closes an amount that has no 分.

    >>> in_chinese(Money(140950, "CNY")), in_chinese(Money(1640902, "CNY"))
    ('人民币壹仟肆佰零玖元伍角整', '人民币壹万陆仟肆佰零玖元零贰分')
    """
    whole, part = _parts(amount)
    jiao, fen = divmod(part, 10)
    text = f"{_chinese_integer(whole)}元" if whole or not part else ""
    if jiao:
        text += f"{DIGITS[jiao]}角"
    elif fen and whole:
        text += "零"
    text += f"{DIGITS[fen]}分" if fen else "整"
    return f"{_NAMES[amount.currency][0]}{'负' if amount.minor < 0 else ''}{text}"


def in_english(amount: Money) -> str:
    """Write `amount` in English, the minor units as hundredths.

    >>> in_english(Money(123456, "CNY"))
    'Chinese Yuan one thousand two hundred thirty-four and 56/100 only'
    """
    whole, part = _parts(amount)
    minus = "minus " if amount.minor < 0 else ""
    cents = f" and {part:02d}/100" if part else ""
    return f"{_NAMES[amount.currency][1]} {minus}{_english_integer(whole)}{cents} only"


def _parts(amount: Money) -> tuple[int, int]:
    """Whole units and hundredths, without the sign."""
    assert abs(amount.minor) <= MAX_MINOR, "no more than 17 digits"
    return (
        divmod(abs(amount.minor), 100) if MINOR_DIGITS[amount.currency] else (abs(amount.minor), 0)
    )


def _chinese_integer(number: int) -> str:
    """Write a whole number; from 亿 upwards the count of 亿 is written in the same way."""
    for unit, name in ((10**8, "亿"), (10**4, "万")):
        if number >= unit:
            upper, lower = divmod(number, unit)
            return f"{_chinese_integer(upper)}{name}{_after(lower, unit)}"
    return _thousands(number)


def _after(lower: int, unit: int) -> str:
    if lower == 0:
        return ""
    return ("零" if lower * 10 < unit else "") + _chinese_integer(lower)


def _thousands(number: int) -> str:
    """Write a number below 10 000."""
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + _PLACES[place]
        gap = digit == 0
    return text or DIGITS[0]


def _english_integer(number: int) -> str:
    words: list[str] = []
    for unit, name in _SCALES:
        if number >= unit:
            words += [_english_hundreds(number // unit), name]
            number %= unit
    if number or not words:
        words.append(_english_hundreds(number))
    return " ".join(words)


def _english_hundreds(number: int) -> str:
    """Write a number below 1000."""
    hundreds, rest = divmod(number, 100)
    head = [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if rest or not hundreds:
        head.append(_english_tens(rest))
    return " ".join(head)


def _english_tens(number: int) -> str:
    """Write a number below 100."""
    if number < len(_ONES):
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens - 2]}-{_ONES[ones]}" if ones else _TENS[tens - 2]
