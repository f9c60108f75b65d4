"""Letters of the casebook: every step as written, messages to the letter, papers that verify."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from builders import a_desk
from lxml import etree

from api.casebook import guarantee
from api.casebook.cases import Case, read_cases
from api.casebook.guarantee import LETTER, MESSAGES
from api.casebook.run import Outcome, Runner
from documents.sealing import open_signer, verify
from kernel.db.engine import make_engine, read
from kernel.settings import Settings
from underwriting.guarantees.stands import registered
from underwriting.standards.mt import check_mt, read_mt

CASES = {case.name: case for case in read_cases() if case.kind == LETTER}


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    made = Runner(tmp_path_factory.mktemp("letters"), Settings())
    yield made
    made.close()


@pytest.fixture(scope="module", params=CASES)
def outcome(request: pytest.FixtureRequest, runner: Runner) -> Outcome:
    return runner.run(CASES[request.param])


def test_a_letter_stands_after_each_step_as_its_case_says(outcome: Outcome) -> None:
    assert outcome.good, (outcome.differences, outcome.faults)
    assert len(outcome.walked.found["steps"]) == len(outcome.case.values["steps"])


def test_every_act_of_use_is_in_a_case() -> None:
    acts = {step["act"] for case in CASES.values() for step in case.values["steps"]}
    assert acts >= {
        "approve", "sign", "send", "accept", "reserve", "tax_paid", "amend", "demand", "pay",
        "release", "pledge_paper",
    }  # fmt: skip


def test_its_papers_are_there_and_no_longer_verify_once_it_is_released(
    outcome: Outcome, runner: Runner
) -> None:
    """Signed and whole, and the register says that it is not in force any more."""
    folder = runner.out / outcome.case.name
    names = {path.stem for path in folder.glob("*.pdf")}
    assert {"customs_letter", "letter_amendment", "payment_advice", "letter_release"} <= names
    assert {"pledge_certificate", "pledge_release"} <= names
    signer = open_signer(None, folder / "zhibao.signing")
    engine, desk = make_engine(f"sqlite:///{folder / 'zhibao.db'}"), a_desk(date(2025, 6, 30))
    verdict = read(
        engine,
        lambda session: verify(
            (folder / "customs_letter.pdf").read_bytes(),
            trusted=signer.roots,
            register=lambda digest: registered(session, digest, desk=desk),
        ),
    )
    engine.dispose()
    assert [test.code for test in verdict.failed] == ["in-force"]


@pytest.mark.parametrize("name", CASES)
def test_the_messages_of_a_case_are_sound(name: str) -> None:
    """Read from the page as anybody may: rules of the network, and well-formed XML."""
    message = read_mt((MESSAGES / f"{name}.mt760").read_text(encoding="utf-8"))
    assert check_mt(message) == ()
    xml = etree.fromstring((MESSAGES / f"{name}.tsrv001").read_bytes())
    assert etree.QName(xml).namespace.endswith("tsrv.001.001.01")


def test_a_wrong_expectation_is_told(
    outcome: Outcome, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = outcome.case
    values = deepcopy(dict(case.values))
    values["steps"][5]["then"]["reserved"] = "1.00"
    for kind in ("mt760", "tsrv001"):
        text = (MESSAGES / f"{case.name}.{kind}").read_text(encoding="utf-8")
        (tmp_path / f"{case.name}.{kind}").write_text(text.replace("CNY", "USD"), encoding="utf-8")
    monkeypatch.setattr(guarantee, "MESSAGES", tmp_path)
    wrong = Case(case.name, case.kind, case.title, values)
    told = guarantee.differences_of_letter(wrong, outcome.walked.found)
    assert told == (
        "step 6 reserve: reserved: expected 1.00, found 260000.00",
        f"mt760: is not what messages/{case.name}.mt760 says",
        f"tsrv001: is not what messages/{case.name}.tsrv001 says",
    )
