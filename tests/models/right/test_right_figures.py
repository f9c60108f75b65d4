"""The figures behind the life of a right: ranges, grades, sources, and the shrink as published."""

import csv
from itertools import groupby, pairwise
from math import exp, inf, log
from pathlib import Path

import pytest
from shared_files import shared_file

from models.priors import Prior, PriorTable, load_priors
from models.right.ages import AgeCurve, mean_over_living
from models.right.book import Multiplier, load_book

BOOK = load_book()
ROWS = tuple(BOOK.figures.rows.values())
EVERY = pytest.mark.parametrize("prior", ROWS, ids=lambda prior: prior.key)
COEFFICIENT_OF_VARIATION = {"A": 0.15, "B": 0.35, "C": 0.75, "K": 0.75}
BETA_WEIGHT = {"A": 200.0, "B": 40.0, "C": 10.0, "K": 10.0}
GRADES = {"A", "B", "C", "K"}
FOLDER = Path(__file__).parents[3] / "models" / "right"


@EVERY
def test_figures_follow_the_rules_of_the_prior_table(prior: Prior) -> None:
    assert prior.kind in {"rate_per_year", "probability", "level"}
    assert prior.grade in GRADES
    assert prior.value > 0
    assert prior.source
    if prior.law == "gamma":
        assert prior.a**-0.5 == pytest.approx(COEFFICIENT_OF_VARIATION[prior.grade], rel=0.002)
        assert abs(prior.a / prior.value - prior.b) < 0.51 + 0.005 / prior.value
    elif prior.law == "beta":
        assert prior.value < 1
        assert prior.a + prior.b == pytest.approx(BETA_WEIGHT[prior.grade])
        assert prior.a / (prior.a + prior.b) == pytest.approx(prior.value, abs=0.0006)
    else:
        assert (prior.kind, prior.law, prior.a, prior.b) == ("level", "point", 0, 0)


def test_nothing_repeats_the_prior_table() -> None:
    """A row of the prior table goes first: one beside it here would never be read."""
    assert set(BOOK.figures.rows) & set(load_priors().rows) == set()


@pytest.mark.parametrize("name", ["figures", "bands", "steps", "multipliers"])
def test_every_row_is_read_and_has_source_and_grade(name: str) -> None:
    text = (FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    read = BOOK.figures.rows if name == "figures" else getattr(BOOK, name)
    assert len(rows) == len(read)
    for row in rows:
        assert row["source"], row
        assert row["grade"] in GRADES, row


def test_bands_of_one_table_meet_and_end_open() -> None:
    def table(band: object) -> tuple[str, ...]:
        return tuple(getattr(band, n) for n in ("param", "right", "jurisdiction", "owner"))

    for key, found in groupby(BOOK.bands, table):
        bands = list(found)
        assert bands[0].age_from == 0, key
        assert bands[-1].age_to == inf, key
        assert all(one.age_to == after.age_from for one, after in pairwise(bands)), key


@pytest.mark.parametrize("owner", ["operating", "npe", "mixed"])
def test_litigation_bands_have_mean_one_over_the_living(owner: str) -> None:
    """As stated: at 5.5 % exit a year, over 17 years."""
    bands = AgeCurve.of(BOOK.ages("assert", "invention", "CN", owner), otherwise=1.0)
    mean = mean_over_living(bands, AgeCurve((0.0,), (0.055,)), [], 17.0)
    assert mean == pytest.approx(1.0, abs=0.03)


def test_the_mean_over_the_living_agrees_with_a_sum_over_small_steps() -> None:
    lapse, fees = AgeCurve((0.0, 3.0, 6.0), (0.1, 0.16, 0.18)), [(4.0, 0.16), (8.0, 0.25)]
    curve = AgeCurve((0.0, 3.0, 6.0), (1.0, 1.35, 1.19))
    alive = weighted = lived = 0.0
    steps = 90_000
    for k in range(steps):
        age = 9.0 * (k + 0.5) / steps
        hazard = sum(lapse.at(j + 0.5) for j in range(int(age))) + lapse.at(age) * (age % 1.0)
        alive = exp(-hazard) * (0.84 if age >= 4 else 1.0) * (0.75 if age >= 8 else 1.0)
        weighted, lived = weighted + alive * curve.at(age), lived + alive
    assert mean_over_living(curve, lapse, fees, 9.0) == pytest.approx(weighted / lived, rel=1e-7)


@pytest.mark.parametrize(
    "row", [row for row in BOOK.multipliers if row.raw], ids=lambda row: f"{row.factor}-{row.level}"
)
def test_published_ratios_are_shrunk_by_seven_tenths_of_their_logarithm(row: Multiplier) -> None:
    """Printed to two digits; biotechnology is capped."""
    shrunk = exp(0.7 * log(row.raw))
    if row.level == "biotech" and row.on == "litigation":
        assert row.multiplier == 3.3 < shrunk
    assert row.multiplier == pytest.approx(shrunk, rel=0.03)


def test_odds_ratios_are_those_of_the_published_file() -> None:
    """The subcategories relative to their geometric mean, the left-out one counted as 1."""
    lines = shared_file("juranek_otneim_odds_ratios.csv").read_text(encoding="utf-8").splitlines()
    odds = {row["variable"]: float(row["or_litigated"]) for row in csv.DictReader(lines)}
    nber = {key: value for key, value in odds.items() if key.startswith("nber_")}
    mean = exp(sum(map(log, nber.values())) / (len(nber) + 1))
    raw = {row.level: row.raw for row in BOOK.multipliers if row.factor == "nber_subcategory"}
    assert len(raw) == len(nber)
    for key, value in nber.items():
        level = key.rsplit("_", 1)[1].lower().lstrip("x")
        assert raw[level] == pytest.approx(value / mean, abs=0.0006)
    singles = {
        "foreign_priority": "foreign_prio_PV_X1", "patent_attorney": "lawyer_PV_X1",
        "small_entity": "small_entity_indicator_EX_X1", "assigned_at_issue": "assignee_PV_X1",
    }  # fmt: skip
    for factor, variable in singles.items():
        (row,) = (r for r in BOOK.multipliers if r.factor == factor and r.on == "litigation")
        assert row.raw == odds[variable]


def _fees_paid(age: float) -> float:
    return 1.0 if age < 4 else 0.84 if age < 8 else 0.63 if age < 12 else 0.49


def test_the_timing_of_first_suits_is_that_of_the_published_file() -> None:
    """Shares of first suits over the patents whose fees were paid; mean one over 17 years."""
    lines = shared_file("juranek_otneim_time_to_litigation.csv").read_text("utf-8").splitlines()
    shares = [float(row["share_of_first_suits"]) for row in csv.DictReader(lines)]
    hazard = [share / _fees_paid(year) for year, share in enumerate(shares)]
    cuts = [0, 1, 2, 3, 6, 9, 12, 17]
    means = [sum(hazard[a:b]) / (b - a) for a, b in pairwise(cuts[:-1])] + [hazard[12]]
    lived = [sum(_fees_paid(year) for year in range(a, b)) for a, b in pairwise(cuts)]
    mean = sum(m * y for m, y in zip(means, lived, strict=True)) / sum(lived)
    bands = BOOK.ages("assert", "invention", "US", "mixed")
    assert [band.age_from for band in bands] == cuts[:-1]
    for band, published in zip(bands, means, strict=True):
        assert band.value == pytest.approx(published / mean, abs=0.006)


def test_a_row_of_the_users_own_table_goes_first() -> None:
    """Every default can be replaced by a row of the same key."""
    shipped = BOOK.find(load_priors(), "new_suit_multiple", "invention", "CN")
    own = Prior.of({**shipped.json(), "value": 5.0})
    assert BOOK.find(PriorTable.of("own", [own]), "new_suit_multiple", "invention", "CN") is own


def test_the_outcome_in_germany_adds_up_to_what_is_published() -> None:
    table = load_priors()
    parts = [BOOK.find(table, name, "invention", "DE").value for name in ("p_full", "p_part")]
    either = table.find("p_invalid_whole_or_part_given_nullity", "invention", "DE")
    assert sum(parts) == pytest.approx(either.value, abs=0.001)
