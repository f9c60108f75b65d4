"""The bank products at hand: those shipped here and those of one more folder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from kernel.errors import Fault, Invalid, NotFound
from underwriting.bank_products.parse import parse_bank_product
from underwriting.bank_products.terms import BankProduct


@dataclass(frozen=True, slots=True)
class ProductText:
    """A bank product with the text that states it.

    Attributes:
        product: the checked value.
        text: the whole file, to be frozen with a quote.
        sha256: of the text, in hex.
    """

    product: BankProduct
    text: str
    sha256: str


def read_bank_product(text: str, name: str = "frozen product") -> ProductText:
    """Check one file's text and keep both."""
    return ProductText(parse_bank_product(text, name), text, sha256(text.encode()).hexdigest())


@cache
def bank_products(folder: Path | None = None) -> Mapping[str, ProductText]:
    """Return code -> product of the shipped files and of `folder`, read once a process.

    Raises:
        Invalid: a file is faulty, or a code stands twice.
    """
    shipped = [one for one in files(__package__).iterdir() if one.name.endswith(".toml")]
    texts = [(one.name, one.read_text(encoding="utf-8")) for one in shipped]
    own = sorted(folder.glob("*.toml")) if folder is not None else []
    return _by_code(sorted(texts) + [(path.name, path.read_text("utf-8")) for path in own])


def bank_product(code: str, folder: Path | None = None) -> ProductText:
    """Return one product.

    Raises:
        NotFound: no file states that code.
    """
    found = bank_products(folder)
    if code not in found:
        fault = Fault("bank_product", f"{code!r} is none", f"use one of {', '.join(found)}")
        raise NotFound("no-such-bank-product", fault)
    return found[code]


def _by_code(texts: Iterable[tuple[str, str]]) -> dict[str, ProductText]:
    found: dict[str, ProductText] = {}
    for name, text in texts:
        stated = read_bank_product(text, name)
        code = stated.product.code
        if code in found:
            fault = Fault(f"{name}: code", f"{code!r} stands in another file too", "choose another")
            raise Invalid("bank-product-twice", fault)
        found[code] = stated
    return found
