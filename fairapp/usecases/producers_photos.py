"""Pictures of an organisation: its logo, what it shows of its place and people, and its products."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fairapp.adapters.files import Files
from fairapp.rules.actors import Actor
from fairapp.rules.errors import Invalid, Missing, Refused
from fairapp.rules.pictures import PictureReason
from fairapp.rules.producers import MOST_PHOTOS, ProducerReason
from fairapp.store.producers import Organisation, Photo, Product
from fairapp.store.producers_queries import gallery_of, organisation_of, product_of
from fairapp.usecases import audit
from fairapp.usecases.producers import line

LONGEST_ALT = 200


@dataclass(frozen=True, slots=True)
class TakenPicture:
    """An upload that was painted anew and lies in the file store."""

    large: str
    small: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class AddPhoto:
    """A picture for the gallery, for a product, or as the logo."""

    organisation_id: int
    picture: TakenPicture
    alt: dict[str, str] = field(default_factory=dict)
    product_id: int | None = None
    is_logo: bool = False


def take_picture(files: Files, data: bytes, *, is_logo: bool = False) -> TakenPicture:
    """Judge and paint the upload, and keep its two sizes; takes seconds, so no transaction waits for it.

    :raises Invalid: with the reason why the file is no picture of ours.
    """
    from fairapp.adapters.pictures import Purpose, pictures

    painted = pictures(data, Purpose.LOGO if is_logo else Purpose.PHOTO)
    if isinstance(painted, PictureReason):
        raise Invalid(photo=painted)
    full, small = painted.full, painted.small
    return TakenPicture(
        files.keep(full.data, full.suffix), files.keep(small.data, small.suffix), full.width, full.height
    )


def add_photo(session: Session, actor: Actor, order: AddPhoto, now: datetime) -> Photo:
    """Hang the picture where it belongs; a logo and a product's picture take the old one's place.

    :raises Refused: when the gallery is full.
    """
    organisation = organisation_of(session, actor, order.organisation_id, lock=True)
    alt = {lang: line(f"alt_{lang}", text, LONGEST_ALT) for lang, text in order.alt.items()}
    product = None if order.product_id is None else product_of(session, organisation.id, order.product_id)
    hung = gallery_of(session, organisation)
    if product is None and not order.is_logo and len(hung) >= MOST_PHOTOS:
        raise Refused(ProducerReason.TOO_MANY_PHOTOS, most=MOST_PHOTOS)
    photo = Photo(
        organisation_id=organisation.id,
        large=order.picture.large,
        small=order.picture.small,
        width=order.picture.width,
        height=order.picture.height,
        alt={lang: text for lang, text in alt.items() if text},
        position=1 + max((each.position for each in hung), default=0),
        made_at=now,
    )
    session.add(photo)
    session.flush()
    if order.is_logo:
        organisation.logo_id, old = photo.id, organisation.logo_id
        _take_down(session, organisation, old)
    elif product is not None:
        product.photo_id, old = photo.id, product.photo_id
        _take_down(session, organisation, old)
    organisation.changed_at = now
    audit.record(session, actor, "photo.added", now, organisation_id=organisation.id, photo_id=photo.id)
    return photo


def describe_photo(
    session: Session, actor: Actor, organisation_id: int, photo_id: int, alt: dict[str, str], now: datetime
) -> Photo:
    """Say what the picture shows, for those who do not see it."""
    organisation = organisation_of(session, actor, organisation_id, lock=True)
    photo = _photo_of(session, organisation, photo_id)
    said = {lang: line(f"alt_{lang}", text, LONGEST_ALT) for lang, text in alt.items()}
    photo.alt = {lang: text for lang, text in said.items() if text}
    audit.record(session, actor, "photo.described", now, organisation_id=organisation.id, photo_id=photo.id)
    return photo


def remove_photo(session: Session, actor: Actor, organisation_id: int, photo_id: int, now: datetime) -> None:
    """Take the picture off every page; its file stays until the store is swept, for others may share it."""
    organisation = organisation_of(session, actor, organisation_id, lock=True)
    photo = _photo_of(session, organisation, photo_id)
    if organisation.logo_id == photo.id:
        organisation.logo_id = None
    session.execute(update(Product).where(Product.photo_id == photo.id).values(photo_id=None))
    session.flush()
    session.delete(photo)
    organisation.changed_at = now
    audit.record(session, actor, "photo.removed", now, organisation_id=organisation.id, photo_id=photo_id)


def _photo_of(session: Session, organisation: Organisation, photo_id: int) -> Photo:
    found = session.get(Photo, photo_id)
    if found is None or found.organisation_id != organisation.id:
        raise Missing
    return found


def _take_down(session: Session, organisation: Organisation, photo_id: int | None) -> None:
    """Forget the picture that was replaced, unless something else still shows it."""
    if photo_id is None:
        return
    session.flush()
    shown = session.scalar(select(Product.id).where(Product.photo_id == photo_id).limit(1))
    old = session.get(Photo, photo_id)
    if shown is None and old is not None and organisation.logo_id != photo_id:
        session.delete(old)
