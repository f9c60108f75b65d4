"""The prior table after a house's own counts, and how far a prediction stands on them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kernel.canonical import canonical_sha256
from kernel.errors import Fault, Invalid, Refusal
from kernel.finding import Finding
from models.priors.credibility import Counts, Posterior, update
from models.priors.minimum import DEFAULT_USE
from models.priors.own_counts import OwnCounts
from models.priors.table import Prior, PriorTable

_OUTCOMES = ("p_full/", "p_part/")


@dataclass(frozen=True)
class UpdatedTable(PriorTable):
    """A prior table after own counts; `find` answers with updated rows.

    Attributes:
        base: the table before any count; None where there was none.
        posteriors: key -> what the counts made of that row, with its credibility.
    """

    base: PriorTable | None = None
    posteriors: Mapping[str, Posterior] = field(default_factory=dict)

    def posterior(self, param: str, right: str, jurisdiction: str = "CN") -> Posterior | None:
        """Return what own counts made of a row; None where they say nothing of it."""
        return self.posteriors.get(self.find(param, right, jurisdiction).key)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a prediction stands on a house's own experience.

    Attributes:
        credibility: least Z among the figures that it rests on.
        cohort: own exposure behind that figure.
        share_prior: 1 - credibility.
        findings: thin cohorts among them, each referred.
    """

    credibility: float
    cohort: float
    share_prior: float
    findings: tuple[Finding, ...]


def with_counts(
    table: PriorTable, rows: Iterable[OwnCounts], *, minimum: float | None = None,
    use: str = DEFAULT_USE,
) -> UpdatedTable:  # fmt: skip
    """Update a prior table by own counts.

    Counts of one key are added. A table that was updated before is updated from its base by the
    sum of old and new counts, so no experience is taken for a published figure. A row for all
    jurisdictions (`*`) stays; the updated one stands beside it for the jurisdiction counted.

    Args:
        table: published, or updated before.
        rows: the house's own counts; each period is counted once.
        minimum: least Z for every row; None takes the stated default of `use`.
        use: a key of `minimum.toml`.

    Returns:
        A table whose `fit_id` is the base's with a digest of all the counts.

    Raises:
        Invalid: no published row fits, or counts do not suit its law; all rows are named.
    """
    base, total = _known(table)
    for row in rows:
        key = (row.param, row.right, row.jurisdiction)
        total[key] = total.get(key, Counts(0.0, 0.0)) + row.counts
    posteriors: dict[str, Posterior] = {}
    faults: list[Fault] = []
    for (param, right, place), counts in sorted(total.items()):
        try:
            prior = replace(base.find(param, right, place), jurisdiction=place)
            posteriors[prior.key] = update(prior, counts, minimum=minimum, use=use)
        except Refusal as refused:
            faults += [
                replace(one, field=f"{param}/{right}/{place}: {one.field}")
                for one in refused.faults
            ]
    rows_now = {**base.rows, **{key: row_of(one) for key, one in posteriors.items()}}
    faults += _too_likely(rows_now, posteriors)
    if faults:
        raise Invalid("counts-do-not-fit", *faults)
    return UpdatedTable(_name(base, posteriors), rows_now, base, posteriors)


def standing(
    table: PriorTable, priors: Iterable[Prior], *, minimum: float | None = None,
    use: str = DEFAULT_USE,
) -> Standing:  # fmt: skip
    """Say how far a prediction that rests on these rows stands on own experience.

    A product of figures is as credible as the least of them. Levels count for nothing.

    Args:
        table: where the rows were found.
        priors: the rows, as a prediction names them.
        minimum: least Z for every row; None takes the stated default of `use`.
        use: a key of `minimum.toml`.
    """
    known = table.posteriors if isinstance(table, UpdatedTable) else {}
    seen = [
        update(known[prior.key].prior, known[prior.key].counts, minimum=minimum, use=use)
        if prior.key in known
        else _nothing_seen(prior, minimum, use)
        for prior in {prior.key: prior for prior in priors}.values()
        if prior.kind != "level" and not _certain(prior)
    ]
    findings = tuple(found for one in seen for found in one.findings)
    weakest = min(seen, key=lambda one: one.credibility, default=None)
    if weakest is None:
        return Standing(0.0, 0.0, 1.0, findings)
    exposure = weakest.counts.exposure
    return Standing(weakest.credibility, exposure, weakest.share_prior, findings)


@lru_cache(maxsize=4096)
def _nothing_seen(prior: Prior, minimum: float | None, use: str) -> Posterior:
    """Update a figure by no count at all; kept, for most prices see the same ones."""
    return update(prior, Counts(0.0, 0.0), minimum=minimum, use=use)


def _certain(prior: Prior) -> bool:
    """A chance stated as nought or one has no width, and no count could move it."""
    return prior.law == "point" and prior.kind == "probability" and prior.value in (0.0, 1.0)


def row_of(posterior: Posterior) -> Prior:
    """Return a posterior as a row of a prior table: published grade, updated law and value."""
    law, source = posterior.law, f"{posterior.prior.source}+own-counts"
    return replace(posterior.prior, value=law.mean, law=law.name, a=law.a, b=law.b, source=source)


def _too_likely(rows: Mapping[str, Prior], counted: Iterable[str]) -> Iterator[Fault]:
    """Whole and partial invalidity exclude each other: counts that make their sum exceed 1."""
    for right in {key.partition("/")[2] for key in counted if key.startswith(_OUTCOMES)}:
        found = [rows[f"{name}{right}"].value for name in _OUTCOMES if f"{name}{right}" in rows]
        if sum(found) > 1.0:
            yield Fault(
                f"p_full, p_part/{right}",
                f"whole and part come to {sum(found):.2f} together",
                "count both in the same decided cases",
            )


def _known(table: PriorTable) -> tuple[PriorTable, dict[tuple[str, str, str], Counts]]:
    """The table before any count, and the counts that it holds already."""
    if not isinstance(table, UpdatedTable) or table.base is None:
        return table, {}
    held = {
        (one.prior.param, one.prior.right, one.prior.jurisdiction): one.counts
        for one in table.posteriors.values()
    }
    return table.base, held


def _name(base: PriorTable, posteriors: Mapping[str, Posterior]) -> str:
    held = [
        [key, one.counts.events, one.counts.exposure] for key, one in sorted(posteriors.items())
    ]
    return f"{base.fit_id}+counts-{canonical_sha256(held)[:12]}"
