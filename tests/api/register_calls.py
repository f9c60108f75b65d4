"""Every operation of the registers, asked once: for the recorded examples and for the tests.

walk_registers(counter)     # an open counter whose house has a file of rights
"""

from collections.abc import Mapping
from typing import Any

FIRM: Mapping[str, Any] = {
    "kinds": ["high_tech", "specialised_sme"],
    "size": "small",
    "region": "442000",
    "founded": "2019-05-06",
    "staff": 80,
    "revenue": {"amount": "50000000.00", "currency": "CNY"},
    "debt_ratio": 0.45,
}
LOAN: Mapping[str, Any] = {
    "amount": {"amount": "3000000.00", "currency": "CNY"},
    "term_months": 12,
    "annual_rate": "0.032",
    "premium_rate": "0.018",
    "plan": "bullet",
    "ip_share": "1",
    "valuation": "appraisal",
}
FIGURES: Mapping[str, Any] = {
    "rights": 6,
    "invention_share": 0.5,
    "claims": 10,
    "breadth": 3,
    "citations": 2,
    "years_left": 11,
    "rd_intensity": 0.055,
}
ASKED: Mapping[str, Any] = {
    "rights": [{"number": "EXAMPLE-0001"}, {"number": "EXAMPLE-0002"}],
    "loan": {"amount": "3000000.00", "currency": "CNY"},
    "term_months": 12,
}
APPRAISAL: Mapping[str, Any] = {
    "number": "EXAMPLE-0001",
    "kind": "invention",
    "value": {"amount": "8600000.00", "currency": "CNY"},
    "valued_on": "2025-01-20",
    "method": "income",
}


def an_appraiser(
    counter: Any, name: str = "示范资产评估有限公司", number: str = "91APPR0001"
) -> Any:
    """A party of its kind, admitted."""
    underwriter = counter.caller["underwriter"]
    party = underwriter.post(
        "/v1/parties", {"kind": "appraiser", "name": name, "register_id": number}
    )
    sent = {"party_id": party["id"], "reason": "admitted by the panel"}
    return underwriter.post("/v1/appraisers", sent)


def walk_registers(counter: Any) -> Mapping[str, Any]:
    """Ask each operation once; return what the last reading of the appraiser said."""
    bank, underwriter = counter.caller["bank"], counter.caller["underwriter"]
    bank.get("/v1/bank-products")
    bank.get("/v1/bank-products/zhongshan-pledge-2021")
    fit = {"firm": FIRM, "loan": LOAN}
    bank.post("/v1/bank-products/icbc-xingke-2025/eligibility", fit, key=None)
    bank.post("/v1/bank-products/suited", fit, key=None)
    bank.post("/v1/innovation-scores", FIGURES, key=None)
    bank.post("/v1/indications", {"asked": ASKED}, key=None)
    appraiser = an_appraiser(counter, "示范房地产土地评估有限公司", "91APPR0002")
    place = f"/v1/appraisers/{appraiser['id']}"
    valued = underwriter.post(f"{place}/appraisals", APPRAISAL)
    fetched = {
        "realised": {"amount": "1200000.00", "currency": "CNY"},
        "realised_on": "2025-03-01",
        "how": "auction",
    }
    underwriter.post(f"/v1/appraisals/{valued['id']}/realisations", fetched)
    standing = {"state": "suspended", "since": "2025-03-03", "reason": "two values withdrawn"}
    underwriter.post(f"{place}/standing", standing)
    bank.get("/v1/appraisers")
    return bank.get(place)
