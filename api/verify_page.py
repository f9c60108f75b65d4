"""The public page on which anyone checks a letter: Chinese and English, no script, all escaped."""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from typing import Final

from documents.sealing import Verdict
from underwriting.guarantees.public import Checked, Found, Shown

_STYLE: Final = (
    "body{font:16px/1.6 system-ui,sans-serif;margin:0;background:#f4f5f7;color:#16202c}"
    "main{max-width:40rem;margin:0 auto;padding:1rem}"
    "h1{font-size:1.25rem}"
    ".card{background:#fff;border-radius:.5rem;padding:1rem;margin:0 0 1rem}"
    ".good{border-left:.5rem solid #1a7f4b}.bad{border-left:.5rem solid #b3261e}"
    ".warn{border-left:.5rem solid #b26a00}"
    "table{width:100%;border-collapse:collapse}"
    "th{text-align:left;font-weight:600;width:40%;vertical-align:top}"
    "th,td{padding:.35rem .25rem;border-top:1px solid #e3e6ea;overflow-wrap:anywhere}"
    "small{color:#56606c}"
    "input,button{font:inherit;margin:.25rem 0}"
)
_DIGEST: Final = b64encode(sha256(_STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
"""What a browser may load with the page: its own style, and nothing else."""

_SANDBOX: Final = (
    "bad",
    "测试环境：任何文件和登记均无效，不得信赖",
    "SANDBOX: nothing that is registered or sealed here is valid.",
)
_TITLE: Final = ("保函查验", "Check a letter of guarantee")
_VERDICTS: Final = {
    Found.GENUINE: (
        "good",
        "登记在册，内容编码相符",
        "In the register; the content code is that of this letter.",
    ),
    Found.REPLACED: (
        "warn",
        "该版本已被修改后的版本取代",
        "This version was replaced by a later one.",
    ),
    Found.ENDED: (
        "bad",
        "登记在册，但目前无效，不得据以办理手续",
        "In the register, but not in force: do not rely on it.",
    ),
    Found.MISMATCH: (
        "bad",
        "内容编码不符：您持有的不是本登记簿中的保函",
        "Not the letter you hold: its content code is none of this number.",
    ),
    Found.UNCOMPARED: (
        "warn",
        "编号在册；请以保函上的二维码查验，以核对内容",
        "The number is in the register. Use the code on the paper to compare its content.",
    ),
}
STATUS_ZH: Final = {
    "signed": "已签章，尚未发送",
    "sent": "已发送，待海关受理",
    "accepted": "海关已受理，有效",
    "in_use": "使用中，有效",
    "demanded": "已被索赔，有效",
    "paid": "已赔付，余额有效",
    "refused": "海关不予受理",
    "amended": "已被新版本取代",
    "released": "已解除",
    "expired": "已到期",
    "revoked": "已撤销",
    "lapsed": "已撤回",
}
"""Standing in the register -> the same in Chinese."""

_FORM: Final = (
    '<div class="card"><h2>查验文件 Check a file</h2>'
    '<form method="post" action="/verify" enctype="multipart/form-data">'
    '<input type="file" name="file" accept="application/pdf" required><br>'
    '<button type="submit">查验 Check</button></form>'
    "<small>PDF，不超过 5 MB。文件不留存。 At most 5 MB; it is not kept.</small></div>"
)


def form_page(*, sandbox: bool = False) -> bytes:
    """Return the page that asks for a file."""
    return _page(_warned(_FORM, sandbox))


def letter_page(checked: Checked, *, sandbox: bool = False) -> bytes:
    """Return the page of one number; in a sandbox nothing of it is good."""
    kind, zh, en = _VERDICTS[checked.found]
    kind = "bad" if sandbox else kind
    rows = [("保函编号", "Number", checked.number)]
    if checked.shown:
        rows += _rows(checked.shown)
    return _page(_warned(_card(kind, zh, en) + _table(rows) + _FORM, sandbox))


def unknown_page(number: str, *, sandbox: bool = False) -> bytes:
    """Return the page of a number that is not in the register."""
    said = _card("bad", "登记簿中无此保函", "No such letter is in the register.")
    body = said + _table([("保函编号", "Number", number)]) + _FORM
    return _page(_warned(body, sandbox))


def wait_page(seconds: int) -> bytes:
    """Return the page of an address that asks too often: it may ask again in so many seconds."""
    said = _card(
        "warn",
        f"查验过于频繁，请在 {seconds} 秒后重试",
        f"Too many checks from your network: try again in {seconds} seconds.",
    )
    return _page(said)


def verdict_page(verdict: Verdict, digest: str) -> bytes:
    """Return the page of a file: the verdict with every test."""
    said = (
        _card("good", "文件真实、未被改动且有效", "Ours, unchanged and in force.")
        if verdict.accepted
        else _card("bad", "未通过查验，不得信赖", "Not accepted: do not rely on it.")
    )
    rows = [(f"{'✓' if one.passed else '✗'} {one.zh}", one.en, one.code) for one in verdict.tests]
    return _page(said + _table([*rows, ("文件哈希", "SHA-256 of the file", digest)]) + _FORM)


def _rows(shown: Shown) -> Iterable[tuple[str, str, str]]:
    districts = "; ".join(f"{code} {zh} {en}" for code, zh, en in shown.districts)
    status = f"{STATUS_ZH.get(shown.status, shown.status)} {shown.status}"
    yield "状态", "Status", status
    yield "担保金额", "Amount", f"{shown.currency} {shown.amount}"
    yield "受益海关", "Beneficiary customs", districts
    yield "担保人", "Guarantor", f"{shown.guarantor_zh} {shown.guarantor_en}"
    yield "使用截止日", "Usable until", shown.usable_until.isoformat()
    yield "索赔截止日", "Claims until", shown.claim_until.isoformat()
    yield "版本", "Version", f"{shown.version} / {shown.newest}"
    yield "文件哈希", "SHA-256 of the file", shown.file_sha256
    if shown.demonstration:
        yield "演示", "Demonstration", "示范签章，不具法律效力 no legal effect"


def _warned(body: str, sandbox: bool) -> str:  # noqa: FBT001 - the one thing that is asked
    return _card(*_SANDBOX) + body if sandbox else body


def _card(kind: str, zh: str, en: str) -> str:
    return f'<div class="card {kind}"><strong>{escape(zh)}</strong><br>{escape(en)}</div>'


def _table(rows: Iterable[tuple[str, str, str]]) -> str:
    lines = "".join(
        f"<tr><th>{escape(zh)}<br><small>{escape(en)}</small></th><td>{escape(said)}</td></tr>"
        for zh, en, said in rows
    )
    return f'<div class="card"><table>{lines}</table></div>'


def _page(body: str) -> bytes:
    zh, en = map(escape, _TITLE)
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex">'
        f"<title>{zh} {en}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{zh}<br><small>{en}</small></h1>{body}</main></body></html>"
    ).encode()
