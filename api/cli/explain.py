"""`zhibao frontier`, `ways`, `who-pays`, `diff`: answers about a price, without a database."""

from pathlib import Path
from typing import Any

from api.cli.price import PriceRequest, inputs_of
from api.cli.speak import read_file
from api.pictures import who_pays_picture
from api.schemas.explain import FrontierRequest
from kernel.errors import invalid
from underwriting.explain.changes import ways
from underwriting.explain.diff import diff
from underwriting.explain.shown import difference_json, frontier_json, ways_json, who_pays_json
from underwriting.explain.solve import Asked
from underwriting.explain.who_pays import WhoPays, who_pays
from underwriting.inputs import Inputs
from underwriting.products import product
from underwriting.valued import value


class FrontierFile(PriceRequest, FrontierRequest):
    """A proposal with the facts of the day, what is given of it, and what is sought."""


def run_frontier(file: str, schemes: Path | None, counts: Path | None) -> dict[str, Any]:
    """Return how far the proposal in a file may go.

    Raises:
        Invalid: a field is wrong, or a lever or fact is missing.
    """
    request = read_file(FrontierFile, file)
    inputs = inputs_of(request, schemes, counts)
    found = request.frontier(product(inputs.product), inputs)
    return frontier_json(found, inputs.exposures.currency)


def run_ways(file: str, schemes: Path | None, counts: Path | None) -> dict[str, Any]:
    """Return what would change the answer to the proposal in a file.

    Raises:
        Invalid: a field is wrong, or a fact is missing.
    """
    inputs = _inputs(file, schemes, counts)
    line = product(inputs.product)
    return ways_json(value(line, inputs), ways(line, inputs, Asked()))


def run_who_pays(
    file: str, schemes: Path | None, counts: Path | None, picture: Path | None
) -> dict[str, Any]:
    """Return who pays what, month by month; draw it too where a picture is asked for.

    Raises:
        Invalid: a field is wrong, or a fact is missing.
    """
    inputs = _inputs(file, schemes, counts)
    table = who_pays(product(inputs.product), inputs)
    if picture is not None:
        _draw(table, picture)
    return who_pays_json(table)


def _draw(table: WhoPays, picture: Path) -> None:
    if picture.suffix.lower() != ".svg":
        raise invalid("picture", f"{picture.name} is no SVG file", "name a file that ends in .svg")
    try:
        picture.write_bytes(who_pays_picture(table))
    except OSError as error:
        cure = "name a folder that is there"
        raise invalid("picture", f"cannot be written: {error.strerror}", cure) from None


def run_diff(first: str, second: str, schemes: Path | None, counts: Path | None) -> dict[str, Any]:
    """Return what lies between the prices of two files.

    Raises:
        Invalid: a field is wrong, a fact is missing, or the two are of different products.
    """
    one, other = (_inputs(file, schemes, counts) for file in (first, second))
    return difference_json(diff(product(one.product), one, other))


def _inputs(file: str, schemes: Path | None, counts: Path | None) -> Inputs:
    return inputs_of(read_file(PriceRequest, file), schemes, counts)
