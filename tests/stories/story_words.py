"""How a story names answers, places in them, and amounts.

value_at({"calls": [{"party": "fund", "amount": 3}]}, "calls[party=fund].amount")     # 3
filled({"claim_id": "$claim.id"}, {"claim": {"id": "cl-1"}})    # {"claim_id": "cl-1"}
filled("CNY 12.50", {})                             # {"amount": "12.50", "currency": "CNY"}
"""

import base64
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from story_book import FOLDER

_MONEY = re.compile(r"(CNY) ((?:0|[1-9][0-9]*)\.[0-9]{2})")
_PART = re.compile(r"([^.\[\]]+)|\[([a-z_]+)=([^\]]*)\]")


class StoryError(AssertionError):
    """Something came out otherwise than the story says."""


def value_at(found: Any, place: str) -> Any:
    """Return what stands at a place: `a.b`, `a.0`, `a[key=value]`, `a.#` for how many."""
    for part in _PART.finditer(place):
        name, key, wanted = part.groups()
        if key:
            fitting = [one for one in found if str(one[key]) == wanted]
            if len(fitting) != 1:
                raise StoryError(f"{place}: {len(fitting)} entries have {key} {wanted}")
            found = fitting[0]
        elif name == "#":
            found = len(found)
        elif isinstance(found, list):
            found = found[int(name)]
        elif isinstance(found, Mapping) and name in found:
            found = found[name]
        else:
            raise StoryError(f"{place}: there is no {name} in {str(found)[:300]}")
    return found


def filled(sent: Any, answers: Mapping[str, Any]) -> Any:
    """Return what is sent with earlier answers, amounts and days put in."""
    if isinstance(sent, Mapping):
        return {name: filled(one, answers) for name, one in sent.items()}
    if isinstance(sent, list):
        return [filled(one, answers) for one in sent]
    if isinstance(sent, date):
        return sent.isoformat()
    return _said(sent, answers) if isinstance(sent, str) else sent


def _said(sent: str, answers: Mapping[str, Any]) -> Any:
    if sent.startswith("$"):
        return value_at(answers, sent[1:])
    if sent.startswith("@"):  # a file that lies beside the stories, as it is sent
        return base64.b64encode((FOLDER / sent[1:]).read_bytes()).decode()
    amount = _MONEY.fullmatch(sent)
    return {"amount": amount[2], "currency": amount[1]} if amount else sent


def differences(expected: Mapping[str, Any], answer: Any, answers: Mapping[str, Any]) -> list[str]:
    """Return each place at which the answer is otherwise, with both values."""
    found = []
    for place, wanted in expected.items():
        due = filled(wanted, answers)
        try:
            there = value_at(answer, place)
        except StoryError as fault:
            found.append(str(fault))
            continue
        if there != due:
            found.append(f"{place}: {_short(there)} instead of {_short(due)}")
    return found


def refusal_differs(expected: Mapping[str, Any], status: int, problem: Any) -> list[str]:
    """Return how a refusal is otherwise than expected: status, code, field, words of the cure."""
    found = []
    if status != expected["status"]:
        found.append(f"status {status} instead of {expected['status']}: {problem}")
    elif problem["code"] != expected["code"]:
        found.append(f"code {problem['code']} instead of {expected['code']}: {problem['errors']}")
    else:
        at = [one for one in problem["errors"] if one["field"] == expected["field"]]
        if not any(expected["cure"] in one["cure"] for one in at):
            found.append(
                f"no cure “{expected['cure']}” at {expected['field']}: {problem['errors']}"
            )
    return found


def _short(value: Any) -> str:
    if isinstance(value, Mapping) and set(value) == {"amount", "currency"}:
        return f"{value['currency']} {value['amount']}"
    return str(value)
