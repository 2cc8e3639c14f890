"""What follows from an act, as pages show it before the act is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from fairapp.i18n import formats
from fairapp.i18n.phrases import phrase
from fairapp.rules.errors import Refused
from fairapp.rules.impact import Consequence, Follow, ImpactRefusal, digest_of

DIGEST = "digest"
"""The field that brings back the mark of what was shown."""
ICONS = {
    Follow.FEE: "cash",
    Follow.CREDIT_DUE: "cash",
    Follow.REFUND: "cash",
    Follow.PRICE: "cash",
    Follow.ASKED_PRICE: "cash",
    Follow.RESIZED: "plan",
    Follow.CROWDED: "warn",
    Follow.HOLDS_MORE: "plan",
    Follow.CHARGES_END: "cash",
    Follow.BADGES_VOID: "badge",
    Follow.BADGES_INSIDE: "badge",
    Follow.BADGES_BEYOND: "badge",
    Follow.CATALOGUE_GONE: "file",
    Follow.CATALOGUE_CHANGES: "file",
    Follow.CATALOGUE_MADE: "print",
    Follow.CONTRACT: "edit",
    Follow.OFFERED: "clock",
    Follow.LINE_LEFT: "clock",
    Follow.MOVES: "move",
    Follow.PLACES_MOVE: "move",
}


@dataclass(frozen=True, slots=True)
class Foreseen:
    """An impact in words, and the mark that confirms it."""

    lines: tuple[tuple[str, str], ...]
    """(icon, sentence)"""
    digest: str


def foreseen(impact: Sequence[Consequence]) -> Foreseen:
    """The impact in the reader's language."""
    return Foreseen(
        tuple((ICONS.get(each.follow, "stop"), _sentence(each)) for each in impact), digest_of(impact)
    )


def digest_sent() -> str:
    """The mark that came with the form; empty when nothing was shown yet."""
    return request.form.get(DIGEST, "")[:64]


def impact_of(refusal: Exception) -> Sequence[Consequence] | None:
    """What follows now, where the act waits because it was not shown so."""
    if isinstance(refusal, Refused) and ImpactRefusal.NOT_AS_SHOWN in refusal.reasons:
        found: Any = refusal.facts["impact"]
        return tuple(found)
    return None


def confirmation(
    impact: Sequence[Consequence], title: str, label: str, back: str, layout: str = "tool"
) -> Any:
    """The page that shows it and asks, on a desk (``tool``) or a sheet (``paper``).

    It is 409 where something else was shown before.
    """
    sent = [(name, value) for name, value in _sent() if name not in (DIGEST, "csrf_token")]
    page = render_template(
        "_shared/impact.html" if layout == "tool" else "_shared/impact_sheet.html",
        foreseen=foreseen(impact),
        title=title,
        label=label,
        back=back,
        sent=sent,
        changed=phrase(ImpactRefusal.NOT_AS_SHOWN) if digest_sent() else "",
    )
    return page, 409 if digest_sent() else 200


def _sent() -> Iterable[tuple[str, str]]:
    return request.form.items(multi=True)


def _sentence(each: Consequence) -> str:
    facts = {name: _figure(name, fact, each.currency) for name, fact in each.facts.items()}
    return phrase(each.follow, **facts)


def _figure(name: str, fact: object, currency: str) -> object:
    """Sums and areas as the reader writes them; anything else as it is."""
    if name.startswith("amount"):
        return formats.money(int(str(fact)), currency)
    return formats.area(float(str(fact))) if name.startswith("area") else fact
