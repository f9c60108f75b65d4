"""What a form says, as one text: kept when a paper is filed, attached to it when it is printed."""

import json
from typing import Final

from documents.forms import form_of, kind_of
from documents.render import Form, check
from kernel.canonical import canonical_json
from kernel.plain import plain

EDITION: Final = 1
"""Of the text: how a form is written down, not what stands in it."""


def stated(form: Form) -> str:
    """Return what a form says as canonical JSON, once it is sure that it can be printed.

    Its SHA-256 is that of the attachment `form.json` of the printed paper.

    Raises:
        Invalid: as `documents.render.render`.
    """
    check(form)
    return written(form)


def written(form: Form) -> str:
    """Return the text of a form that was proof-read already."""
    return canonical_json({"kind": kind_of(form), "edition": EDITION, "form": plain(form)})


def read_stated(text: str) -> Form:
    """Return the form that `stated` wrote.

    Raises:
        NotFound: `no-such-form`.
    """
    told = json.loads(text)
    assert told["edition"] == EDITION, "what was kept is of an edition that is still read"
    return form_of(told["kind"], told["form"])
