"""What is found of a file: every test by name, in order, passed or failed, in two languages."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple


class Said(NamedTuple):
    """One finding in English and in Chinese."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Registered:
    """What the register says of one file.

    Attributes:
        file_sha256: SHA-256 of the whole file as it was sealed, 64 hexadecimal digits.
        serial: serial number of the signer's certificate, hexadecimal.
        in_force: whether the letter may be relied on now.
        status: the letter's state, in the register's word.
    """

    file_sha256: str
    serial: str
    in_force: bool
    status: str


@dataclass(frozen=True, slots=True)
class Tested:
    """One test of a file.

    Attributes:
        code: which test; stable.
        passed: what came of it.
        en: what was found, in English.
        zh: the same in Chinese.
    """

    __test__: ClassVar[bool] = False  # its name begins as those that pytest collects
    code: str
    passed: bool
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a file is ours, unchanged and in force.

    Attributes:
        accepted: every test is passed, and there are tests.
        tests: all of them, in order.
    """

    accepted: bool
    tests: tuple[Tested, ...]

    def __post_init__(self) -> None:
        assert self.accepted == (bool(self.tests) and not self.failed), "accepted when all pass"

    @property
    def failed(self) -> tuple[Tested, ...]:
        """The tests that are not passed, in order."""
        return tuple(one for one in self.tests if not one.passed)
