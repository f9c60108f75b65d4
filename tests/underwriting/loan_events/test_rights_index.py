"""Which rights a policy's terms name: the index, its catching up, and terms that change."""

from datetime import date, timedelta

import sqlalchemy as sa
from alembic import command
from builders import SAMPLES, a_desk, a_risk
from lending import HALFWAY, NUMBER, STARTS, Lending
from sqlmodel import select

from kernel.db.engine import transact
from kernel.db.revisions import alembic_config
from underwriting import store
from underwriting.loan_events.rights import index_rights, right_name
from underwriting.loan_events.tables import PledgedRightRow
from underwriting.loan_events.versions import quote_in_force, quotes_bound
from underwriting.products import product

TABLES = {
    "consent", "consent_answer", "loan_event", "consent_breach", "pledged_right", "watch_event",
}  # fmt: skip
OTHER = "ZL202010000002.8"


def indexed(lending: Lending) -> list[tuple[str, str, str]]:
    transact(lending.engine, lambda s: index_rights(s, at=a_desk().at))
    rows = lending.read(lambda s: s.exec(select(PledgedRightRow)).all())
    return sorted((row.office, row.number, row.family) for row in rows)


def test_a_right_is_found_however_its_number_is_spaced(lending: Lending) -> None:
    policy = lending.policy(a_risk(right={"number": "zl 2020 1000 0001.x"}))
    assert [one.policy.id for one in lending.note("seized").hits] == [policy.id]
    assert right_name("CN", " ZL 1 ") == right_name("CN", "zl1")
    assert right_name("US", "1") != right_name("CN", "1")


def test_every_bound_quote_is_indexed_once_with_its_family(lending: Lending) -> None:
    lending.policy(a_risk(right={"family": "F-9"}))
    assert indexed(lending) == [("CN", NUMBER, "F-9")]
    assert indexed(lending) == [("CN", NUMBER, "F-9")]
    lending.quote()
    assert indexed(lending) == [("CN", NUMBER, "F-9")], "a quote that nobody bound does not count"


def test_terms_that_name_no_right_are_not_read_again(lending: Lending) -> None:
    form = product("infringement_liability").risk
    sample = dict(SAMPLES["infringement_liability"])
    lending.policy(form.model_validate(sample, strict=False))
    rights = sample.get("rights", ())
    assert len(indexed(lending)) == max(1, len(rights))
    assert lending.read(lambda s: quotes_bound(s, indexed=False)) == ()
    assert len(lending.read(lambda s: quotes_bound(s, indexed=True))) == 1


def test_after_a_substitution_the_old_right_hits_no_longer(lending: Lending) -> None:
    policy = lending.policy()
    lending.lent(policy)
    dear = a_risk().model_dump(mode="json")["rights"][0] | {"number": OTHER}
    dear["appraised"] = {"amount": "12000000.00", "currency": "CNY"}
    row, answer = lending.ask_leave(policy, "substitution", rights=[dear])
    if answer is None:
        lending.answer(row)
    later = HALFWAY + timedelta(days=1)
    assert [one.policy.id for one in lending.note("seized", number=OTHER, on=later).hits] == [
        policy.id
    ]
    assert lending.note("seized", on=later).hits == ()
    before = lending.read(lambda s: quote_in_force(s, store.policy(s, policy.id), STARTS))
    after = lending.read(lambda s: quote_in_force(s, store.policy(s, policy.id), later))
    assert (before, after) == (policy.quote_id, row.quote_id)
    assert [one.noted.name for one in lending.watch(policy, later).open] == [f"CN {OTHER}"]


def test_a_policy_that_has_ended_is_not_hit(lending: Lending) -> None:
    lending.policy()
    assert len(lending.note("seized", on=STARTS).hits) == 1
    assert lending.note("lapsed", on=date(2026, 11, 1)).hits == ()


def test_the_step_is_taken_back_and_taken_again(lending: Lending) -> None:
    place = alembic_config(lending.engine.url.render_as_string(hide_password=False))
    command.downgrade(place, "4a10c0de0003")
    assert not TABLES & set(sa.inspect(lending.engine).get_table_names())
    command.upgrade(place, "head")
    assert set(sa.inspect(lending.engine).get_table_names()) >= TABLES
