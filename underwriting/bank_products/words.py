"""How the tests of a bank product speak: refused, asked for, not published."""

from kernel.finding import Effect, Finding
from underwriting.bank_products.terms import BankProduct


def refused(
    product: BankProduct, code: str, term: str, words: tuple[str, str], cure: str
) -> Finding:
    """Say that the product is not for this firm or loan; `words` in English and Chinese."""
    return Finding(code, Effect.DECLINE, *words, _clause(product, term), cure)


def asked_for(product: BankProduct, term: str, words: tuple[str, str]) -> Finding:
    """Say that a term could not be tested, for want of a fact of firm or loan."""
    en, zh = words
    return Finding(
        "not-stated", Effect.REFER,
        f"{en} is not stated, and {product.code} asks for it",
        f"未说明{zh}，而 {product.code} 有此要求",
        _clause(product, term), f"state {en}",
    )  # fmt: skip


def not_published(product: BankProduct, term: str) -> Finding:
    """Say that no source states a term: it was not tested, and is not unlimited."""
    return Finding(
        "not-published", Effect.INFORM,
        f"{term} of {product.code} is not published; it was not tested",
        f"{product.code} 的 {term} 未公开，未予检验",
        _clause(product, "not_published"), f"ask {product.bank}",
    )  # fmt: skip


def _clause(product: BankProduct, term: str) -> str:
    return f"{product.code}: {term} ({product.source})"
