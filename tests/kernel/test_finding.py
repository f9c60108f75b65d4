"""A finding is read back as it was stored."""

import pytest

from kernel.finding import Effect, Finding

SEEN = Finding("late", Effect.CUT, "it came late", "迟延", "Insurance Law art. 21", "say why")


@pytest.mark.parametrize("evidence", ["", "event ev_1"])
def test_it_is_read_back_whole(evidence: str) -> None:
    """The evidence too, where it names any."""
    seen = Finding(SEEN.code, SEEN.effect, SEEN.en, SEEN.zh, SEEN.clause, SEEN.cure, evidence)
    assert ("evidence" in seen.json()) is bool(evidence)
    assert Finding.of(seen.json()) == seen
