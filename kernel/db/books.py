"""Writing the books: post, note, file, remember, enqueue. Functions of a session; no commit.

    post(session, entry | None, *, subject, key, at) -> JournalRow | None
    posted(session, key) -> JournalRow | None
    balance(session, account, currency) -> int                       # exact account, debit > 0
    balances(session, account_prefix="") -> dict[(account, currency), int]
    note(session, subject, kind, payload, *, actor, at) -> EventRow
    events(session, subject) -> tuple[EventRow, ...]
    file(session, subject, kind, *, number, content, at, media_type=PDF, language="zh-CN")
        -> DocumentRow
    file_form(session, subject, kind, *, number, stated, at, language="zh-CN") -> DocumentRow
    documents(session, subject) -> tuple[DocumentRow, ...]
    print_of(session, document_id) -> PrintRow | None
    keep_print(session, paper, content, *, pages, edition, at) -> PrintRow
    copies(session, papers) -> dict[id, Copy]                        # hash and size of the bytes
    is_kept(session, *, scope, key) -> bool                          # an answer to any request
    recall(session, *, scope, key, request_sha256) -> IdempotencyRow | None
    remember(session, *, scope, key, request_sha256, status, response, content_type, at)
        -> IdempotencyRow
    enqueue(session, subject, topic, payload, *, at) -> OutboxRow
    unsent(session, limit=100) -> tuple[OutboxRow, ...]
    mark_sent(session, row, at) -> None

`Subject("policy", policy.id)` names what a page is about. Every function flushes. `at` is
the act's one reading of the clock: aware, UTC. Writers hold no opinion on who may write.
"""

from kernel.db.answers import is_kept, recall, remember
from kernel.db.ledger import balance, balances, post, posted
from kernel.db.outbox import enqueue, mark_sent, unsent
from kernel.db.page import Subject
from kernel.db.papers import PDF, Copy, copies, documents, file, file_form, keep_print, print_of
from kernel.db.trail import events, note

__all__ = [
    "PDF",
    "Copy",
    "Subject",
    "balance",
    "balances",
    "copies",
    "documents",
    "enqueue",
    "events",
    "file",
    "file_form",
    "is_kept",
    "keep_print",
    "mark_sent",
    "note",
    "post",
    "posted",
    "print_of",
    "recall",
    "remember",
    "unsent",
]
