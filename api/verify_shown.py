"""How the open door looks in the description of the API: what it takes, and what it answers."""

from typing import Any, Final

_PAGE: Final = {"schema": {"type": "string"}, "example": '<!doctype html><html lang="zh-CN">'}
_FILE: Final = {"type": "string", "format": "binary"}
_CHECKED: Final = {
    "number": "CGL2600000001E",
    "found": "genuine",
    "sandbox": False,
    "letter": {
        "version": 1,
        "newest": 1,
        "status": "accepted",
        "in_force": True,
        "since": "2026-03-10T02:00:00Z",
        "amount": {"amount": "3000000.00", "currency": "CNY"},
        "districts": [{"code": "7900", "zh": "成都海关", "en": "Chengdu Customs"}],
        "guarantor_zh": "知保示范保险",
        "guarantor_en": "Zhibao Demonstration Insurance",
        "usable_until": "2027-03-09",
        "claim_until": "2027-09-09",
        "file_sha256": "9f" * 32,
        "demonstration": True,
    },
}
_VERDICT: Final = {
    "accepted": False,
    "file_sha256": "9f" * 32,
    "tests": [
        {"code": "pdf", "passed": False, "en": "the file has no page", "zh": "文件没有页面"},
    ],
}

PAGE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The page", "content": {"text/html": _PAGE}}
}
CHECKED: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "JSON, or a page where `Accept` names text/html",
        "content": {"application/json": {"example": _CHECKED}, "text/html": _PAGE},
    }
}
VERDICT: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "JSON, or a page where `Accept` names text/html",
        "content": {"application/json": {"example": _VERDICT}, "text/html": _PAGE},
    }
}
FILE_SENT: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "The file itself, at most 5 MB, or a form with it as its first part",
        "content": {
            "application/pdf": {"schema": _FILE},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"file": _FILE},
                    "required": ["file"],
                }
            },
        },
    }
}
