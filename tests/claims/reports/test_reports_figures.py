"""Every figure of every report, against a second plain computation from raw rows."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from builders import a_desk
from report_world import CLOSED, TODAY, World
from sqlmodel import select

from claims.disposal.tables import RecoverySharingRow
from claims.issue_report import issue_report, preview_report, report_sheets
from claims.reports import store
from claims.reports.period import Asked
from claims.reports.tables import IssuedReportRow
from claims.rules.reporting.figure import Figure
from claims.tables import ClaimRow, RecoveryRow, SettlementRow, ShareRow
from documents.sealing import open_signer
from kernel.db.engine import transact
from kernel.db.tables import JournalRow, PostingRow
from kernel.errors import Conflict
from underwriting.guarantees.paper import drawn
from underwriting.holdings.tables import RetentionRow
from underwriting.loan_events.bank_npl import bank_npl
from underwriting.loan_events.tables import LoanEventRow
from underwriting.tables import PartyRow, PolicyRow

pytestmark = pytest.mark.slow  # a world takes its time to be made, once on each database
OPENED = date(2025, 4, 1)
Told = dict[tuple[str, str], str]
BAD = ("substandard", "doubtful", "loss")


def rows(world: World, table: Any) -> list[Any]:
    return world.read(lambda s: list(s.exec(select(table))))


def told(world: World, template: str, **whom: str) -> dict[tuple[str, str], Figure]:
    asked = Asked(
        template=template, opens_on=OPENED, closes_on=CLOSED, whom={"currency": "CNY", **whom}
    )
    found = world.read(lambda s: preview_report(s, asked, desk=a_desk(TODAY)))
    return {(one.row, one.code): one for one in found.figures}


def yuan(minor: int) -> str:
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02}"


class Raw:
    """The same figures read plainly: loops over raw rows and nothing else."""

    def __init__(self, world: World) -> None:
        self.policies = rows(world, PolicyRow)
        self.names = {row.id: row.name for row in rows(world, PartyRow)}
        self.claims = {row.id: row for row in rows(world, ClaimRow)}
        self.events: dict[str, list[Any]] = defaultdict(list)
        for event in sorted(rows(world, LoanEventRow), key=lambda e: (e.happened_on, e.seq)):
            if event.happened_on <= CLOSED:
                self.events[event.policy_id].append(event)
        self.premium: dict[str, int] = defaultdict(int)
        heads = {head.id: head for head in rows(world, JournalRow)}
        for line in rows(world, PostingRow):
            head = heads[line.entry_id]
            if line.account == "premium_income" and OPENED <= head.booked_on <= CLOSED:
                self.premium[head.subject_id] -= line.amount_minor
        self.borne = self._borne(world)
        self.back = self._back(world)

    def _borne(self, world: World) -> dict[tuple[str, str], int]:
        """(policy, party) -> share at the end of the period less share at its beginning."""
        shares: dict[str, dict[str, int]] = defaultdict(dict)
        for share in rows(world, ShareRow):
            shares[share.settlement_id][share.party] = share.paid_minor
        found: dict[tuple[str, str], int] = defaultdict(int)
        for claim in self.claims.values():
            for until, sign in ((CLOSED, 1), (date.fromordinal(OPENED.toordinal() - 1), -1)):
                settled = [
                    row for row in rows(world, SettlementRow)
                    if row.claim_id == claim.id and row.settled_on <= until
                ]  # fmt: skip
                if settled:
                    newest = max(settled, key=lambda row: row.sequence)
                    found[claim.policy_id, "*"] += sign * newest.eligible_minor
                    for party, minor in shares[newest.id].items():
                        found[claim.policy_id, party] += sign * minor
        return found

    def _back(self, world: World) -> dict[tuple[str, str], int]:
        """(policy, party) -> parts of recoveries with a value date in the period."""
        claim_of = {row.id: row.claim_id for row in rows(world, RecoveryRow)}
        value = {}
        for row in sorted(rows(world, RecoverySharingRow), key=lambda one: one.edition):
            value[row.recovery_id] = row.value_date
        found: dict[tuple[str, str], int] = defaultdict(int)
        for row in rows(world, RecoveryRow):  # the row itself holds the newest parts
            if OPENED <= value[row.id] <= CLOSED:
                for party, minor in row.parts.items():
                    found[self.claims[claim_of[row.id]].policy_id, party] += minor
        return found

    def owed(self, policy: PolicyRow) -> tuple[int, bool] | None:
        if policy.id not in self.events:
            return None
        left, grade = 0, "normal"
        for event in self.events[policy.id]:
            left += event.principal_minor * {"disbursed": 1, "prepaid": -1}.get(event.kind, 0)
            grade = event.loan_class or grade
        return left, grade in BAD


@pytest.fixture(scope="module")
def raw(world: World) -> Raw:
    return Raw(world)


def lent(policy: PolicyRow) -> int:
    return int(Fraction(policy.contract["loan"]["amount"]) * 100)


def lent_in_period(raw: "Raw", policy: PolicyRow) -> int:
    """By the days of payment that were reported, else by the agreed one."""
    loan = policy.contract["loan"]
    events = [e for e in raw.events.get(policy.id, ()) if e.kind == "disbursed"]
    paid = [(e.happened_on, e.principal_minor) for e in events]
    agreed = [(date.fromisoformat(loan["drawdown"]), lent(policy))]
    return sum(minor for on, minor in paid or agreed if OPENED <= on <= CLOSED)


def issued_in_period(policy: PolicyRow) -> bool:
    return OPENED <= policy.created_at.date() <= CLOSED


def check(found: dict[tuple[str, str], Figure], expected: Told) -> None:
    """Every figure is expected, and each is what it is."""
    assert set(found) == set(expected)
    different = {key: (found[key].value, value) for key, value in expected.items()
                 if found[key].value != value}  # fmt: skip
    assert not different


@pytest.mark.parametrize("which", [0, 1])
def test_the_pledge_lending_of_a_bank(world: World, raw: Raw, which: int) -> None:
    bank = world.banks[which]
    mine = [p for p in raw.policies if p.client_id == bank]
    known = [(p, raw.owed(p)) for p in mine if raw.owed(p) is not None]
    owing = [(p, owed) for p, owed in known if owed[0]]
    balance, bad = sum(o[0] for _, o in known), sum(o[0] for _, o in known if o[1])
    secured = sum(
        int(o[0] * Fraction(p.contract["loan"]["ip_share"]) + Fraction(1, 2)) for p, o in known
    )
    own = Fraction("0.045")
    expected = {
        "accounts": str(len({p.borrower_register_id for p, _ in owing})),
        "loans": str(len(owing)),
        "volume": yuan(sum(lent_in_period(raw, p) for p in mine)),
        "granted": str(sum(lent_in_period(raw, p) > 0 for p in mine)),
        "balance": yuan(balance), "secured": yuan(secured), "bad": yuan(bad),
        "npl_ratio": str(Fraction(bad, balance)), "own_npl": str(own),
        "tolerated": str(own + Fraction(3, 100)),
        "within": "是 yes" if Fraction(bad, balance) <= own + Fraction(3, 100) else "否 no",
    }  # fmt: skip
    found = told(world, "bank-ip-pledge", bank_id=bank)
    row = f"{raw.names[bank]} / CNY"
    check(found, {(row, code): value for code, value in expected.items()})
    stands = world.read(lambda s: bank_npl(s, bank, CLOSED)).by_currency["CNY"]
    assert Fraction(found[row, "npl_ratio"].value) == stands.ratio, "as the watch has it"
    unknown = len(mine) - len(known)
    assert unknown
    assert f"{unknown} of {len(mine)} not recorded" in found[row, "balance"].note
    assert f"{unknown} of {len(mine)} not recorded" in found[row, "accounts"].note


def test_business_and_claims_for_the_supervisor(world: World, raw: Raw) -> None:
    ids = {p.id for p in raw.policies}
    claims = list(raw.claims.values())
    firsts = [row for row in rows(world, SettlementRow) if row.sequence == 1]
    premium = sum(raw.premium[id_] for id_ in ids)
    loss = sum(minor for (_, party), minor in raw.borne.items() if party == "insurer")
    back = sum(minor for (_, party), minor in raw.back.items() if party == "insurer")
    held = [p for p in raw.policies if p.starts_on <= CLOSED <= p.ends_on]
    expected = {
        "policies": str(len(held)),
        "sums": yuan(sum(p.sum_insured_minor for p in held)),
        "issued": str(sum(issued_in_period(p) for p in raw.policies)),
        "premium": yuan(premium),
        "notified": str(sum(OPENED <= c.notified_on <= CLOSED for c in claims)),
        "settled": str(sum(OPENED <= row.settled_on <= CLOSED for row in firsts)),
        "own_loss": yuan(loss), "own_back": yuan(back), "own_net": yuan(loss - back),
        "claims_ratio": str(Fraction(loss - back, premium)) if premium else "",
    }  # fmt: skip
    row = "pledge_guarantee / CNY"
    check(told(world, "supervisor-claims"), {(row, c): v for c, v in expected.items()})
    assert loss > back > 0


def test_the_effect_of_a_pilot_by_scheme_and_city(world: World, raw: Raw) -> None:
    groups: dict[str, list[PolicyRow]] = defaultdict(list)
    for policy in raw.policies:
        groups[f"{policy.scheme_code} / {policy.borrower_register_id[2:6]} / CNY"].append(policy)
    assert len(groups) == 6, "three schemes in two cities"
    expected: Told = {}
    for row, mine in groups.items():
        ids, new = {p.id for p in mine}, [p for p in mine if issued_in_period(p)]
        rights = {f"CN ZL2020{p.contract['loan']['contract'][2:]:0>8}.X" for p in new}

        def lost(party: str, ids: set[str] = ids) -> int:
            return sum(m for (id_, who), m in raw.borne.items() if who == party and id_ in ids)

        whole = {
            "firms": str(len({p.borrower_register_id for p in new})), "loans": str(len(new)),
            "volume": yuan(sum(lent_in_period(raw, p) for p in mine)),
            "first_loans": "", "subsidies": yuan(0),
            "compensated": yuan(lost("*") - lost("uncovered")), "by_pool": yuan(lost("fund")),
            "recovered": yuan(sum(m for (i, w), m in raw.back.items() if w == "fund" and i in ids)),
            "rights": str(len(rights)),
            "loans_per_right": str(Fraction(len(new), len(rights))) if rights else "",
            "rate_change": "",
        }  # fmt: skip
        expected |= {(row, code): value for code, value in whole.items()}
    found = told(world, "region-pilot")
    check(found, expected)
    firsts = [one for (_, code), one in found.items() if code == "first_loans"]
    assert not any(one.recorded for one in firsts)
    assert all("first loan" in one.note for one in firsts)


def test_the_limits_of_the_supervisor(world: World, raw: Raw) -> None:
    """Means of the quarter's end 1 January 2026; nothing was written after it but what moved."""
    found = told(world, "supervisor-limits")
    kept = [row for row in rows(world, RetentionRow) if row.moved_on <= CLOSED]
    by_firm: dict[str, int] = defaultdict(int)
    firm = {p.id: p.borrower_register_id for p in raw.policies if p.ends_on >= CLOSED}
    for row in kept:
        if row.policy_id in firm:
            by_firm[firm[row.policy_id]] += row.retained_minor
    total = "信用保险和保证保险业务合计 all credit and guarantee business"
    single = "单一履约义务人及其关联方 one obligor with its affiliates"
    financing = "融资性信保业务合计 financing guarantee business"
    since = sum(row.retained_minor for row in kept if row.moved_on > date(2026, 1, 1))
    base = Fraction(found[total, "base"].value)
    assert Fraction(found[total, "most"].value) == 10 * base
    used = Fraction(found[total, "used"].value)
    assert used == 5_000_000_000 + Fraction(since, 100)
    assert found[total, "multiple"].value == str(used / base)
    assert found[total, "left"].value == yuan(int((10 * base - used) * 100))
    assert found[total, "within"].value == "是 yes"
    assert Fraction(found[financing, "most"].value) in (4 * base, 6 * base)
    assert found[single, "used"].value == yuan(max(by_firm.values()))
    assert Fraction(found[single, "most"].value) == base * Fraction(5, 100)
    assert found[single, "key"].value.split()[0] in ("obligor", "group")
    assert by_firm[found[single, "key"].value.split()[1]] == max(by_firm.values())


@pytest.mark.parametrize("code", ["zhongshan-2021", "city-b"])
@pytest.mark.parametrize("party", ["fund", "insurer", "bank"])
def test_a_statement_adds_up_from_opening_to_closing(
    world: World, raw: Raw, code: str, party: str
) -> None:
    found = told(world, "party-statement", scheme=code, party=party)
    ids = {p.id for p in raw.policies if p.scheme_code == code}
    borne = sum(m for (i, w), m in raw.borne.items() if i in ids and w == party)
    back = sum(m for (i, w), m in raw.back.items() if i in ids and w == party)
    closing = {c: Fraction(f.value) for (row, c), f in found.items() if row == "期末 closing"}
    assert closing["charged"] * 100 == -borne
    assert closing["given_back"] * 100 == back
    opening = Fraction(found["期初 opening", "balance"].value)
    ends = ("期初 opening", "期末 closing")
    lines = sum(Fraction(f.value) for (row, _), f in found.items() if row not in ends)
    assert opening + lines == closing["balance"]
    paid_in = 1_500_000 if party == "fund" and code == "zhongshan-2021" else 0
    assert closing["contributed"] == paid_in
    if party == "fund":
        assert opening * 100 == {"zhongshan-2021": 300_000_000, "city-b": 875_000_000}[code]


def test_a_bordereau_adds_up(world: World, raw: Raw) -> None:
    found = told(world, "party-bordereau", scheme="city-b", party="insurer")
    ids = {p.id for p in raw.policies if p.scheme_code == "city-b"}
    borne = sum(m for (i, w), m in raw.borne.items() if i in ids and w == "insurer")
    assert found["合计 total", "own_loss"].value == yuan(borne)
    for code in ("own_loss", "whole", "net", "own_recovery"):
        lines = [Fraction(f.value) for (r, c), f in found.items() if c == code and "total" not in r]
        assert sum(lines) == Fraction(found["合计 total", code].value)


def signed(world: World, asked: Asked, on: date) -> Any:
    """Issue as the house does: sheets are printed and signed outside, then kept."""
    desk, signer = a_desk(on), open_signer(None, None)
    sheets = world.read(lambda s: report_sheets(s, asked, desk=desk))
    papers = drawn(sheets, signer, at=desk.at)
    return transact(world.house.engine, lambda s: issue_report(s, asked, papers, desk=desk))


def test_editions_follow_on_and_only_grow(world: World) -> None:
    asked = Asked(
        template="party-statement", opens_on=OPENED, closes_on=CLOSED,
        whom={"scheme": "qingdao-2015", "party": "insurer", "currency": "CNY"},
    )  # fmt: skip
    first = signed(world, asked, TODAY)
    assert signed(world, asked, TODAY).id == first.id
    assert (first.edition, first.prev_sha256) == (1, "0" * 64)
    assert world.read(lambda s: store.editions(s, asked.series)) == (first,)
    world.house.audit()

    def spoil(session: Any) -> None:
        row = session.get(IssuedReportRow, first.id)
        row.template = "another"
        session.add(row)
        session.flush()

    with pytest.raises(Exception, match="only grows"):
        transact(world.house.engine, spoil)


def test_what_changed_while_it_was_signed_is_refused(world: World) -> None:
    asked = Asked(template="supervisor-claims", opens_on=OPENED, closes_on=CLOSED,
                  whom={"currency": "CNY"})  # fmt: skip
    other = Asked(template="region-pilot", opens_on=OPENED, closes_on=CLOSED,
                  whom={"currency": "CNY"})  # fmt: skip
    desk = a_desk(TODAY)
    sheets = world.read(lambda s: report_sheets(s, other, desk=desk))
    papers = drawn(sheets, open_signer(None, None), at=desk.at)
    with pytest.raises(Conflict) as refused:
        transact(world.house.engine, lambda s: issue_report(s, asked, papers, desk=desk))
    assert refused.value.code == "changed-meanwhile"
