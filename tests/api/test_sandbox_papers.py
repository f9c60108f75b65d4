"""Papers of a sandbox: marked on every page, sealed by nobody real, accepted nowhere."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from callers import Caller, Counter
from fastapi.testclient import TestClient
from letter_calls import a_draft, accepted
from pypdf import PdfReader

from api.app import create_app
from api.sealing import signer_of
from documents.mark import SANDBOX
from kernel.db.engine import read
from kernel.errors import Invalid
from kernel.settings import Settings
from underwriting.audit_prints import verify_prints

WORDS = "SANDBOX测试NOTVALID无效"
BROWSER = {"Accept": "text/html"}


@pytest.fixture
def sandbox(counter: Counter) -> Counter:
    """The same callers before a sandbox."""
    app = create_app(Settings(sandbox=True), engine=counter.engine, clock=counter.clock)
    client = TestClient(app, raise_server_exceptions=False)
    heard: Any = counter.heard
    callers = {name: Caller(client, one.token, heard) for name, one in counter.caller.items()}
    return replace(counter, app=app, client=client, caller=callers)


def _papers(counter: Counter, kind: str, id_: str) -> list[bytes]:
    """Every paper on a subject, as it is given out."""
    reader = counter.caller["underwriter"]
    asked = {"subject_type": kind, "subject_id": id_}
    items = reader.get("/v1/documents", **asked)["items"]
    assert items
    return [reader.ask("GET", one["content"]).content for one in items]


def _pages(content: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def _every_page_is_marked(content: bytes) -> bool:
    return all(page.count(WORDS) == 3 for page in _pages(content))


def test_the_words_are_those_that_were_agreed() -> None:
    assert SANDBOX == "SANDBOX 测试 NOT VALID 无效"


def test_every_page_of_every_paper_is_marked(sandbox: Counter) -> None:
    sandbox.a_pool()
    policy = sandbox.a_policy()
    found = _papers(sandbox, "policy", policy["id"])
    assert all(map(_every_page_is_marked, found))
    assert read(sandbox.engine, verify_prints) == ()


def test_a_real_house_marks_nothing(counter: Counter) -> None:
    counter.a_pool()
    (paper, *_) = _papers(counter, "policy", counter.a_policy()["id"])
    assert not [page for page in _pages(paper) if WORDS in page]


def test_a_letter_of_a_sandbox_is_marked_and_never_accepted(sandbox: Counter) -> None:
    place = accepted(sandbox, a_draft(sandbox))
    letter = sandbox.caller["underwriter"].get(place)
    papers = _papers(sandbox, "letter", letter["letter"]["id"])
    assert all(map(_every_page_is_marked, papers))
    verdict = sandbox.client.post("/verify", content=papers[0]).json()
    assert verdict["accepted"] is False
    assert [one["code"] for one in verdict["tests"] if not one["passed"]] == ["sandbox"]
    code = letter["editions"][0]["content_hash"][:16]
    number = f"/verify/{letter['letter']['number']}?c={code}"
    said = sandbox.client.get(number).json()
    assert (said["sandbox"], said["letter"]["in_force"]) == (True, False)
    sent = {"file": ("letter.pdf", papers[0], "application/pdf")}
    pages = (
        sandbox.client.get("/verify", headers=BROWSER),
        sandbox.client.get(number, headers=BROWSER),
        sandbox.client.get("/verify/CGL2600000001E", headers=BROWSER),
        sandbox.client.post("/verify", files=sent, headers=BROWSER),
    )
    for page in pages:
        assert "测试环境" in page.text
        assert "card good" not in page.text


def test_a_sandbox_never_signs_by_the_key_of_the_house(sandbox: Counter, tmp_path: Path) -> None:
    """The folder of the settings is not even opened; a house that is none opens it."""
    house = sandbox.app.state.house
    real = replace(house, settings=Settings(signing_dir=tmp_path))
    tried = replace(house, settings=Settings(signing_dir=tmp_path, sandbox=True))
    with pytest.raises(Invalid, match="signing-key"):
        signer_of(real)
    assert signer_of(tried).demonstration
