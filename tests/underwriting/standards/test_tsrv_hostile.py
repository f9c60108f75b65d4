"""A message from outside: nothing is fetched, expanded, passed over or read in part."""

import re

import pytest
from letters_sample import a_letter
from tsrv_schema import breaches

from kernel.errors import Invalid
from underwriting.standards.iso import read_tsrv, tsrv001

XML = tsrv001(a_letter(), b"%PDF").decode()
HEAD = "<?xml version='1.0' encoding='UTF-8'?>\n"
BOMB = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
FETCH = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def put(old: str, new: str) -> bytes:
    assert XML.count(old) >= 1, old
    return XML.replace(old, new, 1).encode()


HOSTILE = {
    "entity bomb": HEAD.encode() + (BOMB + XML.removeprefix(HEAD)).encode(),
    "fetched entity": HEAD.encode() + (FETCH + XML.removeprefix(HEAD)).encode(),
    "unknown entity": put("<Id>CGL", "<Id>&x;CGL"),
    "comment that hides digits": put("5000000.00", "5<!-- -->000000.00"),
    "instruction": put("<Id>CGL", "<Id><?hide me?>CGL"),
    "instruction before": put("<Document", "<?a b?><Documentt"),
    "text beside elements": put("<UdrtkgAmt>", "<UdrtkgAmt>but not more than one yuan"),
    "unknown element": put("</UdrtkgIssncDtls>", "<Void>yes</Void></UdrtkgIssncDtls>"),
    "known element not ours": put("<DtOfIssnc>", "<ConfInd>true</ConfInd><DtOfIssnc>"),
    "second amount": put("</UdrtkgAmt>", '<Amt Ccy="CNY">1.00</Amt></UdrtkgAmt>'),
    "foreign attribute": put("<UdrtkgAmt>", '<UdrtkgAmt void="yes">'),
    "attribute on the document": put("<Document ", '<Document a="b" '),
    "foreign namespace": put("<UdrtkgAmt>", '<UdrtkgAmt xmlns="urn:other">'),
    "no currency": put(' Ccy="CNY"', ""),
    "unknown currency": put('Ccy="CNY"', 'Ccy="ZZZ"'),
    "negative amount": put("5000000.00", "-5000000.00"),
    "amount as a float": put("5000000.00", "5e6"),
    "no such day": put("2028-05-31", "2028-02-30"),
    "unknown rules": put("<Cd>NONE</Cd>", "<Cd>UCPR</Cd>"),
    "unknown medium": put("<Cd>BOTH</Cd>", "<Cd>FAX</Cd>"),
    "unknown nature": put("JOINT AND SEVERAL", "NONE AT ALL"),
    "other promise": put("irrevocably undertake", "may perhaps undertake"),
    "other form": put("<Nm>DGAR</Nm>", "<Nm>STBY</Nm>"),
    "other message": put("tsrv.001.001.01", "tsrv.002.001.01"),
    "not tsrv": put("xsd:tsrv.001", "xsd:pacs.001"),
    "label unknown": put("<Id>VERSION</Id>", "<Id>VERSIONS</Id>"),
    "label twice": put("<Id>VERSION</Id>", "<Id>POLICY</Id>"),
    "label missing": put("/MODE/REVOLVING", "REVOLVING"),
    "flag in words": put("<TrfInd>false</TrfInd>", "<TrfInd>no</TrfInd>"),
    "file not base 64": put("<Nclsr>", "<Nclsr>!"),
    "file in another script": put("<Nclsr>", "<Nclsr>文"),
    "cut": XML[:-20].encode(),
    "empty": b"",
    "not utf-8": XML.encode("utf-16"),
    "district without name": put("<Nm>洋山海关</Nm>", ""),
    "too long": XML.encode() + b" " * 4_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused(name: str) -> None:
    with pytest.raises(Invalid):
        read_tsrv(HOSTILE[name])


def test_every_element_left_out_is_noticed() -> None:
    """No element of the message may vanish and leave the same terms."""
    leaves = re.findall(r"<(\w+)[^<>]*>[^<>]+</\1>", XML)
    whole = read_tsrv(XML.encode())
    assert len(leaves) > 100
    for found in re.finditer(r"\s*<(\w+)[^<>]*>[^<>]+</\1>", XML):
        cut = XML[: found.start()] + XML[found.end() :]
        try:
            assert read_tsrv(cut.encode()) != whole, found.group()
        except Invalid:
            continue


def test_blanks_between_elements_do_not_matter() -> None:
    flat = re.sub(r">\s+<", "><", XML.removeprefix(HEAD))
    assert read_tsrv(flat.encode()) == read_tsrv(XML.encode())


BROKEN = {
    "order": (put("<Nm>DGAR</Nm>", "").replace(b"<Applcnt>", b"<Nm>DGAR</Nm><Applcnt>"), "order"),
    "missing": (put("<IssncTp>ISSU</IssncTp>", ""), "IssncTp: 0 times"),
    "twice": (put("<Nm>DGAR</Nm>", "<Nm>DGAR</Nm><Nm>DGAR</Nm>"), "Nm: 2 times"),
    "long": (put("CGL2600000001E", "C" * 36), "36 characters"),
    "code": (put("<IssncTp>ISSU</IssncTp>", "<IssncTp>OTHR</IssncTp>"), "is no code"),
    "pattern": (put("ZHBACNBC", "zhbacnbc"), "against"),
    "digits": (put("5000000.00", "5" * 19), "too many digits"),
    "unknown": (put("<Nm>DGAR</Nm>", "<Nm>DGAR</Nm><X>1</X>"), "X unknown"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_schema_bites(name: str) -> None:
    xml, words = BROKEN[name]
    assert any(words in one for one in breaches(xml)), breaches(xml)
    assert breaches(XML.encode()) == []
