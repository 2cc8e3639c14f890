"""What stands on the paper of an invoice, in words: without what prints it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PaperLine:
    """One line: all its figures written already."""

    text: str
    quantity: str
    price: str
    vat: str
    total: str


@dataclass(frozen=True)
class PaperPart:
    """A part that is to be paid, with what its transfer says and the text of its code (or none)."""

    title: str
    amount: str
    note: str
    rows: tuple[tuple[str, str], ...]
    code: str = ""


@dataclass(frozen=True)
class Paper:
    """Everything that stands on the paper, in one language, in words."""

    title: str
    number: str
    lang: str
    seller: tuple[str, ...]
    payer: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    heads: tuple[str, str, str, str, str]
    lines: tuple[PaperLine, ...]
    totals: tuple[tuple[str, str], ...]
    """The last one is the largest."""
    notes: tuple[str, ...]
    parts: tuple[PaperPart, ...] = ()
    payer_label: str = ""
    page_label: str = "{number}"
