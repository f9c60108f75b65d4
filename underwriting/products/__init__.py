"""Lines of business, one folder each; a folder with a `PRODUCT` is found by itself."""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from kernel.errors import Fault, NotFound
from underwriting.product import Product


@cache
def products() -> Mapping[str, Product]:
    """Return code -> product of every folder here."""
    found: dict[str, Product] = {}
    for module in pkgutil.iter_modules(__path__):
        product: Product = import_module(f"{__name__}.{module.name}").PRODUCT
        assert product.code not in found, f"two folders state the product {product.code}"
        found[product.code] = product
    return found


def product(code: str) -> Product:
    """Return one product; refuse a code that no folder states."""
    if code not in products():
        known = ", ".join(products())
        fault = Fault("product", f"{code!r} is not a product", f"use one of {known}")
        raise NotFound("no-such-product", fault)
    return products()[code]
