"""What stands on a signed paper, in words: without what prints it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SignedBy:
    """One side's signature: for whom, the typed name, and the lines below it; no name while it is missing."""

    side: str
    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class ContractSheet:
    """All words of the paper, in its language."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    body: str
    signatures: tuple[SignedBy, ...]
    foot: str
    page: str
    """With ``%(page)s`` and ``%(pages)s``."""
    lang: str = "vi"
