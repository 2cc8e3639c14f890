"""The catalogue of a fair as values: chapters in order, entries made from rows as the press asks for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fairapp.adapters.collation import collation
from fairapp.adapters.files import FolderFiles, is_key
from fairapp.adapters.pdf.book import (
    Catalogue,
    CatalogueChapter,
    CatalogueEntry,
    CatalogueProduct,
    HallMap,
)
from fairapp.adapters.phones import shown_phone
from fairapp.adapters.places import country_name
from fairapp.config import Settings
from fairapp.i18n import current_language, formats, ngettext, pick
from fairapp.i18n import gettext as _
from fairapp.jobs import catalogue_matter as matter
from fairapp.jobs import catalogue_words as words
from fairapp.rules.catalogue import CatalogueOrder, CatalogueStories, Edition
from fairapp.rules.printed_texts import STORY_ROOM, over
from fairapp.rules.printing import PrintFault, Report
from fairapp.store import catalogue_queries as rows
from fairapp.store.catalogue_queries import Card, Standing
from fairapp.store.claim_days import part_days
from fairapp.store.fairs import Fair, Hall, ProductGroup
from fairapp.store.partners_queries import represented_by


def book(session: Session, settings: Settings, fair: Fair, edition: Edition, faults: Report) -> Catalogue:
    """The whole book in the current language; only its order is read now, the entries chunk by chunk."""
    office = _Office(session, settings, fair, edition, faults)
    orders = {CatalogueOrder.GROUP: office.by_group, CatalogueOrder.COUNTRY: office.by_country}
    chapters = orders.get(edition.order, office.by_hall)()
    name = pick(fair.names)
    place = " · ".join(part for part in (pick(fair.venue_names), fair.venue_address) if part)
    return Catalogue(
        title=name,
        subtitle=_("Catalogue of exhibitors"),
        days=formats.day_range(fair.starts_on, fair.ends_on),
        place=place,
        labels=words.labels(name),
        chapters=tuple(chapters),
        note=_("A demonstration: the producers are invented.")
        if fair.is_demo
        else pick(fair.organiser_names),
        lang=current_language(),
        texts=matter.texts(session, fair.id),
        maps=tuple(office.plans.values()),
        adverts=matter.adverts(session, settings, fair.id, faults),
    )


@dataclass(frozen=True, slots=True)
class _Listed:
    """An exhibitor on its place in the book."""

    exhibitor_id: int
    name: str
    standings: tuple[Standing, ...]


class _Office:
    """What is known of the fair as a whole, and how an entry is made of it."""

    def __init__(
        self, session: Session, settings: Settings, fair: Fair, edition: Edition, faults: Report
    ) -> None:
        from fairapp.adapters.pdf.art import plate_order

        self.session = session
        self.settings = settings
        self.fair = fair
        self.faults = faults
        self.names_groups = edition.order is not CatalogueOrder.GROUP  # else the chapter's title says it
        self.whole = matter.with_page_of_their_own(session, fair.id)
        self.plans: dict[int, HallMap] = matter.plans(session, fair.id)
        self.tells_twice = edition.stories is CatalogueStories.BOTH
        self.files = FolderFiles(settings.files)
        self.halls = rows.halls_in_order(session, fair.id)
        self.groups = rows.groups_in_order(session, fair.scheme)
        self.repeated = rows.repeated_codes(session, fair.id)
        places = {hall_id: place for place, hall_id in enumerate(self.halls)}
        held: defaultdict[int, list[Standing]] = defaultdict(list)
        self.at_booth: defaultdict[int, list[Standing]] = defaultdict(list)
        self.names = rows.admitted(session, fair.id)
        self.represented = represented_by(session, fair.id)
        self.part_days = part_days(session, fair)
        for standing in rows.standings(session, fair.id):
            if standing.exhibitor_id in self.names:
                held[standing.exhibitor_id].append(standing)
                self.at_booth[standing.booth_id].append(standing)

        def first(at: Standing) -> tuple[object, ...]:
            return not at.is_holder, places[at.hall_id], plate_order(at.code)

        self.listed = [
            _Listed(exhibitor_id, name, tuple(sorted(held[exhibitor_id], key=first)))
            for exhibitor_id, name in self.names.items()
        ]
        order = collation(current_language())
        self.listed.sort(key=lambda each: order.key(each.name))
        self.order = order
        self.plate_order = plate_order

    # --- chapters -------------------------------------------------------------------------------------------

    def by_hall(self) -> Iterator[CatalogueChapter]:
        """A chapter for each hall, entries by their first booth; at the end those without a booth."""
        for hall in self.halls.values():
            here = [each for each in self.listed if each.standings and each.standings[0].hall_id == hall.id]
            if here:
                here.sort(
                    key=lambda each: (
                        self.plate_order(each.standings[0].code),
                        not each.standings[0].is_holder,
                    )
                )
                plan = self.plans.get(hall.id)
                yield self._chapter(
                    words.hall_name(hall), here, hall.names, tab=_("Hall %(code)s", code=hall.code), plan=plan
                )
        if nowhere := [each for each in self.listed if not each.standings]:
            yield self._chapter(_("Without a booth"), nowhere)

    def by_group(self) -> Iterator[CatalogueChapter]:
        """A chapter for each group, entries by the alphabet under the group most of their products are of."""
        made = rows.products_by_group(self.session, self.fair.id)
        of: defaultdict[str, list[_Listed]] = defaultdict(list)
        for each in self.listed:
            counted = {code: n for code, n in made.get(each.exhibitor_id, {}).items() if code in self.groups}
            of[max(counted, key=lambda code: counted[code]) if counted else ""].append(each)
        for group in self.groups.values():
            if of[group.code]:
                yield self._chapter(pick(group.names), of[group.code], group.names, group.mark)
        if of[""]:
            yield self._chapter(_("Other products"), of[""])

    def by_country(self) -> Iterator[CatalogueChapter]:
        """A chapter for each country by its name, the host's first; entries by the alphabet."""
        lands = rows.countries(self.session, self.fair.id)
        of: defaultdict[str, list[_Listed]] = defaultdict(list)
        for each in self.listed:
            of[lands.get(each.exhibitor_id, "")].append(each)
        names = {code: country_name(code, current_language()) for code in of}
        for code in sorted(of, key=lambda code: (code != self.fair.country, self.order.key(names[code]))):
            yield self._chapter(names[code] or _("Other products"), of[code], tab=code)

    def _chapter(
        self,
        title: str,
        listed: Sequence[_Listed],
        names: Mapping[str, str] | None = None,
        mark: str = "",
        tab: str = "",
        plan: HallMap | None = None,
    ) -> CatalogueChapter:
        return CatalogueChapter(
            title=title,
            entries=words.Streamed(listed, self._entries),
            second=words.beside(names or {}, title),
            count=ngettext("%(num)s exhibitor", "%(num)s exhibitors", len(listed)),
            mark=mark,
            tab=tab,
            facts=self._facts(listed),
            plan=plan,
        )

    def _facts(self, listed: Sequence[_Listed]) -> tuple[tuple[str, str], ...]:
        """How many exhibitors and booths the chapter has."""
        booths = len({at.booth_id for each in listed for at in each.standings})
        counted = ((len(listed), _("Exhibitors")), (booths, _("Booths")))
        return tuple((formats.number(count), word) for count, word in counted if count)

    # --- entries --------------------------------------------------------------------------------------------

    def _entries(self, listed: Sequence[_Listed]) -> Iterator[CatalogueEntry]:
        """The entries of one chunk; who left the fair meanwhile is not there any more."""
        found = rows.cards(self.session, [each.exhibitor_id for each in listed])

        def made(each: _Listed) -> CatalogueEntry | None:
            card = found.get(each.exhibitor_id)
            return None if card is None else self._entry(each, card)

        return words.each_made(listed, made, self._record, self.faults)

    def _record(self, each: _Listed) -> str:
        return words.record_name(each.name, each.standings[0].code if each.standings else "")

    def _entry(self, each: _Listed, card: Card) -> CatalogueEntry:
        story, story_language = words.spoken(card.story)
        second = words.second_language()
        beside = card.story.get(second, "") if self.tells_twice and story_language != second else ""
        group = self._main_group(card)
        full = each.exhibitor_id in self.whole
        photo = card.photo_large if full else card.photo
        for told in (story, beside):
            if more := over(told, STORY_ROOM):
                self.faults.add(self._record(each), "story", PrintFault.OVER, more)
        return CatalogueEntry(
            record=self._record(each),
            name=card.name,
            qr=words.booth_link(self.settings, each.standings[0].short_code) if each.standings else "",
            booths=tuple(words.plate(at.code, self._hall(at), self.repeated) for at in each.standings),
            second=words.latin(card),
            lang=card.name_language,
            story=story,
            story_lang=story_language,
            beside=beside,
            beside_lang=second,
            region=words.region_of(card),
            products=tuple(map(self._product, card.products)),
            origin=words.origin_of(card),
            contact=self._contact(card),
            mark=group.mark if group else "",
            group=pick(group.names) if group and self.names_groups else "",
            photo=self.files.path(photo) if is_key(photo) else None,
            stand=self._stand(each),
            also=tuple(name for name, _country in self.represented.get(each.exhibitor_id, ())),
            full=full,
            ident=each.exhibitor_id,
        )

    def _stand(self, each: _Listed) -> str:
        """On which days it is there, at whose stand, who stands at its own, and whom it represents."""
        hosts: list[str] = []
        guests: list[str] = []
        for at in each.standings:
            others = [
                other
                for other in self.at_booth[at.booth_id]
                if other.exhibitor_id != each.exhibitor_id and other.claim_id == at.claim_id
            ]
            if at.is_holder:
                guests += [self.names[one.exhibitor_id] for one in others if not one.is_holder]
            else:
                hosts += [self.names[one.exhibitor_id] for one in others if one.is_holder]
        when = [
            f"{at.code}: {formats.days(self.part_days[at.claim_id])}"
            for at in each.standings
            if at.claim_id in self.part_days
        ]
        said = words.stand_words(hosts, guests, self.represented.get(each.exhibitor_id, ()))
        return " · ".join(part for part in (*when, said) if part)

    def _hall(self, at: Standing) -> Hall | None:
        return self.halls.get(at.hall_id)

    def _main_group(self, card: Card) -> ProductGroup | None:
        return next(
            (self.groups[each.group_code] for each in card.products if each.group_code in self.groups), None
        )

    def _product(self, product: rows.PrintedProduct) -> CatalogueProduct:
        name, language = words.spoken(product.names)
        beside = words.beside(product.names, name)
        return CatalogueProduct(
            name, beside, product.stars, language, proof=words.proof_of(product.certificate)
        )

    def _contact(self, card: Card) -> str:
        """Telephone, mail and page of whoever wants them to be public."""
        if not card.contact_is_public:
            return ""
        phone = shown_phone(card.phone, self.fair.country) if card.phone else ""
        return " · ".join(part for part in (phone, card.email, card.website) if part)
