"""The evidence that a policy was underwritten on: every test, what it came to, and on what.

Pure: made again from the frozen receipt, so that it says the same however often it is asked.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from kernel.finding import Finding
from underwriting.inputs import Inputs
from underwriting.pledge.examined import Examined, of_finding
from underwriting.pledge.package import entries_of, entry_json
from underwriting.product import Rated
from underwriting.products import product
from underwriting.products.pledge_guarantee.evidence import evidence as of_pledge_guarantee

_TESTS: Final[Mapping[str, Callable[[Any, Rated], tuple[Examined, ...]]]] = {
    "pledge_guarantee": of_pledge_guarantee,
}
"""Product -> its tests; of one that names none, the findings of its receipt stand for them."""


def evidence_of(receipt: Mapping[str, Any]) -> dict[str, Any]:
    """Return the file of evidence behind a receipt, as JSON.

    Keys: `on`, `tariff`, `registers`, `tests` (each with result, evidence, date, clause),
    `entries` (what must stand in which register before drawdown), `counts` by result.
    """
    inputs = Inputs.of(receipt["inputs"])
    line, basis = product(inputs.product), inputs.basis
    risk = line.risk.model_validate(dict(inputs.risk), strict=False)
    tested = _TESTS[line.code](risk, basis) if line.code in _TESTS else ()
    said = (*tested, *_rest(receipt["findings"], {one.code for one in tested}))
    registers = inputs.terms.get("registers")
    rights = getattr(risk, "rights", ()) if registers else ()
    return {
        "on": inputs.on.isoformat(),
        "tariff": inputs.terms["version"],
        "registers": registers,
        "tests": [one.json(inputs.on) for one in said],
        "entries": [entry_json(*entry) for entry in entries_of(rights, registers or "")],
        "counts": dict(sorted(Counter(one.verdict.value for one in said).items())),
    }


def _rest(findings: Iterable[Mapping[str, str]], known: set[str]) -> list[Examined]:
    """Return what the receipt found beyond those tests."""
    return [
        of_finding(Finding.of(found), "contract", "the frozen receipt")
        for found in findings
        if found["code"] not in known
    ]
