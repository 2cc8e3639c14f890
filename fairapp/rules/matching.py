"""Which instalment a transfer pays, by the reference in its text and its amount; else by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from fairapp.rules.bank_lines import Entry
from fairapp.rules.text import fold, words

SHORTEST_REFERENCE = 6
"""A shorter reference would be found in any long number."""
MOST_CANDIDATES = 5
MOST_FOUND = 20


class MatchReason(StrEnum):
    """What speaks for an instalment."""

    REFERENCE = "match_reference"
    REFERENCE_CUT = "match_reference_cut"
    INVOICE_NUMBER = "match_invoice_number"
    PAYER_ALIKE = "match_payer_alike"
    AMOUNT_EQUAL = "match_amount_equal"
    AMOUNT_OF_INVOICE = "match_amount_of_invoice"
    """What all open instalments of its invoice come to."""


class Doubt(StrEnum):
    """Why a transfer, or what is left of it, waits for a person."""

    NO_REFERENCE = "doubt_no_reference"
    SEVERAL_REFERENCES = "doubt_several_references"
    PAID_ALREADY = "doubt_paid_already"
    DEAD_INVOICE = "doubt_dead_invoice"
    CLAIM_GONE = "doubt_claim_gone"
    OVERPAID = "doubt_overpaid"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an invoice stands now, as far as money for it is concerned."""

    is_dead: bool
    """Credited, voided or written off."""
    has_left: bool = False
    """Its exhibitor is not at the fair any more."""
    claim_has_ended: bool = False
    """A booth it was issued for was given back, has expired, or is somebody else's."""
    is_fee: bool = False
    """Only for having cancelled: owed all the more when everything else has ended."""


def doubt_about(standing: Standing) -> Doubt | None:
    """Why money must not be booked by itself, whatever its reference and its sum."""
    if standing.is_dead:
        return Doubt.DEAD_INVOICE
    has_ended = standing.has_left or standing.claim_has_ended
    return Doubt.CLAIM_GONE if has_ended and not standing.is_fee else None


@dataclass(frozen=True, slots=True)
class Due:
    """An instalment as far as a transfer can be for it."""

    instalment_id: int
    invoice_id: int
    reference: str
    open_minor: int
    number: str = ""
    """The invoice's number."""
    payer: str = ""
    dead: Doubt | None = None
    """Why money for it must not be booked on it: the invoice is dead, or the claim is somebody else's."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An instalment that a person may choose, the likeliest first."""

    instalment_id: int
    reasons: tuple[MatchReason, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a transfer: its parts, what is left over, and why somebody has to look at it."""

    parts: tuple[tuple[int, int], ...] = ()
    """(instalment, amount)."""
    left_minor: int = 0
    doubt: Doubt | None = None


_ALIKE = str.maketrans("OIL", "011")
_NOT_PLAIN = re.compile("[^A-Z0-9]+")


def squeezed(text: str) -> str:
    """The text as references are compared: plain capitals and digits only, O as 0, I and L as 1."""
    return _NOT_PLAIN.sub("", fold(text).upper()).translate(_ALIKE)


def references_in(text: str, known: Mapping[str, int]) -> tuple[int, ...]:
    """The numbers of the ``known`` references (squeezed) that stand in a text, each once, in their order.

    Blanks, hyphens and small letters do not count, nor what a bank wrote before and after. A reference
    inside a longer one that was found is not meant, nor one whose last digit goes on as a longer number.
    """
    plain, ends = _squeezed_with_ends(text)
    found: list[tuple[int, int, int]] = []
    for length in sorted({len(key) for key in known if len(key) >= SHORTEST_REFERENCE}, reverse=True):
        for start in range(len(plain) - length + 1):
            number = known.get(plain[start : start + length])
            end = start + length
            if number is None or any(first <= start and end <= last for first, last, _ in found):
                continue
            if end < len(plain) and end not in ends and plain[end - 1].isdigit() and plain[end].isdigit():
                continue
            found.append((start, end, number))
    return tuple(dict.fromkeys(number for _start, _end, number in sorted(found)))


def _squeezed_with_ends(text: str) -> tuple[str, set[int]]:
    """The squeezed text, and the places in it where something stood between two characters."""
    plain, ends = "", set[int]()
    for piece in _NOT_PLAIN.split(fold(text).upper()):
        plain += piece.translate(_ALIKE)
        ends.add(len(plain))
    return plain, ends


@dataclass(slots=True)
class Matcher:
    """The instalments of a fair; what one line of a statement pays is not open for the next."""

    dues: Mapping[int, Due]
    open_minor: dict[int, int] = field(default_factory=dict)
    _known: dict[str, int] = field(default_factory=dict)
    _payers: dict[int, frozenset[str]] = field(default_factory=dict)
    _of_invoice: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def over(cls, dues: Iterable[Due]) -> Matcher:
        """A matcher over these instalments."""
        by_id = {due.instalment_id: due for due in dues}
        matcher = cls(by_id, {number: due.open_minor for number, due in by_id.items()})
        for number, due in by_id.items():
            matcher._known[squeezed(due.reference)] = number
            matcher._payers[number] = telling_words(due.payer)
            matcher._of_invoice.setdefault(due.invoice_id, []).append(number)
        return matcher

    def named(self, entry: Entry) -> tuple[int, ...]:
        """The instalments whose reference a transfer says."""
        return references_in(entry.text, self._known) or references_in(entry.reference, self._known)

    def decide(self, entry: Entry) -> Verdict:
        """What becomes of one transfer; its parts are taken off what is open."""
        named = self.named(entry)
        verdict = (
            self._by_references(named, entry.amount_minor)
            if named
            else Verdict((), entry.amount_minor, Doubt.NO_REFERENCE)
        )
        for number, amount in verdict.parts:
            self.open_minor[number] -= amount
        return verdict

    def _by_references(self, named: Sequence[int], amount: int) -> Verdict:
        if len(named) > 1:
            is_clear = all(self.dues[number].dead is None for number in named)
            if is_clear and sum(self.open_minor[number] for number in named) == amount:
                return Verdict(tuple((number, self.open_minor[number]) for number in named))
            return Verdict((), amount, Doubt.SEVERAL_REFERENCES)
        number = named[0]
        if dead := self.dues[number].dead:
            return Verdict((), amount, dead)
        still = self.open_minor[number]
        if still <= 0:
            return Verdict((), amount, Doubt.PAID_ALREADY)
        if amount <= still:
            return Verdict(((number, amount),))
        return Verdict(((number, still),), amount - still, Doubt.OVERPAID)

    def candidates(self, text: str, counterpart: str, amount_minor: int) -> tuple[Candidate, ...]:
        """The open instalments that something in a transfer speaks for, the likeliest first."""
        about = _About(
            frozenset(references_in(text, self._known)),
            frozenset(words(f"{text} {counterpart}").split()),
            _NOT_PLAIN.sub(" ", f" {fold(text).upper()} "),
            squeezed(text),
        )
        found = []
        for number, due in self.dues.items():
            if due.dead is None and self.open_minor[number] > 0:
                reasons = self._reasons(number, due, about, amount_minor)
                if reasons and reasons != (MatchReason.AMOUNT_OF_INVOICE,):
                    found.append(Candidate(number, reasons))
        found.sort(key=lambda each: (-sum(_WEIGHTS[reason] for reason in each.reasons), each.instalment_id))
        return tuple(found[:MOST_CANDIDATES])

    def search(self, said: str) -> tuple[int, ...]:
        """Open instalments whose reference, invoice or payer hold every word that is said."""
        wanted = words(said).split()
        found = (
            number
            for number, due in self.dues.items()
            if due.dead is None
            and self.open_minor[number] > 0
            and all(each in words(f"{due.reference} {due.number} {due.payer}") for each in wanted)
        )
        return tuple(islice(found, MOST_FOUND)) if wanted else ()

    def _reasons(self, number: int, due: Due, about: _About, amount: int) -> tuple[MatchReason, ...]:
        whole = sum(self.open_minor[each] for each in self._of_invoice[due.invoice_id])
        speaks = {
            MatchReason.REFERENCE: number in about.named,
            MatchReason.REFERENCE_CUT: number not in about.named and _is_cut(due.reference, about.plain),
            MatchReason.INVOICE_NUMBER: bool(due.number)
            and f" {_NOT_PLAIN.sub(' ', due.number.upper())} " in about.spaced,
            MatchReason.PAYER_ALIKE: bool(self._payers[number]) and self._payers[number] <= about.said,
            MatchReason.AMOUNT_EQUAL: self.open_minor[number] == amount,
            MatchReason.AMOUNT_OF_INVOICE: self.open_minor[number] < amount == whole,
        }
        return tuple(reason for reason, holds in speaks.items() if holds)


@dataclass(frozen=True, slots=True)
class _About:
    """One transfer's words, prepared once for all instalments."""

    named: frozenset[int]
    said: frozenset[str]
    spaced: str
    plain: str


_WEIGHTS = {
    MatchReason.REFERENCE: 100,
    MatchReason.REFERENCE_CUT: 40,
    MatchReason.INVOICE_NUMBER: 50,
    MatchReason.PAYER_ALIKE: 20,
    MatchReason.AMOUNT_EQUAL: 15,
    MatchReason.AMOUNT_OF_INVOICE: 5,
}
_SAY_NOTHING = frozenset({
    "cong", "ty", "cty", "tnhh", "co", "phan", "cp", "htx", "hop", "tac", "xa", "to", "ho", "kinh", "doanh",
    "san", "xuat", "thuong", "mai", "dich", "vu", "va", "mtv", "mot", "thanh", "vien", "nong", "nghiep",
    "company", "limited", "ltd", "jsc", "cooperative", "the", "of", "and",
})  # fmt: skip


def telling_words(name: str) -> frozenset[str]:
    """The words of a payer's name that tell it from others."""
    said = words(name).split()
    return frozenset(said) - _SAY_NOTHING or frozenset(said)


def _is_cut(reference: str, plain: str) -> bool:
    """Whether a text ends within the reference: banks cut long texts off."""
    key = squeezed(reference)
    return any(plain.endswith(key[:length]) for length in range(SHORTEST_REFERENCE, len(key)))
