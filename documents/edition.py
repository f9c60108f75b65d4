"""The edition of the house: what two prints of one paper must share to be the same bytes."""

import zlib
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

LIBRARIES: Final = ("reportlab", "pikepdf", "segno", "paperang-p2-fonts-cjk")
"""What draws, packs and cuts the font, besides the house's own code."""
ELSEWHERE: Final = ("canonical.py", "money.py", "plain.py")
"""What of `kernel/` stands on a paper or is attached to it."""
LENGTH: Final = 16


@cache
def edition() -> str:
    """Return the edition of this process: 16 hexadecimal digits.

    It changes with any line of the code that draws and with the version of any library that does:
    rather once too often than once too seldom.
    """
    house = Path(__file__).parent
    drawing = [file for file in house.rglob("*.py") if "sealing" not in file.parts]
    words = [house.parent / "kernel" / name for name in ELSEWHERE]
    seal = sha256()
    for file in sorted((*drawing, *words)):
        seal.update(sha256(file.read_bytes()).digest())
    for name in LIBRARIES:
        seal.update(f"{name} {version(name)}\n".encode())
    seal.update(zlib.ZLIB_RUNTIME_VERSION.encode())
    return seal.hexdigest()[:LENGTH]
