"""The README's commands print what it shows."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n\$ (.+?)\n(.*?)```", README, re.DOTALL)
ELLIPSIS = "…"


def shown(printed: str, expected: str) -> list[str]:
    """Return the passages of a block, between its ellipses, that were not printed in order."""
    missing, at = [], 0
    for passage in re.split(rf"^{ELLIPSIS}\n", expected, flags=re.MULTILINE):
        found = printed.find(passage, at)
        if found < 0:
            missing.append(passage)
        at = max(at, found + len(passage))
    return missing


@pytest.mark.parametrize(("command", "expected"), BLOCKS, ids=[block[0][:40] for block in BLOCKS])
def test_a_command_prints_what_the_readme_shows(command: str, expected: str) -> None:
    scripts = str(Path(sys.executable).parent)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ZHIBAO_")}
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**kept, "PATH": scripts + os.pathsep + kept["PATH"]},
        check=False,
    )
    assert shown(done.stdout + done.stderr, expected) == []


def test_the_blocks_are_found_and_a_wrong_one_is_seen() -> None:
    assert len(BLOCKS) >= 3
    assert shown("a\nb\nc\n", "a\n…\nc\n") == []
    assert shown("a\nb\nc\n", "a\n…\nd\n") == ["d\n"]
    assert shown("a\nb\n", "b\n…\na\n") == ["a\n"]


def test_every_command_of_the_table_is_there() -> None:
    listed = set(re.findall(r"`zhibao ([a-z-]+)", README))
    helped = subprocess.run(
        [sys.executable, "-m", "api.cli.main", "--help"], capture_output=True, text=True, check=True
    ).stdout
    commands = set(re.findall(r"^│ ([a-z][a-z-]*)  ", helped, re.MULTILINE))
    assert commands == listed
