"""Each story of the casebook is run through the API from its first notice to its close."""

import os
from pathlib import Path

import pytest
from sqlalchemy import Engine
from story_book import NAMES, read_story
from story_ends import badly_told, books_differ, left_open
from story_papers import write_story
from story_teller import tell_story

PAPERS = os.environ.get("ZHIBAO_STORIES", "")


@pytest.mark.slow  # with its papers, over ten seconds
@pytest.mark.parametrize("name", NAMES)
def test_a_story_comes_out_as_it_is_written(name: str, engine: Engine) -> None:
    told = tell_story(read_story(name), engine)
    if PAPERS:
        write_story(told, Path(PAPERS) / engine.dialect.name)
    assert books_differ(told) == []
    assert left_open(told) == []
    assert badly_told(told) == []
