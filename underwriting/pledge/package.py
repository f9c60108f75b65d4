"""A pledge of several rights of several kinds: one entry in each register, no right twice."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from kernel.finding import Effect, Finding
from underwriting.pledge.forms import PledgedRight
from underwriting.pledge.registers import LATEST, Register, edition


def entries_of(
    rights: Sequence[PledgedRight], registers: str = LATEST
) -> tuple[tuple[Register, tuple[str, ...]], ...]:
    """Return each register with the numbers of the rights to be entered there."""
    places: dict[str, tuple[Register, list[str]]] = {}
    for right in rights:
        register = edition(registers).register_of(right.kind)
        places.setdefault(register.code, (register, []))[1].append(right.number)
    return tuple((register, tuple(numbers)) for register, numbers in places.values())


def package_findings(
    rights: Sequence[PledgedRight], registers: str = LATEST
) -> tuple[Finding, ...]:
    """Return what there is to say of the rights together."""
    counts = Counter(right.number for right in rights)
    twice = [
        Finding(
            "listed-twice", Effect.DECLINE, f"{number} is listed {count} times in the pledge",
            f"{number} 在质押清单中重复列示 {count} 次",
            edition(registers).clause("listed-twice"), "list each right once",
        )
        for number, count in counts.items()
        if count > 1
    ]  # fmt: skip
    entries = entries_of(rights, registers)
    if len(entries) == 1:
        return tuple(twice)
    return (*twice, *(_entry(register, numbers) for register, numbers in entries))


def _entry(register: Register, numbers: Sequence[str]) -> Finding:
    stated = register.stated
    return Finding(
        "register-entry",
        Effect.INFORM,
        f"{len(numbers)} of the rights are entered with the {stated['authority']}",
        f"其中 {len(numbers)} 项在{stated['authority_zh']}办理质权登记",
        stated["clause"],
        f"file there before drawdown: {stated['form']}; decided in {stated['working_days']} "
        f"working days (grade {stated['grade']})",
    )


def entry_json(register: Register, numbers: Sequence[str]) -> dict[str, Any]:
    """An entry to be made, as it stands in a file of evidence."""
    named = ("authority", "authority_zh", "form", "form_zh", "working_days", "correction_days",
             "clause", "source", "grade", "unverified")  # fmt: skip
    return {
        "registry": register.code,
        "rights": list(numbers),
        **{name: register.stated[name] for name in named},
    }
