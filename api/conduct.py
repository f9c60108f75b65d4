"""The names under which an assessment states the conduct of the parties."""

from collections.abc import Iterable
from importlib import import_module

from kernel.errors import Fault, Invalid
from underwriting.products import product


def conduct_of(product_code: str) -> tuple[str, ...]:
    """Return what a product's test of cover asks of conduct: `CONDUCT`, beside that test."""
    module = import_module(product(product_code).test_cover.__module__)
    return tuple(module.CONDUCT)


def check_conduct(product_code: str, names: Iterable[str]) -> None:
    """Refuse names that the product does not ask; all of them at once."""
    asked = conduct_of(product_code)
    cure = f"state some of {', '.join(asked)}"
    faults = [
        Fault(f"conduct.{name}", "is not asked by this product", cure)
        for name in names
        if name not in asked
    ]
    if faults:
        raise Invalid("conduct-not-asked", *faults)
