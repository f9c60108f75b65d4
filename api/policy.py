"""Which role may ask for which operation: one table, and nothing is allowed but by it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a token may be used for. A client sees its own rows only, the house sees all."""

    UNDERWRITER = "underwriter"
    BANK = "bank"
    FIRM = "firm"
    ADJUSTER = "adjuster"


CLIENTS: Final = frozenset({Role.BANK, Role.FIRM})
"""Roles that see their own rows only."""

KINDS: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.UNDERWRITER: ("insurer",),
    Role.BANK: ("bank",),
    Role.FIRM: ("firm", "broker"),
    Role.ADJUSTER: ("insurer",),
}
"""Role -> the kinds of party that it may act for; the first is registered where none is."""

_ALL: Final = frozenset(Role)
_HOUSE: Final = frozenset({Role.UNDERWRITER, Role.ADJUSTER})
_UNDERWRITER: Final = frozenset({Role.UNDERWRITER})
_ADJUSTER: Final = frozenset({Role.ADJUSTER})
_ASKS: Final = frozenset({*CLIENTS, Role.UNDERWRITER})
_REPORTS: Final = frozenset({Role.BANK, Role.UNDERWRITER})
_NOTIFIES: Final = frozenset({*CLIENTS, Role.ADJUSTER})

ALLOWED: Final[Mapping[str, frozenset[Role]]] = {
    "list_products": _ALL,
    "read_product": _ALL,
    "list_schemes": _ALL,
    "read_scheme": _ALL,
    "split_loss": _ALL,
    "create_quote": _ASKS,
    "preview_quote": _ASKS,
    "list_quotes": _ALL,
    "read_quote": _ALL,
    "read_quote_receipt": _ALL,
    "replay_quote": _ALL,
    "issue_quote_letter": _ASKS,
    "issue_quote_paper": _ASKS,
    "note_explanation": _UNDERWRITER,
    "list_explanations": _ALL,
    "override_quote": _UNDERWRITER,
    "list_quote_overrides": _HOUSE,
    "withdraw_quote": _ASKS,
    "diff_quotes": _ALL,
    "ways_of_quote": _ALL,
    "who_pays_quote": _ALL,
    "draw_who_pays": _ALL,
    "find_frontier": _ASKS,
    "approve_quote": _UNDERWRITER,
    "bind_quote": _UNDERWRITER,
    "list_policies": _ALL,
    "read_policy": _ALL,
    "issue_policy_paper": _ASKS,
    "read_policy_readiness": _ALL,
    "list_policy_transactions": _ALL,
    "read_policy_state": _ALL,
    "change_policy": _UNDERWRITER,
    "preview_policy_change": _ASKS,
    "renew_policy": _UNDERWRITER,
    "preview_policy_renewal": _ASKS,
    "cancel_policy": _UNDERWRITER,
    "preview_policy_cancellation": _ASKS,
    "reinstate_policy": _UNDERWRITER,
    "preview_policy_reinstatement": _ASKS,
    "reverse_transaction": _UNDERWRITER,
    "preview_transaction_reversal": _ASKS,
    "record_loan_events": _REPORTS,
    "list_loan_events": _ALL,
    "read_loan": _ALL,
    "ask_consent": _REPORTS,
    "list_consents": _ALL,
    "read_consent": _ALL,
    "answer_consent": _UNDERWRITER,
    "list_watch_kinds": _ALL,
    "note_right": _HOUSE,
    "list_right_events": _HOUSE,
    "note_obligor": _HOUSE,
    "read_policy_watch": _ALL,
    "list_watched": _ALL,
    "read_bank_npl": _ALL,
    "state_bank_npl": _UNDERWRITER,
    "read_evidence": _ALL,
    "create_claim": _NOTIFIES,
    "list_claims": _ALL,
    "read_claim": _ALL,
    "list_claim_events": _ALL,
    "assess_claim": _ADJUSTER,
    "settle_claim": _ADJUSTER,
    "read_claim_settlement": _ALL,
    "recover_claim": _ADJUSTER,
    "list_claim_recoveries": _ALL,
    "issue_claim_paper": _ADJUSTER,
    "issue_bordereau": _HOUSE,
    "list_bordereaux": _HOUSE,
    "close_claim": _ADJUSTER,
    "reopen_claim": _ADJUSTER,
    "read_settlement": _ALL,
    "read_recovery": _ALL,
    "read_call": _ALL,
    "pay_call": _ADJUSTER,
    "list_pools": _HOUSE,
    "create_pool": _UNDERWRITER,
    "read_pool": _HOUSE,
    "contribute_to_pool": _UNDERWRITER,
    "list_measures": _ALL,
    "create_measure": _UNDERWRITER,
    "list_accumulations": _HOUSE,
    "read_accumulation": _HOUSE,
    "list_means": _HOUSE,
    "create_means": _UNDERWRITER,
    "list_limits": _HOUSE,
    "read_quote_referral": _HOUSE,
    "list_parties": _ALL,
    "create_party": _UNDERWRITER,
    "read_party": _ALL,
    "list_bank_products": _ALL,
    "read_bank_product": _ALL,
    "check_eligibility": _ALL,
    "find_bank_products": _ALL,
    "score_innovation": _ALL,
    "indicate_price": _ASKS,
    "list_appraisers": _ALL,
    "create_appraiser": _UNDERWRITER,
    "read_appraiser": _ALL,
    "set_appraiser_standing": _UNDERWRITER,
    "create_appraisal": _UNDERWRITER,
    "create_realisation": _HOUSE,
    "preview_letter": _ASKS,
    "draft_letter": _UNDERWRITER,
    "list_letters": _ALL,
    "read_letter": _ALL,
    "approve_letter": _UNDERWRITER,
    "send_back_letter": _UNDERWRITER,
    "sign_letter": _UNDERWRITER,
    "send_letter": _UNDERWRITER,
    "accept_letter": _UNDERWRITER,
    "refuse_letter": _UNDERWRITER,
    "amend_letter": _UNDERWRITER,
    "withdraw_letter": _UNDERWRITER,
    "release_letter": _UNDERWRITER,
    "issue_pledge_paper": _UNDERWRITER,
    "revoke_letter": _UNDERWRITER,
    "expire_letter": _UNDERWRITER,
    "read_letter_message": _ALL,
    "list_letter_uses": _ALL,
    "reserve_tax": _UNDERWRITER,
    "release_tax": _UNDERWRITER,
    "list_demands": _ALL,
    "receive_demand": _UNDERWRITER,
    "pay_demand": _UNDERWRITER,
    "refuse_demand": _UNDERWRITER,
    "list_documents": _ALL,
    "read_document": _ALL,
    "read_document_content": _ALL,
    "reprint_document": _ALL,
    "diff_documents": _ALL,
}
"""Operation id -> roles. Reading shows a client its own rows only (`api.sight`)."""

OPEN: Final = frozenset({"show_check", "check_letter", "check_file"})
"""Operations that ask for no token: whoever holds a letter may check it. Nothing else is open."""
