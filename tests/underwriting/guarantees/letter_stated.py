"""What is stated of a letter under the sample policy of the customs guarantee, as JSON."""

from copy import deepcopy
from typing import Any

from proposals import SAMPLES

DEBTOR, GUARANTOR = "91510100MA6EXAMP1M", "9144000071000H001E"
RIGHT = "ZL202010000001.X"

STATED: dict[str, Any] = {
    "debtor": {
        "en": "Shifan Electronics Co., Ltd.",
        "address_zh": "成都市高新区示范路1号",
        "address_en": "1 Shifan Road, Chengdu",
    },
    "guarantor": {
        "en": "Zhibao Demonstration Insurer",
        "register_id": GUARANTOR,
        "address_zh": "广州市示范路2号",
        "address_en": "2 Shifan Road, Guangzhou",
        "branch_zh": "成都分公司",
        "branch_en": "Chengdu Branch",
        "licence": "L0001",
        "contact": "+86 28 0000 0000",
    },
    "districts": [
        {"code": "7900", "en": "Shifan Customs"},
        {"code": "7901", "en": "Shifan Airport Customs"},
    ],
    "place_zh": "成都",
    "place_en": "Chengdu",
    "court_zh": "成都市中级人民法院",
    "court_en": "Chengdu Intermediate People's Court",
    "pledges": [{"number": RIGHT, "registration": "Y2025510000001", "registered_on": "2025-02-28"}],
}
"""What is stated of a letter under the sample policy."""


def a_letter_risk(**parts: Any) -> dict[str, Any]:
    """The sample proposal, its importer with a register number whose check is right."""
    sample = deepcopy(dict(SAMPLES["customs_guarantee"]))
    sample["importer"]["register_id"] = DEBTOR
    for name, changes in parts.items():
        sample[name] = {**sample[name], **changes} if isinstance(changes, dict) else changes
    return sample
