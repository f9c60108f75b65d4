"""Settings: read once from the environment, refused when wrong, frozen afterwards."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Self

from kernel.errors import Fault, Invalid

PREFIX: Final = "ZHIBAO_"
DEFAULT_DATABASE_URL: Final = "sqlite:///zhibao.db"

_FILES: Final = ("ZHIBAO_HOLIDAYS", "ZHIBAO_OWN_COUNTS", "ZHIBAO_PATENTS")
_FOLDERS: Final = ("ZHIBAO_SCHEMES_DIR", "ZHIBAO_FITS_DIR", "ZHIBAO_SIGNING_DIR")
_ADDRESSES: Final = ("ZHIBAO_TIMESTAMP_URL", "ZHIBAO_PUBLIC_URL", "ZHIBAO_PROXIES")
_WHOLE: Final = {"ZHIBAO_PORT": ("port", 1, 65535), "ZHIBAO_RATERS": ("number of raters", 0, 64)}
"""What is a whole number: what it is called, the smallest, the largest."""

_SWITCHES: Final = {"ZHIBAO_SANDBOX": {"0": False, "1": True}}
"""What is on or off, and how it is written."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation decides. Each field is set by `ZHIBAO_` and its name in capitals.

    Attributes:
        database_url: SQLite file or PostgreSQL database, as `kernel.db.connect` takes it.
        insurer_name: the insurer as printed on Chinese papers.
        insurer_name_en: the insurer as printed on English papers.
        holidays: file with working days after those we ship, or None.
        schemes_dir: folder with schemes besides those we ship, or None.
        own_counts: CSV or JSON file of the house's own counts, or None.
        fits_dir: folder of the house's own fits and its table of service, or None.
        patents: CSV or JSON file of rights, the offline source of patent facts, or None.
        host: address on which `zhibao serve` listens.
        port: its port, 1 to 65535.
        signing_dir: folder with the key and certificates that sign letters; None makes and keeps
            a demonstration authority beside an embedded database.
        timestamp_url: a time-stamp service after RFC 3161, or None: signatures without a stamp.
        public_url: where the world reaches this installation; it stands in the code of letters.
        proxies: addresses of proxies that are believed when they say for whom they ask; of every
            other caller the header `X-Forwarded-For` is ignored.
        raters: processes that price beside `zhibao serve`, 0 to 64; 0 prices in the server.
        sandbox: a place to try things out, whose clock can be put forward. Its database is marked
            at the first start; one that holds business is refused, and so is a marked one without.
    """

    database_url: str = DEFAULT_DATABASE_URL
    insurer_name: str = "知保示范保险"
    insurer_name_en: str = "Zhibao Demonstration Insurer"
    holidays: Path | None = None
    schemes_dir: Path | None = None
    own_counts: Path | None = None
    fits_dir: Path | None = None
    patents: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    signing_dir: Path | None = None
    timestamp_url: str | None = None
    public_url: str = "http://127.0.0.1:8000"
    proxies: tuple[str, ...] = ()
    raters: int = min(4, os.cpu_count() or 1)
    sandbox: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read every `ZHIBAO_*` name; refuse all that are unknown or wrong at once.

        >>> Settings.from_environment({"ZHIBAO_PORT": "80"}).port
        80
        """
        names = {f"{PREFIX}{field.name.upper()}": field.name for field in fields(cls)}
        given = {name: text for name, text in environment.items() if name.startswith(PREFIX)}
        faults = [
            Fault(name, "is no setting", f"use one of {', '.join(names)}")
            for name in sorted(given.keys() - names.keys())
        ]
        chosen: dict[str, str | int | bool | Path | tuple[str, ...]] = {}
        for name, text in given.items():
            if name in names:
                value = _read(name, text)
                if isinstance(value, Fault):
                    faults.append(value)
                else:
                    chosen[names[name]] = value
        if faults:
            raise Invalid("settings-invalid", *faults)
        return cls(**chosen)  # type: ignore[arg-type] # _read returns the type of each field


def _read(name: str, text: str) -> str | int | Path | tuple[str, ...] | Fault:
    """Turn the text of one known setting into its value, or say what is wrong with it."""
    text = text.strip()
    if not text:
        return Fault(name, "is empty", "give a value or leave it unset")
    if name in _SWITCHES or name in _WHOLE:
        return _whole(name, text) if name in _WHOLE else _switch(name, text)
    if name in _FILES or name in _FOLDERS:
        return _path(name, Path(text))
    if name in _ADDRESSES:
        return _proxies(name, text) if name == "ZHIBAO_PROXIES" else _address(name, text)
    if name == "ZHIBAO_DATABASE_URL" and not text.startswith(("sqlite", "postgres")):
        return Fault(name, "is not supported", "give sqlite:///file.db or postgresql://host/name")
    return text


def _path(name: str, path: Path) -> Path | Fault:
    if name in _FILES:
        return path if path.is_file() else Fault(name, f"{path} is no file", "give a CSV file")
    return path if path.is_dir() else Fault(name, f"{path} is no folder", "give a folder")


def _switch(name: str, text: str) -> bool | Fault:
    cure = "write 1 for on, 0 for off"
    return _SWITCHES[name].get(text, Fault(name, f"{text!r} is neither on nor off", cure))


def _whole(name: str, text: str) -> int | Fault:
    what, least, most = _WHOLE[name]
    if text.isascii() and text.isdigit() and least <= int(text[:6]) <= most:
        return int(text)
    return Fault(name, f"{text!r} is no {what}", f"give a number from {least} to {most}")


def _address(name: str, text: str) -> str | Fault:
    if text.isascii() and text.isprintable() and text.startswith(("http://", "https://")):
        return text.rstrip("/")
    return Fault(name, f"{text!r} is no address", "give one that begins with https:// or http://")


def _proxies(name: str, text: str) -> tuple[str, ...] | Fault:
    """Read addresses parted by commas; a name or "*" is none, since anybody could hold it."""
    found = []
    for part in text.split(","):
        try:
            found.append(str(ip_address(part.strip())))
        except ValueError:
            problem = f"{part.strip()!r} is no address of a machine"
            return Fault(name, problem, "give addresses such as 10.0.0.2, parted by commas")
    return tuple(found)
