"""Settings come from the environment, all faults at once, each with its name and cure."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from kernel.errors import Invalid
from kernel.settings import Settings


def test_an_empty_environment_gives_the_defaults() -> None:
    settings = Settings.from_environment({"PATH": "/bin", "PORT": "1"})
    assert settings == Settings()
    assert settings.database_url == "sqlite:///zhibao.db"
    assert settings.insurer_name == "知保示范保险"
    assert settings.insurer_name_en == "Zhibao Demonstration Insurer"


def test_every_setting_is_read(tmp_path: Path) -> None:
    holidays = tmp_path / "days.csv"
    holidays.touch()
    settings = Settings.from_environment(
        {
            "ZHIBAO_DATABASE_URL": "postgresql://zhibao@db/zhibao",
            "ZHIBAO_INSURER_NAME": "甲保险",
            "ZHIBAO_INSURER_NAME_EN": "A Insurance",
            "ZHIBAO_HOLIDAYS": str(holidays),
            "ZHIBAO_SCHEMES_DIR": str(tmp_path),
            "ZHIBAO_HOST": "0.0.0.0",
            "ZHIBAO_PORT": " 65535 ",
            "ZHIBAO_RATERS": "0",
            "ZHIBAO_SIGNING_DIR": str(tmp_path),
            "ZHIBAO_TIMESTAMP_URL": "https://stamps.example",
            "ZHIBAO_PUBLIC_URL": "https://letters.example/",
            "ZHIBAO_PROXIES": "10.0.0.2, 2001:DB8::2",
        }
    )
    assert settings == Settings(
        database_url="postgresql://zhibao@db/zhibao",
        insurer_name="甲保险",
        insurer_name_en="A Insurance",
        holidays=holidays,
        schemes_dir=tmp_path,
        host="0.0.0.0",
        port=65535,
        raters=0,
        signing_dir=tmp_path,
        timestamp_url="https://stamps.example",
        public_url="https://letters.example",
        proxies=("10.0.0.2", "2001:db8::2"),
    )


def test_settings_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc] # that is the point


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("ZHIBAO_PROT", "80", "is no setting"),
        ("ZHIBAO_PORT", "0", "is no port"),
        ("ZHIBAO_PORT", "65536", "is no port"),
        ("ZHIBAO_PORT", "８０", "is no port"),
        ("ZHIBAO_PORT", "1" * 5000, "is no port"),
        ("ZHIBAO_PORT", "-1", "is no port"),
        ("ZHIBAO_RATERS", "65", "is no number of raters"),
        ("ZHIBAO_RATERS", "one", "is no number of raters"),
        ("ZHIBAO_PUBLIC_URL", "example.org", "is no address"),
        ("ZHIBAO_PROXIES", "*", "'*' is no address of a machine"),
        ("ZHIBAO_PROXIES", "10.0.0.2,", "'' is no address of a machine"),
        ("ZHIBAO_PROXIES", "10.0.0.0/8", "is no address of a machine"),
        ("ZHIBAO_PROXIES", "localhost", "is no address of a machine"),
        ("ZHIBAO_TIMESTAMP_URL", "ftp://stamps", "is no address"),
        ("ZHIBAO_SIGNING_DIR", "not-there", "is no folder"),
        ("ZHIBAO_HOST", "", "is empty"),
        ("ZHIBAO_INSURER_NAME", "  ", "is empty"),
        ("ZHIBAO_HOLIDAYS", "not-there.csv", "is no file"),
        ("ZHIBAO_SCHEMES_DIR", "not-there", "is no folder"),
        ("ZHIBAO_DATABASE_URL", "mysql://host/base", "is not supported"),
    ],
)
def test_what_is_wrong_is_refused_by_name(name: str, text: str, problem: str) -> None:
    with pytest.raises(Invalid) as refusal:
        Settings.from_environment({name: text})
    (fault,) = refusal.value.faults
    assert fault.field == name
    assert problem in fault.problem
    assert fault.cure


def test_all_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(Invalid) as refusal:
        Settings.from_environment({"ZHIBAO_X": "1", "ZHIBAO_PORT": "x", "ZHIBAO_HOST": ""})
    names = {fault.field for fault in refusal.value.faults}
    assert names == {"ZHIBAO_X", "ZHIBAO_PORT", "ZHIBAO_HOST"}
