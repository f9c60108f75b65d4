"""The open door: what anyone sees of a letter, how often, and that nothing else is open."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from callers import OPERATIONS, Counter
from fastapi import APIRouter
from letter_calls import a_draft, accepted, amended, issued
from letter_stated import STATED

from api.door import DEPTH, KEPT, Door
from api.policy import ALLOWED, OPEN
from api.public import MAX_FILE, PublicRoute
from api.route import HouseRoute
from api.upload import UploadRoute
from api.verify_page import POLICY, unknown_page

BROWSER = {"Accept": "text/html,application/xhtml+xml"}


def _letter(counter: Counter, place: str) -> Any:
    return counter.caller["underwriter"].get(place)


def _look(counter: Counter, path: str, **headers: str) -> Any:
    return counter.client.get(path, headers=headers)


def _code(found: Any, edition: int = 1) -> str:
    return found["editions"][edition - 1]["content_hash"][:16]


def _paper(counter: Counter, place: str, kind: str = "customs_letter", nth: int = 0) -> bytes:
    underwriter = counter.caller["underwriter"]
    subject = place.rpartition("/")[2]
    papers = underwriter.get("/v1/documents", subject_type="letter", subject_id=subject)["items"]
    chosen = [one for one in papers if one["kind"] == kind][nth]
    return underwriter.ask("GET", chosen["content"]).content


def test_anyone_reads_how_a_letter_stands(counter: Counter) -> None:
    place = accepted(counter, a_draft(counter))
    found = _letter(counter, place)
    number = found["letter"]["number"]
    answer = _look(counter, f"/verify/{number}?c={_code(found)}")
    assert answer.status_code == 200
    said = answer.json()
    assert (said["number"], said["found"]) == (number, "genuine")
    shown = said["letter"]
    assert (shown["status"], shown["in_force"], shown["version"]) == ("accepted", True, 1)
    assert shown["amount"] == {"amount": "3000000.00", "currency": "CNY"}
    assert [one["code"] for one in shown["districts"]] == ["7900", "7901"]
    assert (shown["usable_until"], shown["claim_until"]) == ("2026-03-09", "2026-09-09")
    assert shown["file_sha256"] == found["editions"][0]["file_sha256"]
    assert shown["demonstration"] is True
    for private in ("示范电子", "91510100MA6EXAMP1M", "ZL2020", "Y2025", "policy"):
        assert private not in answer.text


@pytest.mark.parametrize("code", ["0" * 16, "<" * 16, "A" * 5000])
def test_another_content_code_shows_nothing_but_that(counter: Counter, code: str) -> None:
    place = issued(counter, a_draft(counter))
    number = _letter(counter, place)["letter"]["number"]
    said = _look(counter, f"/verify/{number}?c={code}").json()
    wrong = {"found": "not_the_letter_you_hold", "letter": None, "number": number}
    assert said == {**wrong, "sandbox": False}


@pytest.mark.parametrize("code", ["f", "", "<b>", "0" * 15])
def test_a_code_copied_in_part_compares_nothing(counter: Counter, code: str) -> None:
    place = issued(counter, a_draft(counter))
    number = _letter(counter, place)["letter"]["number"]
    said = _look(counter, f"/verify/{number}?c={code}").json()
    assert (said["found"], said["number"]) == ("hash_not_given", number)


def test_drafts_and_strangers_are_not_in_the_register(counter: Counter) -> None:
    draft = a_draft(counter)["number"]
    answers = [_look(counter, f"/verify/{one}") for one in (draft, "CGL2600000001E", "x" * 500)]
    assert {one.status_code for one in answers} == {404}
    assert len({one.text for one in answers}) == 1
    page = _look(counter, f"/verify/{draft}", **BROWSER)
    assert (page.status_code, "登记簿中无此保函" in page.text) == (404, True)


def test_a_version_that_was_replaced_says_so(counter: Counter) -> None:
    place = accepted(counter, a_draft(counter))
    amended(counter, place)
    found = _letter(counter, place)
    number = found["letter"]["number"]
    old, new = (_look(counter, f"/verify/{number}?c={_code(found, n)}").json() for n in (1, 2))
    assert (old["found"], old["letter"]["status"], old["letter"]["newest"]) == (
        "replaced", "amended", 2,
    )  # fmt: skip
    assert (new["found"], new["letter"]["amount"]["amount"]) == ("genuine", "2500000.00")
    verdicts = [
        counter.client.post("/verify", content=_paper(counter, place, nth=n)).json() for n in (0, 1)
    ]
    assert [one["accepted"] for one in verdicts] == [False, True]
    assert [one["code"] for one in verdicts[0]["tests"] if not one["passed"]] == ["in-force"]


def test_a_file_is_tested_and_one_bit_is_enough(counter: Counter) -> None:
    place = accepted(counter, a_draft(counter))
    content = _paper(counter, place)
    good = counter.client.post("/verify", content=content)
    assert (good.status_code, good.json()["accepted"]) == (200, True)
    changed = content[:900] + bytes([content[900] ^ 1]) + content[901:]
    for file in (changed, content + b"\n", content[:-20], b"no pdf"):
        verdict = counter.client.post("/verify", content=file).json()
        assert verdict["accepted"] is False
        assert [one for one in verdict["tests"] if not one["passed"]]


def test_a_browser_sends_the_same_file_by_a_form(counter: Counter) -> None:
    place = accepted(counter, a_draft(counter))
    sent = {"file": ("letter.pdf", _paper(counter, place), "application/pdf")}
    page = counter.client.post("/verify", files=sent, headers=BROWSER)
    assert (page.status_code, "文件真实、未被改动且有效" in page.text) == (200, True)
    assert counter.client.post("/verify", files=sent).json()["accepted"] is True


def test_no_file_and_too_long_a_file_are_refused(counter: Counter) -> None:
    empty = counter.client.post("/verify", content=b"")
    assert (empty.status_code, empty.json()["code"]) == (422, "not-a-file")
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    assert counter.client.post("/verify", content=b"--y", headers=broken).status_code == 422
    long = counter.client.post("/verify", content=bytes(MAX_FILE + 1))
    assert (long.status_code, long.json()["code"]) == (413, "body-too-long")


class _Page(HTMLParser):
    """What a browser would see: tags and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


MARKUP = '<script>alert(1)</script><img src=x onerror="alert(2)">'


def test_mark_up_in_names_stays_text(counter: Counter) -> None:
    guarantor = {"zh": "示范保险" + MARKUP}
    letter = a_draft(counter, guarantor={**STATED["guarantor"], **guarantor})
    found = _letter(counter, issued(counter, letter))
    path = f"/verify/{found['letter']['number']}?c={_code(found)}"
    page = _look(counter, path, **BROWSER)
    seen = _Page(page.text)
    assert MARKUP in seen.text
    _harmless(seen)
    _harmless(_Page(unknown_page(MARKUP).decode()))
    assert _look(counter, path).json()["letter"]["guarantor_zh"].endswith(MARKUP)


def _harmless(page: _Page) -> None:
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "link", "iframe", "a"})
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]


def test_pages_are_headed_for_browsers(counter: Counter) -> None:
    number = _letter(counter, issued(counter, a_draft(counter)))["letter"]["number"]
    pages = [_look(counter, f"/verify/{number}", **BROWSER), _look(counter, "/verify", **BROWSER)]
    for page in [*pages, _look(counter, "/verify/X")]:
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["x-frame-options"] == "DENY"
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
    for page in pages:
        text = page.text
        assert 'lang="zh-CN"' in text
        assert 'name="viewport"' in text
        assert not re.search(r"(src|href)=", text)


def test_who_asks_too_often_waits(counter: Counter) -> None:
    clock = [0.0]
    counter.app.state.door = Door(lambda: clock[0])
    answers = [_look(counter, "/verify/X").status_code for _ in range(int(DEPTH) + 1)]
    assert answers == [404] * int(DEPTH) + [429]
    refused = counter.client.post("/verify", content=b"x")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "5")
    clock[0] += 5
    assert counter.client.post("/verify", content=b"x").status_code == 200


def test_a_browser_that_asks_too_often_is_shown_a_page(counter: Counter) -> None:
    counter.app.state.door = Door(lambda: 0.0)
    while (page := _look(counter, "/verify", **BROWSER)).status_code == 200:
        pass
    assert (page.status_code, page.headers["retry-after"]) == (429, "1")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-security-policy"] == POLICY
    sent = counter.client.post("/verify", content=b"x", headers=BROWSER)
    assert (sent.status_code, sent.headers["retry-after"]) == (429, "5")
    seen = _Page(sent.text)
    assert "查验过于频繁，请在 5 秒后重试" in seen.text
    assert "try again in 5 seconds" in seen.text
    assert "form" not in {tag for tag, _ in seen.tags}, "another file now would be refused too"
    _harmless(seen)
    program = _look(counter, "/verify")
    assert (program.status_code, program.json()["code"]) == (429, "too-many-requests")
    assert program.headers["retry-after"] == "1"


def test_an_office_behind_one_address_checks_a_stack_of_letters(counter: Counter) -> None:
    clock = [0.0]
    counter.app.state.door = Door(lambda: clock[0])
    assert {_look(counter, "/verify/X").status_code for _ in range(30)} == {404}
    for _ in range(60):
        clock[0] += 1.0
        assert _look(counter, "/verify/X").status_code == 404
    assert _look(counter, "/verify/X").status_code == 429


def test_the_door_counts_each_address_and_forgets_the_oldest() -> None:
    door = Door(lambda: 0.0)
    assert {door.wait("192.0.2.1", 1) for _ in range(int(DEPTH))} == {0}
    assert door.wait("192.0.2.1", 1) == 1
    assert door.wait("192.0.2.2", 1) == 0
    assert {door.wait(f"2001:db8::{n}", 1) for n in range(1, int(DEPTH) + 1)} == {0}
    assert door.wait("2001:db8::ffff", 1) == 1
    for number in range(KEPT + 50):
        door.wait(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", 1)
    assert len(door) == KEPT


def test_nothing_else_is_open(counter: Counter) -> None:
    routers = [included.original_router for included in counter.app.routes]
    routes = [route for router in routers for route in router.routes]
    open_ = {route.operation_id for route in routes if isinstance(route, PublicRoute)}
    asked = {route.operation_id for route in routes if isinstance(route, HouseRoute)}
    assert (open_, asked) == (OPEN, set(ALLOWED))
    assert OPEN.isdisjoint(ALLOWED)
    assert {type(route) for route in routes} == {PublicRoute, HouseRoute, UploadRoute}
    assert asked == {one.id for one in OPERATIONS}
    for one in OPERATIONS:
        path = re.sub(r"\{[a-z_]+\}", "x", one.path)
        assert counter.client.request(one.method, path).status_code == 401, one.id
    for path in ("/", "/docs", "/openapi.json", "/redoc", "/verify/a/b", "/v1"):
        assert counter.client.get(path).status_code == 404, path


@pytest.mark.parametrize("name", ["read_letter", "nothing"])
def test_a_route_is_open_only_by_the_table(name: str) -> None:
    router = APIRouter(route_class=PublicRoute)
    with pytest.raises(AssertionError, match="is not open"):
        router.get("/x", operation_id=name)(lambda: None)
    closed = APIRouter(route_class=HouseRoute)
    with pytest.raises(AssertionError, match="no row in api"):
        closed.get("/x", operation_id="check_letter")(lambda: None)
