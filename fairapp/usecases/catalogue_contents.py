"""Fill a fair's catalogue beside its entries: texts, advertisements, entries of a whole page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from fairapp.adapters.files import Files
from fairapp.rules.actors import Actor, Permission
from fairapp.rules.catalogue import (
    LONGEST_BODY,
    LONGEST_HEADING,
    LONGEST_SAID,
    LONGEST_SIGNED,
    MOST_INSERTS,
    ContentFault,
    InsertKind,
    InsertPlace,
    TextKind,
)
from fairapp.rules.errors import Invalid, Missing, Overlong
from fairapp.rules.pictures import PictureReason
from fairapp.rules.printed_texts import PrintedFault, over
from fairapp.rules.text import TextRefused, clean
from fairapp.store.base import LOCK
from fairapp.store.catalogue import CatalogueInsert, CatalogueText
from fairapp.store.catalogue_contents import exhibitor_called, insert_count, insert_of, texts_of
from fairapp.store.fairs import Fair
from fairapp.usecases import audit
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class KeepText:
    """One text in one language; without a heading and words it is removed."""

    fair_id: int
    kind: TextKind
    language: str
    heading: str
    body: str
    signed: str = ""


@dataclass(frozen=True, slots=True)
class AddInsert:
    """An advertisement with its picture's key, or whose entry gets a page of its own.

    ``whose`` is a booth number or an exhibitor's name.
    """

    fair_id: int
    kind: InsertKind
    place: InsertPlace
    said: str = ""
    picture: str = ""
    whose: str = ""


def take_advert(files: Files, data: bytes) -> str:
    """Paint the uploaded picture anew as a JPEG on white, and keep it; answer its key.

    :raises Invalid: with the reason why the file is no picture of ours.
    """
    from fairapp.adapters.pictures import Purpose, pictures

    painted = pictures(data, Purpose.PHOTO)
    if isinstance(painted, PictureReason):
        raise Invalid(picture=painted)
    return files.keep(painted.on_white.data, painted.on_white.suffix)


def keep_text(session: Session, actor: Actor, order: KeepText, now: datetime) -> None:
    """Keep the text, or remove it when nothing is written.

    :raises Overlong: with the number of characters over.
    """
    fair = _fair(session, actor, order.fair_id)
    typed = {
        "heading": (order.heading, LONGEST_HEADING),
        "body": (order.body, LONGEST_BODY),
        "signed": (order.signed, LONGEST_SIGNED),
    }
    told = {name: _said(name, text, most) for name, (text, most) in typed.items()}
    kept = texts_of(session, fair.id).get((order.kind, order.language))
    facts = {"kind": order.kind.value, "language": order.language}
    if not any(told.values()):
        if kept is not None:
            session.delete(kept)
            audit.record(session, actor, "catalogue_text.removed", now, fair_id=fair.id, **facts)
        return
    if not told["heading"]:
        raise Invalid(heading=ContentFault.NO_HEADING)
    if not told["body"]:
        raise Invalid(body=ContentFault.NO_TEXT)
    if kept is None:
        kept = CatalogueText(fair_id=fair.id, kind=order.kind, language=order.language)
        session.add(kept)
    kept.heading, kept.body, kept.signed, kept.changed_at = (
        told["heading"],
        told["body"],
        told["signed"],
        now,
    )
    audit.record(session, actor, "catalogue_text.kept", now, fair_id=fair.id, **facts)


def add_insert(session: Session, actor: Actor, order: AddInsert, now: datetime) -> CatalogueInsert:
    """Add an advertisement, or give an exhibitor a page of its own."""
    fair = _fair(session, actor, order.fair_id)
    if insert_count(session, fair.id) >= MOST_INSERTS:
        raise Invalid(kind=ContentFault.TOO_MANY)
    made = CatalogueInsert(fair_id=fair.id, kind=order.kind, place=order.place, made_at=now)
    if order.kind is InsertKind.ENTRY:
        whose = exhibitor_called(session, fair.id, _said("whose", order.whose, LONGEST_SAID))
        if whose is None:
            raise Invalid(whose=ContentFault.NOBODY)
        if session.query(CatalogueInsert).filter_by(exhibitor_id=whose.id).count():
            raise Invalid(whose=ContentFault.HAS_ONE)
        made.exhibitor_id = whose.id
    else:
        made.said, made.picture = _said("said", order.said, LONGEST_SAID), order.picture
        if not made.said:
            raise Invalid(said=ContentFault.NOT_SAID)
        if not made.picture:
            raise Invalid(picture=PictureReason.EMPTY)
    session.add(made)
    session.flush()
    audit.record(
        session, actor, "catalogue_insert.added", now, fair_id=fair.id, insert=made.id, kind=order.kind.value
    )
    return made


def remove_insert(session: Session, actor: Actor, fair_id: int, insert_id: int, now: datetime) -> None:
    """Take it out; its file stays until the store is swept, for others may share it."""
    fair = _fair(session, actor, fair_id)
    found = insert_of(session, fair.id, insert_id)
    session.execute(delete(CatalogueInsert).where(CatalogueInsert.id == found.id))
    audit.record(session, actor, "catalogue_insert.removed", now, fair_id=fair.id, insert=insert_id)


def _fair(session: Session, actor: Actor, fair_id: int) -> Fair:
    """The fair with its row locked: what is added to it is counted."""
    fair = session.get(Fair, fair_id, with_for_update=LOCK, populate_existing=True)
    if fair is None or not actor.may(Permission.FAIR_SEE, fair_id):
        raise Missing
    require(actor, Permission.CATALOGUE_PRINT, fair_id)
    return fair


def _said(name: str, text: str, most: int) -> str:
    """The text clean, and no longer than what fits.

    :raises Overlong: with the number of characters over.
    """
    try:
        cleaned = clean(text, longest=max(most, len(text)), lines=name == "body")
    except TextRefused as refused:
        raise Invalid(**{name: refused.reason}) from refused
    if more := over(cleaned, most):
        raise Overlong(PrintedFault.OVER, **{name: more})
    return cleaned
