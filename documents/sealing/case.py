"""A file under examination: what was read of it once, for all the tests to look at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from documents.sealing.leaks import attempted
from documents.sealing.reading import Paper, read
from documents.sealing.trust import Judged, judged
from documents.sealing.verdict import Registered, Said

_NO_CONTAINER: Final = Said("its signature cannot be read", "签名无法读取")


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a file, or why it is not known.

    Attributes:
        content: its bytes.
        file_sha256: their digest.
        paper: the file as read.
        signature: the one signature in it, as pyHanko reads it.
        judgement: what pyHanko says of that signature.
        row: what the register says of the digest; None when it knows nothing.
    """

    content: bytes
    file_sha256: str
    paper: Paper | Said
    signature: Any | Said
    judgement: Judged | Said
    row: Registered | None


def examined(
    content: bytes, file_sha256: str, trusted: tuple[bytes, ...], row: Registered | None
) -> Case:
    """Read a file as far as it lets itself be read."""
    paper = read(content)
    signature = _only(paper)
    judgement = signature
    if not isinstance(signature, Said):
        judgement = attempted(lambda: judged(signature, trusted), *_NO_CONTAINER)
    return Case(content, file_sha256, paper, signature, judgement, row)


def _only(paper: Paper | Said) -> Any | Said:
    if isinstance(paper, Said):
        return Said("not examined: the file cannot be read", "未检验：文件无法读取")
    if not paper.signatures:
        return Said("the file bears no signature", "文件没有签名")
    if len(paper.signatures) > 1:
        count = len(paper.signatures)
        return Said(f"the file bears {count} signatures, not one", f"文件有{count}个签名，而非一个")
    return paper.signatures[0]


def on_signature(case: Case, look: Callable[[Any], Said | None]) -> Said | None:
    """What `look` finds in the one signature, or why there is none to look at."""
    if isinstance(case.signature, Said):
        return case.signature
    return attempted(lambda: look(case.signature), *_NO_CONTAINER)
