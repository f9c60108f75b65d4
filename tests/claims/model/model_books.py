"""The chart of accounts: where the money of the second bookkeeping stands in the books."""

from collections.abc import Callable

from claim_model import Claim, House, Money, Terms, parties_of

Book = Callable[[str, int], None]


def balances(house: House) -> Money:
    """Account -> minor units, debit above zero."""
    books: Money = {}

    def book(name: str, minor: int) -> None:
        books[name] = books.get(name, 0) + minor

    for claim in house.claims.values():
        _claim(house.terms, claim, book)
    for party in house.terms.pooled:
        name, drawn = f"{house.terms.code}:{party}", house.drawn(party)
        book(f"pool_losses:{name}", drawn)
        book(f"pool_money:{name}", house.contributed[party] - drawn)
        book(f"pool_contributed:{name}", -house.contributed[party])
    return {name: minor for name, minor in books.items() if minor}


def _claim(terms: Terms, claim: Claim, book: Book) -> None:
    book("reserve_expense", claim.reserve)
    book("case_reserve", -claim.reserve)
    book("claims_paid:insurer", claim.borne.get("insurer", 0))
    insured = "bank" if "bank" in parties_of(terms) else "insured"
    book(f"overpaid:{insured}", claim.overpaid)
    book("damages_for_delay", claim.damages)
    book("cash", claim.back - claim.out - claim.damages)
    book("cash", sum(one.gross - one.costs for one in claim.came))
    book("recovery_costs_carried", claim.carried)
    book("surplus_payable:policyholder", -claim.surplus)
    for party, minor in claim.given.items():
        name = "bank" if party == "uncovered" else party
        kind = "recovery_income" if party == "insurer" else "recovery_payable"
        book(f"{kind}:{name}", -minor)
    for party in {call.party for call in claim.calls}:
        _calls(terms, claim, party, book)


def _calls(terms: Terms, claim: Claim, party: str, book: Book) -> None:
    """What a party in default has paid is held; what it owes stands apart from its share."""
    net, bears = claim.net(party), claim.borne.get(party, 0)
    held = net if party in claim.defaulted else 0
    owes = sum(one.open for one in claim.calls if one.party == party and party in
               claim.defaulted and one.state == "defaulted")  # fmt: skip
    book(f"share_in_default:{party}", owes)
    book(f"awaited_from_default:{party}", -owes)
    if terms.lead:
        book("cash", net)
        book(f"share_receivable:{party}", bears - net + held)
        book(f"held_in_default:{party}", -held)
    else:
        book(f"memo_call:{party}", bears - net + held)
        book(f"memo_owed_to_bank:{party}", net - held - bears)
        book(f"memo_held_by_bank:{party}", held)
        book(f"memo_held_in_default:{party}", -held)
