"""Five schemes, as the model has them and as an author writes them, and a house that sells them."""

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import claim_model as model
from builders import (
    House,
    a_risk,
    cny,
    folder_of,
    read_scheme,
    scheme_text,
)

from claims import store
from kernel.money import Money

LOAN = 30_000_000
OPENING = 18_000_000


def shares(**parts: int) -> dict[str, Fraction]:
    return {party: Fraction(part, 100) for party, part in parts.items()}


TERMS = {
    "several": model.Terms("several", ((None, shares(insurer=60, bank=20, guarantor=20)),)),
    "leading": model.Terms(
        "leading",
        ((None, shares(fund=33, insurer=31, bank=17, appraiser=19)),),
        interest=True, residual="bank", lead=True,
    ),
    "dry": model.Terms(
        "dry",
        ((None, shares(fund=54, bank=26, insurer=16, appraiser=4)),),
        caps=(("fund", "pool", 0, ""),),
    ),
    "yearly": model.Terms(
        "yearly",
        (
            (Fraction(1, 3), shares(guarantor=50, insurer=50)),
            (None, shares(bank=27, insurer=43, guarantor=30)),
        ),
        caps=(("guarantor", "year", 13_000_001, "bank"),),
        interest=True, reverse=True,
    ),
    "residual": model.Terms(
        "residual",
        ((None, shares(fund=50, insurer=20, guarantor=20, appraiser=10)),),
        caps=(("fund", "pool", 0, ""), ("appraiser", "loan", 1_999_999, "insurer")),
        residual="guarantor", lead=True,
    ),
}  # fmt: skip
"""One several, one lead, one whose pool runs dry, one capped by the year, one with a residual."""


def written(terms: model.Terms) -> str:
    """The scheme as its author writes it."""
    layers = []
    for upto, parts in terms.layers:
        named = ", ".join(f'{party} = "{part}"' for party, part in parts.items())
        ends = f'upto = "{upto}"\n' if upto else ""
        layers.append(f"[[layers]]\n{ends}shares = {{ {named} }}")
    caps = []
    for party, per, minor, then in terms.caps:
        cap = f'[[caps]]\nparty = "{party}"\nper = "{"pool_balance" if per == "pool" else per}"'
        cap += f'\namount = "{minor // 100}.{minor % 100:02d}"' if per != "pool" else ""
        caps.append(cap + (f'\nthen = "{then}"' if then else ""))
    return scheme_text(
        terms.code,
        layers="\n".join(layers),
        more="\n".join(caps),
        loss_base="principal_interest" if terms.interest else "principal",
        residual=terms.residual or "uncovered",
        recovery="reverse" if terms.reverse else "pro_rata",
    )


def furnish(house: House, folder: Path, code: str) -> tuple[str, ...]:
    """Sell two policies under a scheme, which all stand in the folder, and fill its pool."""
    folder_of(folder, **{name: written(terms) for name, terms in TERMS.items()})
    scheme = read_scheme(written(TERMS[code]), f"{code}.toml")
    for party in TERMS[code].pooled:
        house.pool(scheme, party, Money(OPENING, "CNY"))
    return tuple(house.policy(_risk(code, n), schemes_folder=folder).id for n in range(2))


def _risk(code: str, number: int) -> Any:
    return a_risk(
        cover={"scheme": code, "settles": "lead" if TERMS[code].lead else "several"},
        borrower={"register_id": f"91442000MA{number:08}"},
        loan={"contract": f"L{number}", "amount": cny(f"{LOAN // 100}.00")},
        right={"number": f"ZL20201000{number:04}.X"},
    )


def rates() -> list[tuple[date, Fraction]]:
    """Rates for delay, from the file of the house."""
    path = Path(store.__file__).parent / "rules" / "late.toml"
    kept = tomllib.loads(path.read_text(encoding="utf-8"))["rates"]
    return [(one["from"], Fraction(one["rate"])) for one in kept]
