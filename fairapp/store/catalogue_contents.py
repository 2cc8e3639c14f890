"""Questions about what a catalogue holds beside its exhibitors."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, contains_eager

from fairapp.rules.allocation import SHOWN
from fairapp.rules.catalogue import TextKind
from fairapp.rules.errors import Missing
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.catalogue import CatalogueCutOff, CatalogueInsert, CatalogueText
from fairapp.store.fairs import Booth
from fairapp.store.producers import Organisation


def texts_of(session: Session, fair_id: int) -> dict[tuple[TextKind, str], CatalogueText]:
    """The fair's texts by kind and language."""
    rows = session.scalars(select(CatalogueText).where(CatalogueText.fair_id == fair_id))
    return {(each.kind, each.language): each for each in rows}


def cut_offs_of(session: Session, fair_id: int) -> dict[str, CatalogueCutOff]:
    """The cut-offs of the fair's editions by language."""
    rows = session.scalars(select(CatalogueCutOff).where(CatalogueCutOff.fair_id == fair_id))
    return {each.language: each for each in rows}


def cut_off_of(session: Session, fair_id: int, language: str) -> CatalogueCutOff | None:
    """The cut-off of one language, where it has one."""
    return cut_offs_of(session, fair_id).get(language)


def inserts_of(session: Session, fair_id: int) -> Sequence[CatalogueInsert]:
    """The fair's advertisements and whole pages in the order they came, with whose they are."""
    return session.scalars(
        select(CatalogueInsert)
        .where(CatalogueInsert.fair_id == fair_id)
        .outerjoin(CatalogueInsert.exhibitor)
        .outerjoin(Exhibitor.organisation)
        .options(contains_eager(CatalogueInsert.exhibitor).contains_eager(Exhibitor.organisation))
        .order_by(CatalogueInsert.id)
    ).all()


def insert_count(session: Session, fair_id: int) -> int:
    """How many there are."""
    wanted = select(func.count()).where(CatalogueInsert.fair_id == fair_id)
    return session.scalar(wanted) or 0


def insert_of(session: Session, fair_id: int, insert_id: int) -> CatalogueInsert:
    """One of the fair's.

    :raises Missing: when it is another fair's, or gone.
    """
    found = session.get(CatalogueInsert, insert_id)
    if found is None or found.fair_id != fair_id:
        raise Missing
    return found


def exhibitor_called(session: Session, fair_id: int, whose: str) -> Exhibitor | None:
    """The exhibitor that holds this booth, or has this very name; None when nobody or several do."""
    holders = (
        select(BoothClaim.exhibitor_id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(Booth.fair_id == fair_id, Booth.retired_at.is_(None), BoothClaim.state.in_(SHOWN))
        .where(func.lower(Booth.code) == whose.lower())
    )
    found = session.scalars(
        select(Exhibitor)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None))
        .where(or_(Exhibitor.id.in_(holders), Organisation.name == whose))
        .limit(2)
    ).all()
    return found[0] if len(found) == 1 else None
