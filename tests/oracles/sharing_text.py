"""Write a made-up scheme as the text of a file."""

from typing import Any


def scheme_text(written: dict[str, Any]) -> str:
    """Write `written` as TOML: plain keys, then tables, as an author would."""
    plain = {key: value for key, value in written.items() if isinstance(value, str)}
    lines = [f"{key} = {_value(value)}" for key, value in plain.items()]
    lines.insert(3, "valid_from = 2021-01-01")
    for key, value in written.items():
        if isinstance(value, dict):
            lines += ["", f"[{key}]", *_pairs(value)]
        elif isinstance(value, list):
            for row in value:
                lines += ["", f"[[{key}]]", *_pairs(row)]
    return "\n".join(lines) + "\n"


def _pairs(row: dict[str, Any]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in row.items()]


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(_pairs(value)) + " }"
    return str(value) if isinstance(value, int) else f'"{value}"'
