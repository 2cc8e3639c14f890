"""What a head tells of a producer, put where it belongs: profile, products and application."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.adapters import places
from fairapp.adapters.identifiers import tax_code
from fairapp.rules.actors import Actor
from fairapp.rules.applications import EDITABLE
from fairapp.rules.delegations import MOST_BOOTHS_EACH, DelegationReason
from fairapp.rules.errors import Invalid, Refused
from fairapp.rules.identifiers import Identifier, masked
from fairapp.rules.producers import OrganisationKind, ProducerReason
from fairapp.rules.reasons import Shape
from fairapp.rules.stars import Offered
from fairapp.rules.text import words
from fairapp.store.applications import Application
from fairapp.store.delegations import Delegation, DelegationEntry
from fairapp.store.fairs import BoothKind
from fairapp.store.producers import Organisation, Product
from fairapp.store.producers_queries import products_of
from fairapp.usecases.applications import FillIn, fill_in
from fairapp.usecases.exchange_records import language_of
from fairapp.usecases.permission import deputy
from fairapp.usecases.producers import Contact, EditOrganisation, Identity, Place, edit_organisation
from fairapp.usecases.producers_products import KeepProduct, keep_product, remove_product


@dataclass(frozen=True, slots=True)
class Told:
    """A producer as its head tells it; what is empty stays empty, for the producer to complete."""

    name: str
    kind: OrganisationKind = OrganisationKind.COOPERATIVE
    name_latin: str = ""
    tax_number: str = field(default="", repr=False)
    province_code: str = ""
    commune_code: str = ""
    place: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    products: tuple[Offered, ...] = ()
    group_code: str = ""
    booth_kind_id: int | None = None
    booths: int = 1


def identity_of(delegation: Delegation, told: Told) -> Identity:
    """Who the producer is, under its delegation's country."""
    return Identity(
        kind=told.kind,
        name=told.name,
        name_latin=told.name_latin,
        name_language=language_of(told.name, delegation.country),
        country=delegation.country,
        tax_number=told.tax_number,
    )


def check(session: Session, delegation: Delegation, told: Told) -> None:
    """Go on when everything told can be kept.

    :raises Invalid: per field, why.
    """
    wrong: dict[str, object] = {}
    if not 1 <= told.booths <= MOST_BOOTHS_EACH:
        wrong["booths"] = DelegationReason.WRONG_BOOTHS
    kind = None if told.booth_kind_id is None else session.get(BoothKind, told.booth_kind_id)
    if told.booth_kind_id is not None and (kind is None or kind.fair_id != delegation.fair_id):
        wrong["booth_kind"] = Shape.NOT_A_CHOICE
    if told.products and not told.group_code:
        wrong["group"] = ProducerReason.UNKNOWN_GROUP
    if wrong:
        raise Invalid(**wrong)  # type: ignore[arg-type]


def put(
    session: Session,
    actor: Actor,
    delegation: Delegation,
    organisation: Organisation,
    told: Told,
    now: datetime,
) -> None:
    """Put identity, place, contact and products in the profile; parts that say nothing new are left alone."""
    house = deputy(actor, organisation.id)
    is_local = delegation.country == "VN"
    identity = identity_of(delegation, told)
    if told.tax_number and told.tax_number == shown_number(organisation):
        identity = replace(identity, tax_number=None)  # as it was shown: nothing new
    parts: list[Identity | Place | Contact] = [identity]
    province = told.province_code or delegation.province_code or ""
    if told.commune_code if is_local else told.place:
        parts.append(Place(province, told.commune_code, told.place, told.address))
    if told.phone or told.email or organisation.phone or organisation.email:
        parts.append(
            Contact(told.phone, told.email, organisation.website or "", organisation.contact_is_public)
        )
    for part in parts:
        order = EditOrganisation(organisation.id, organisation.version, part)
        edit_organisation(session, house, order, now)
    _put_products(session, house, delegation, organisation, told, now)


def ask_for_booths(
    session: Session,
    actor: Actor,
    application: Application,
    organisation: Organisation,
    told: Told,
    now: datetime,
) -> None:
    """Put kind, number and floor of the booths and the products to show into the application.

    :raises Refused: when it has been submitted.
    """
    kind = None if told.booth_kind_id is None else session.get(BoothKind, told.booth_kind_id)
    if application.state not in EDITABLE:
        raise Refused(DelegationReason.ENTRY_NOT_FROM_HERE)
    each = None if kind is None else max(kind.unit_area_m2, kind.min_area_m2)
    order = FillIn(
        application.id,
        booth_kind_id=told.booth_kind_id,
        booths=told.booths,
        area_m2=None if each is None else each * told.booths,
        product_ids=tuple(product.id for product in products_of(session, organisation.id)),
    )
    fill_in(session, deputy(actor, organisation.id), order, now)


def told_of(entry: DelegationEntry, products: list[Product]) -> Told:
    """What is known of a producer of the list, as its head would tell it again."""
    kept, application = entry.organisation, entry.application
    return Told(
        name=kept.name,
        kind=kept.kind,
        name_latin=kept.name_latin,
        tax_number=shown_number(kept),
        province_code=kept.province_code or "",
        commune_code=kept.commune_code or "",
        place=kept.place,
        address=kept.address,
        phone=kept.phone or "",
        email=kept.email or "",
        products=tuple(Offered(name_of(each), each.stars) for each in products),
        group_code=products[0].group_code if products else "",
        booth_kind_id=application.booth_kind_id,
        booths=application.booths,
    )


def name_of(product: Product) -> str:
    """The product's name in its own words: native before Vietnamese before English."""
    return next((product.names[each] for each in ("native", "vi", "en") if product.names.get(each)), "")


def shown_number(kept: Organisation) -> str:
    """The producer's number; that of a person only as far as it may be shown."""
    return kept.tax_code or (masked(kept.personal_number) if kept.personal_number else "")


def known_number(text: str, delegation: Delegation, now: datetime) -> str:
    """The tax code as it is kept, empty when there is none or it cannot be read."""
    found = tax_code(text, delegation.country, now.date()) if text.strip() else None
    return found.value if isinstance(found, Identifier) else ""


def commune_name(code: str) -> str:
    """The commune's name, or nothing."""
    found = places.commune(code) if code else None
    return "" if found is None else found.name


def _put_products(
    session: Session,
    house: Actor,
    delegation: Delegation,
    organisation: Organisation,
    told: Told,
    now: datetime,
) -> None:
    there = {words(name_of(each)): each for each in products_of(session, organisation.id)}
    told_names = {words(each.name) for each in told.products}
    for offered in told.products:
        known = there.get(words(offered.name))
        same = known is not None and (known.group_code, known.stars) == (told.group_code, offered.stars)
        if same and known is not None and known.scheme == delegation.fair.scheme:
            continue
        written_in = language_of(offered.name, delegation.country)
        language = written_in if written_in in ("vi", "en") else "native"
        order = KeepProduct(
            organisation_id=organisation.id,
            names={language: offered.name},
            texts={} if known is None else dict(known.texts),
            scheme=delegation.fair.scheme,
            group_code=told.group_code,
            stars=offered.stars,
            trace_code="" if known is None else known.trace_code or "",
            product_id=None if known is None else known.id,
        )
        keep_product(session, house, order, now)
    for key, product in there.items():
        if key not in told_names:
            remove_product(session, house, organisation.id, product.id, now)
    row = [words(each.name) for each in told.products]
    for product in products_of(session, organisation.id):
        product.position = row.index(words(name_of(product)))
