"""Names and addresses in four lines of 35: `1/` begins the name, `2/` the address.

A name that needs all four lines stands alone; the address then goes where there is room.
"""

from typing import Final

from kernel.errors import invalid
from underwriting.standards.fold import fold, unfold

WIDTH: Final = 35
ROWS: Final = 4


def named(name: str, field: str) -> str:
    """Return a name alone; one that four lines cannot hold is refused.

    >>> named("Chengdu Shuangliu Airport Customs", "59")
    '1/Chengdu Shuangliu Airport Customs'
    """
    lines = fold(name, WIDTH, first="1/", rest="1/")
    if len(lines) > ROWS:
        raise invalid(field, f"needs {len(lines)} lines of {WIDTH}", "shorten the English name")
    return "\n".join(lines)


def named_at(name: str, address: str, field: str) -> tuple[str, bool]:
    r"""Return name and address, and whether the address found room.

    >>> named_at("Shifan Ltd", "Chengdu", "50")
    ('1/Shifan Ltd\n2/Chengdu', True)
    """
    alone = named(name, field)
    lines = [*alone.split("\n"), *fold(address, WIDTH, first="2/", rest="2/")]
    return ("\n".join(lines), True) if len(lines) <= ROWS else (alone, False)


def read_named(text: str, field: str) -> tuple[str, str | None]:
    r"""Return name and address of a field.

    >>> read_named("1/Shifan Ltd\n2/Chengdu", "50")
    ('Shifan Ltd', 'Chengdu')
    """
    lines = text.split("\n")
    names = [line for line in lines if line.startswith("1/")]
    places = [line for line in lines if line.startswith("2/")]
    if not names or [*names, *places] != lines:
        raise invalid(field, "is not name and address", "begin name lines with 1/, others with 2/")
    name = unfold(names, WIDTH, first="1/", rest="1/")
    return name, unfold(places, WIDTH, first="2/", rest="2/") if places else None
