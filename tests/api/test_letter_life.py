"""One function does the acts on letters for every face: once for its key, its papers first."""

from typing import Any

import pytest
from callers import SCHEME, Counter
from letter_calls import a_draft
from letter_stated import STATED

from api.house import House
from api.letter_acts import ACTS, PAPERED, Asked
from api.letter_life import act_on_letter
from api.schemas.common import ReasonRequest
from documents.press import Press
from kernel.db.engine import read
from kernel.errors import Conflict, NotFound, Unavailable
from underwriting.guarantees import store
from underwriting.rules.levels import LEVELS


@pytest.fixture
def signings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the press was asked to sign, one entry a call."""
    asked: list[str] = []
    do = Press.do

    def counted(self: Press, work: Any, *args: Any, **kwargs: Any) -> Any:
        asked.append(work.__name__)
        return do(self, work, *args, **kwargs)

    monkeypatch.setattr(Press, "do", counted)
    return asked


def _approved(counter: Counter) -> str:
    letter = a_draft(counter)
    said = {"reason": "in order"}
    counter.caller["second"].post(f"/v1/letters/{letter['id']}/approval", said)
    return str(letter["id"])


def _house(counter: Counter) -> House:
    house = counter.app.state.house
    assert isinstance(house, House)
    return house


def _asked(letter_id: str, sent: Any = None) -> Asked:
    return Asked(letter_id, sent, "", "http://verify.example")


def test_the_same_key_is_signed_once(counter: Counter, signings: list[str]) -> None:
    place = f"/v1/letters/{_approved(counter)}"
    underwriter = counter.caller["underwriter"]
    first = underwriter.ask("POST", f"{place}/signature", key="s1")
    again = underwriter.ask("POST", f"{place}/signature", key="s1")
    assert (first.status_code, first.content) == (200, again.content)
    assert signings == ["drawn"], "the second answer is the first one, not another paper"
    assert underwriter.ask("POST", f"{place}/signature", key="s2").status_code == 409
    assert signings == ["drawn"], "what is refused is not printed"


def test_acts_without_papers_leave_the_press_alone(counter: Counter, signings: list[str]) -> None:
    place = f"/v1/letters/{_approved(counter)}"
    assert counter.caller["underwriter"].ask("POST", f"{place}/sending").status_code == 409
    counter.caller["underwriter"].post(f"{place}/withdrawal", {"reason": "not needed"})
    assert signings == []


def test_every_face_does_the_same(counter: Counter) -> None:
    house = _house(counter)
    (pledge,) = STATED["pledges"]
    other = {**pledge, "registration": "Y2025510000002"}
    by_http, direct = a_draft(counter)["id"], a_draft(counter, pledges=[other])["id"]
    place, second = f"/v1/letters/{by_http}", counter.caller["second"]
    answers = [second.post(f"{place}/approval", {"reason": "in order"})]
    answers += [second.post(f"{place}/{part}") for part in ("signature", "sending")]
    desk = house.desk("another", "chief")
    acts = {"approve": ReasonRequest(reason="in order"), "sign": None, "send": None}
    found = [
        act_on_letter(house, kind, _asked(direct, sent), desk=desk).model_dump(mode="json")
        for kind, sent in acts.items()
    ]
    for http, here in zip(answers, found, strict=True):
        own = {"id", "number", "policy_id"}
        assert {key: one for key, one in http.items() if key not in own} == {
            key: one for key, one in here.items() if key not in own
        }
    rows = read(counter.engine, lambda s: [store.version(s, id_, 1) for id_ in (by_http, direct)])
    assert all(row.file_sha256 and row.signer for row in rows)


def test_an_act_that_is_refused_keeps_nothing(counter: Counter) -> None:
    letter = a_draft(counter)["id"]
    house = _house(counter)
    with pytest.raises(Conflict) as refused:
        act_on_letter(house, "sign", _asked(letter), desk=house.desk("clerk", "chief"))
    assert refused.value.code == "letter-move-not-allowed"
    assert read(counter.engine, lambda s: store.letter(s, letter).state) == "draft"


def test_a_full_press_refuses_and_nothing_is_kept(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter, house = _approved(counter), _house(counter)
    with monkeypatch.context() as patched:
        patched.setattr(house.press, "_places", Full())
        with pytest.raises(Unavailable) as refused:
            act_on_letter(house, "sign", _asked(letter), desk=house.desk("clerk", "chief"))
    assert refused.value.code == "press-busy"
    assert read(counter.engine, lambda s: store.letter(s, letter).state) == "approved"
    done = act_on_letter(house, "sign", _asked(letter), desk=house.desk("clerk", "chief"))
    assert done.model_dump()["state"] == "signed"


class Full:
    """A press with no place free."""

    def acquire(self, *, blocking: bool) -> bool:
        return blocking


def test_every_act_with_papers_is_an_act() -> None:
    assert set(PAPERED) < set(ACTS)


def test_a_visitor_is_nobody_with_the_least_authority(counter: Counter) -> None:
    desk = _house(counter).visitor()
    assert (desk.actor, desk.authority, desk.on) == ("anyone", LEVELS[0], counter.clock.today())


@pytest.mark.parametrize("path", ["/v1/schemes/{}", "/v1/schemes/{}/bordereaux"])
def test_a_scheme_in_an_address_is_found_or_named(counter: Counter, path: str) -> None:
    underwriter = counter.caller["underwriter"]
    assert underwriter.ask("GET", path.format(SCHEME)).status_code == 200
    refused = underwriter.ask("GET", path.format("nothing"))
    assert (refused.status_code, refused.json()["code"]) == (404, "no-such-scheme")
    assert refused.json()["errors"] == [
        {"field": "code", "problem": "names no scheme", "cure": "list the schemes"}
    ]
    with pytest.raises(NotFound):
        _house(counter).scheme_read("nothing")
