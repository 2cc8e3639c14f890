"""The booths' signs as values, made from rows as the press asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from fairapp.config import Settings
from fairapp.i18n import current_language, formats, pick, speaking
from fairapp.i18n import gettext as _
from fairapp.i18n.printed_signs import further
from fairapp.jobs import catalogue_words as words
from fairapp.rules.printing import Report
from fairapp.rules.tongues import MOST_SPOKEN, TONGUES, known_tongues
from fairapp.store import catalogue_queries as rows
from fairapp.store.catalogue_queries import Card, SignedBooth
from fairapp.store.fairs import Fair

if TYPE_CHECKING:
    from fairapp.adapters.pdf.signs import Sign, SignName, SignSheet

NAMED = 4
"""Exhibitors of a shared booth whose names may be needed; of more the sign tells the number."""


def sheet(fair: Fair, also: tuple[str, ...] = ()) -> SignSheet:
    """What all signs of the fair share; ``also`` are further languages for guests from abroad."""
    from fairapp.adapters.pdf.signs import SignSheet

    first, second = current_language(), words.second_language()
    scans = [(_("Scan to see who is here and what they make"), first)]
    with speaking(second):
        scans.append((_("Scan to see who is here and what they make"), second))
    title = _("Booth signs")
    return SignSheet(
        title=f"{title} · {pick(fair.names)}",
        fair=f"{pick(fair.names)} · {formats.day_range(fair.starts_on, fair.ends_on)}",
        scans=(*scans, *further(also)),
        code_label=_("Code"),
        spoken_label=_("Spoken here"),
        stars=words.star_words(),
        lang=first,
    )


def signs(
    session: Session, settings: Settings, fair: Fair, faults: Report
) -> words.Streamed[SignedBooth, Sign]:
    """A sign for every booth that is let, by hall and code."""
    from fairapp.adapters.pdf.art import plate_order

    office = _Office(session, settings, fair, faults)
    places = {hall_id: place for place, hall_id in enumerate(office.halls)}
    booths = sorted(
        rows.booths_to_sign(session, fair), key=lambda each: (places[each.hall_id], plate_order(each.code))
    )
    return words.Streamed(booths, office.signs)


class _Office:
    """What is known of the fair as a whole, and how a sign is made of it."""

    def __init__(self, session: Session, settings: Settings, fair: Fair, faults: Report) -> None:
        self.session = session
        self.settings = settings
        self.faults = faults
        self.halls = rows.halls_in_order(session, fair.id)
        self.groups = rows.groups_in_order(session, fair.scheme)
        self.repeated = rows.repeated_codes(session, fair.id)

    def signs(self, booths: Sequence[SignedBooth]) -> Iterator[Sign]:
        """The signs of one chunk."""
        wanted = {each for booth in booths for each in booth.exhibitor_ids[:NAMED]}
        found = rows.cards(self.session, sorted(wanted))
        return words.each_made(
            booths, lambda booth: self._sign(booth, found), lambda booth: booth.code, self.faults
        )

    def _sign(self, booth: SignedBooth, found: dict[int, Card]) -> Sign:
        from fairapp.adapters.pdf.signs import Sign, SignName, SignProduct

        there = [found[each] for each in booth.exhibitor_ids[:NAMED] if each in found]
        holder, named = there[0] if there else None, self._names(booth, there)
        products = [
            SignProduct(name, product.stars, language)
            for product in (holder.products if holder else ())
            for name, language in (words.spoken(product.names),)
        ]
        marks = dict.fromkeys(
            self.groups[product.group_code].mark
            for card in there
            for product in card.products
            if product.group_code in self.groups
        )
        return Sign(
            record=booth.code,
            booth=booth.code,
            names=named or (SignName(words.hall_name(self.halls[booth.hall_id]), current_language()),),
            place=self._place(booth, there),
            qr=words.booth_link(self.settings, booth.short_code),
            address=words.booth_address(self.settings, booth.short_code),
            code=words.typed_code(booth.short_code),
            marks=tuple(marks),
            products=tuple(products),
            spoken=tuple(
                (TONGUES[code], code)
                for code in known_tongues(each for card in there for each in card.spoken)[:MOST_SPOKEN]
            ),
            more=len(booth.exhibitor_ids) - len(named) if named else 0,
        )

    def _names(self, booth: SignedBooth, there: Sequence[Card]) -> tuple[SignName, ...]:
        """Everybody in their own script and in Latin letters, with their days."""
        from fairapp.adapters.pdf.signs import SignName

        return tuple(
            SignName(self._on_days(booth, card), card.name_language, words.latin(card))
            for card in there
            if words.nameable(card.name)
        )

    def _on_days(self, booth: SignedBooth, card: Card) -> str:
        """The name, and when it is here where others are here on other days."""
        days = booth.days.get(card.exhibitor_id)
        return card.name if days is None else f"{card.name} · {formats.days(days, 'short')}"

    def _place(self, booth: SignedBooth, there: Sequence[Card]) -> str:
        """Where the holder comes from; the hall too, where another hall has a booth of this code."""
        hall = self.halls[booth.hall_id]
        parts = [words.hall_name(hall)] if there and booth.code in self.repeated else []
        if there:
            parts.append(words.origin_of(there[0]))
        return " · ".join(part for part in parts if part)
