"""The templates that are shipped: one TOML file each, found by themselves."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from claims.rules.reporting.template import Template, template_of
from kernel.errors import Fault, NotFound


@cache
def templates() -> Mapping[str, Template]:
    """Return code -> template, in the order of the codes.

    Raises:
        Invalid: a file is no template.
    """
    found = {}
    for file in sorted(files(__package__).iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            stated = tomllib.loads(file.read_text(encoding="utf-8"))
            template = template_of(stated, file.name)
            assert file.name == f"{template.code}.toml", "a file is named by its code"
            found[template.code] = template
    return MappingProxyType(found)


def template(code: str) -> Template:
    """Return a template.

    Raises:
        NotFound: there is none of that code.
    """
    if code not in templates():
        fault = Fault("template", f"{code!r} is no report", f"use one of {', '.join(templates())}")
        raise NotFound("no-such-report", fault)
    return templates()[code]
