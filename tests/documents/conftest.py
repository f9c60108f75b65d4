"""Sample forms, good and hard, and what a reader program finds in their pages."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pypdf import PdfReader

from documents.forms.quote_letter import QuoteLetter
from documents.render import Form, Pdf, render
from kernel.money import Money

HERE = Path(__file__).parent


def _sibling(name: str) -> ModuleType:
    """Import a file of this folder by its path: tests are no package."""
    known = f"paper_{name}"
    if known not in sys.modules:
        spec = spec_from_file_location(known, HERE / f"{name}.py")
        sys.modules[known] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[known])
    return sys.modules[known]


stress = _sibling("stress")
HARDER = [_sibling(path.stem) for path in sorted(HERE.glob("stress*.py"))]

GOOD = {
    name: make()
    for path in sorted(HERE.glob("samples*.py"))
    for name, make in _sibling(path.stem).FORMS.items()
}
HARD = {
    name: getattr(each, name)(form)
    for name, form in GOOD.items()
    for each in HARDER
    if hasattr(each, name)
}
ALL = {f"good-{name}": form for name, form in GOOD.items()} | {
    f"hard-{name}": form for name, form in HARD.items()
}
_RENDERED = {}


@pytest.fixture(params=ALL)
def form(request: pytest.FixtureRequest) -> Form:
    return ALL[request.param]


@pytest.fixture(params=GOOD)
def good_form(request: pytest.FixtureRequest) -> Form:
    return GOOD[request.param]


@pytest.fixture(params=HARD)
def hard_form(request: pytest.FixtureRequest) -> Form:
    return HARD[request.param]


@pytest.fixture
def quote() -> QuoteLetter:
    return GOOD["quote_letter"]


@pytest.fixture
def good_forms() -> dict[str, Any]:
    return GOOD


@pytest.fixture
def hostile() -> str:
    return stress.HOSTILE


@pytest.fixture
def pdf_of() -> Callable[[Form], Pdf]:
    """Render once per form; the tests only read."""

    def rendered(form: Form) -> Pdf:
        if id(form) not in _RENDERED:
            _RENDERED[id(form)] = (form, render(form))
        return _RENDERED[id(form)][1]

    return rendered


@pytest.fixture
def read() -> Callable[[Pdf], PdfReader]:
    """Open a rendered file with a program that is not the one that wrote it."""
    return lambda pdf: PdfReader(BytesIO(pdf.content), strict=True)


@pytest.fixture
def squeezed() -> Callable[[str], str]:
    """Text without its spaces and line ends, as line breaks are the page's own."""
    return lambda text: "".join(text.split())


@pytest.fixture
def strings_of() -> Callable[[object], Iterator[str]]:
    """Every string in a form."""

    def walk(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                yield from walk(item)
        elif is_dataclass(value):
            for field in fields(value):
                yield from walk(getattr(value, field.name))

    return walk


@pytest.fixture
def amounts_of() -> Callable[[object], Iterator[Money]]:
    """Every amount in a form."""

    def walk(value: object) -> Iterator[Money]:
        if type(value).__name__ == "Money":
            yield value
        elif isinstance(value, tuple):
            for item in value:
                yield from walk(item)
        elif is_dataclass(value):
            for field in fields(value):
                yield from walk(getattr(value, field.name))

    return walk
