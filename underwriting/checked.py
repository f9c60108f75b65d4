"""Read a proposal by its product's form; what does not fit is refused field by field."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from kernel.errors import Fault, Invalid
from underwriting.product import Product, Risk


def checked(product: Product, stated: Mapping[str, Any]) -> Risk:
    """Return the proposal as the form reads it.

    Raises:
        Invalid: a field does not fit; all of them at once.
    """
    try:
        return product.risk.model_validate(dict(stated), strict=False)
    except ValidationError as error:
        faults = [
            Fault(_place(one["loc"]), one["msg"], "state it as the form of the product asks")
            for one in error.errors(include_url=False, include_input=False)
        ]
        raise Invalid("risk-invalid", *faults) from None


def _place(parts: tuple[int | str, ...]) -> str:
    """Write the path of a field: `risk.rights[0].number`."""
    path = "risk"
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path
