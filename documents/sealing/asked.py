"""The ten tests of a file: what each asks, and what it found wrong."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from documents.sealing.case import Case, on_signature
from documents.sealing.certification import added_after, not_certified
from documents.sealing.coverage import ends_as_written, whole_file
from documents.sealing.intact import broken
from documents.sealing.trust import Judged
from documents.sealing.verdict import Said

_NOT_KNOWN: Final = Said("the register does not know this file", "登记簿中没有此文件")


class Question(NamedTuple):
    """One test: its code, what it says when passed, and what it looks for."""

    code: str
    passed: Said
    wrong: Callable[[Case], Said | None]


def _pdf(case: Case) -> Said | None:
    if isinstance(case.paper, Said):
        return case.paper
    if case.paper.pages < 1:
        return Said("the file has no page", "文件没有页面")
    return None


def _one(case: Case) -> Said | None:
    return case.signature if isinstance(case.signature, Said) else None


def _intact(case: Case) -> Said | None:
    own = on_signature(case, lambda one: broken(_covered(case.content, one), one.pkcs7_content))
    if own is not None:
        return own
    found = case.judgement
    if isinstance(found, Said):
        return found
    return None if found.intact else Said("pyHanko finds it broken", "pyHanko判定签名已损坏")


def _covered(content: bytes, signature: Any) -> bytes:
    _, length, second, _ = (int(one) for one in signature.byte_range)
    return content[:length] + content[second:]


def _trusted(case: Case) -> Said | None:
    found = case.judgement
    if isinstance(found, Said):
        return found
    if not found.trusted:
        return Said(
            f"no trusted root vouches for {found.name} on {found.at:%Y-%m-%d}",
            f"没有受信任的根证书能证明{found.name}在{found.at:%Y-%m-%d}有效",
        )
    if found.stamped is False:
        return Said("its time stamp is not by a trusted service", "时间戳不是由受信任的机构签发")
    return None


def _signer(case: Case) -> Said | None:
    found = case.judgement
    if isinstance(found, Said):
        return found
    if case.row is None:
        return Said(
            "the register does not know this file, so it names no signer",
            "登记簿中没有此文件，无从核对签名人",
        )
    if found.serial != case.row.serial.lower():
        return Said(
            f"signed under certificate {found.serial}, the register says {case.row.serial}",
            f"签名证书序列号为{found.serial}，登记簿所载为{case.row.serial}",
        )
    return None


def _whole(case: Case) -> Said | None:
    return on_signature(
        case, lambda one: whole_file(case.content, one.byte_range, one.pkcs7_content)
    )


def _last(case: Case) -> Said | None:
    if not ends_as_written(case.content):
        return Said("the file does not end as it was written", "文件结尾与写入时不同")
    return on_signature(case, lambda one: added_after(one.reader, one))


def _certified(case: Case) -> Said | None:
    own = on_signature(case, lambda one: not_certified(one.reader, one))
    if own is None and isinstance(case.judgement, Judged) and not case.judgement.certified:
        return Said("it was changed against its certification", "文件在认证之后被改动")
    return own


def _registered(case: Case) -> Said | None:
    if case.row is None:
        return _NOT_KNOWN
    if case.row.file_sha256 != case.file_sha256:
        return Said("the register holds another file's digest", "登记簿所载摘要与文件不符")
    return None


def _in_force(case: Case) -> Said | None:
    if case.row is None:
        return _NOT_KNOWN
    if not case.row.in_force:
        return Said(f"it is not in force: {case.row.status}", f"不在有效状态：{case.row.status}")
    return None


QUESTIONS: Final = (
    Question("pdf", Said("it is a PDF", "文件是PDF"), _pdf),
    Question("one-signature", Said("it bears one signature", "文件有且仅有一个签名"), _one),
    Question("intact", Said("its signature is intact", "签名完好"), _intact),
    Question("trusted", Said("a trusted root vouches for it", "由受信任的根证书证明"), _trusted),
    Question("signer", Said("signed by whom the register names", "签名人与登记簿一致"), _signer),
    Question("whole-file", Said("the entire file is signed", "签名覆盖整个文件"), _whole),
    Question("one-revision", Said("nothing was added after it", "签名之后没有添加内容"), _last),
    Question("certified", Said("certified against any change", "经认证不得改动"), _certified),
    Question("registered", Said("the file is in the register", "文件已登记"), _registered),
    Question("in-force", Said("the register says in force", "登记簿载明有效"), _in_force),
)
