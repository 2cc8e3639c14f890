"""Questions about documents: whose they are, who may check them, which wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.applications import State
from fairapp.rules.documents import DocumentKind, DocumentState, Requirement
from fairapp.rules.errors import Missing
from fairapp.rules.text import search_terms
from fairapp.store.applications import Application, ApplicationProduct
from fairapp.store.base import LOCK
from fairapp.store.documents import Document, DocumentRequirement
from fairapp.store.producers import Organisation, Product

OVER = (State.DRAFT, State.DECLINED, State.WITHDRAWN, State.CANCELLED)
"""Applications whose organiser has no business with the applicant's documents."""


def requirements_of(session: Session, fair_id: int) -> Sequence[DocumentRequirement]:
    """What the fair asks for, by kind."""
    order = {kind: place for place, kind in enumerate(DocumentKind)}
    found = session.scalars(
        select(DocumentRequirement)
        .where(DocumentRequirement.fair_id == fair_id)
        .order_by(DocumentRequirement.id)
    )
    return sorted(found, key=lambda each: order[each.kind])


def as_rule(row: DocumentRequirement) -> Requirement:
    """The requirement as rules judge it."""
    return Requirement(
        row.kind,
        row.stops,
        frozenset(row.organisation_kinds),
        frozenset(row.group_codes),
        frozenset(row.booth_kinds),
        row.whence,
    )


def shown_groups(session: Session, application_id: int) -> Sequence[tuple[str, int | None]]:
    """Group and stars of every product that the application shows."""
    rows = session.execute(
        select(Product.group_code, Product.stars)
        .join(ApplicationProduct, ApplicationProduct.product_id == Product.id)
        .where(ApplicationProduct.application_id == application_id, Product.removed_at.is_(None))
    )
    return [(group, stars) for group, stars in rows]


def documents_of(session: Session, organisation_id: int) -> Sequence[Document]:
    """The organisation's documents, the newest first."""
    return session.scalars(
        select(Document)
        .where(Document.organisation_id == organisation_id, Document.removed_at.is_(None))
        .options(joinedload(Document.checked_by), joinedload(Document.checked_for))
        .order_by(Document.id.desc())
    ).all()


def visible_documents(actor: Actor) -> Select[Document]:
    """Those of its own organisations, and what fairs that it checks for ask of their applicants."""
    fairs = actor.fairs_with(Permission.DOCUMENT_CHECK)
    checks: ColumnElement[bool] = false()
    if fairs != frozenset():
        checks = _asked_by(true() if fairs is None else Application.fair_id.in_(fairs))
    return select(Document).where(
        Document.removed_at.is_(None), or_(Document.organisation_id.in_(actor.organisation_ids), checks)
    )


def _asked_by(of_fairs: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        Application.organisation_id == Document.organisation_id,
        Application.state.not_in(OVER),
        DocumentRequirement.fair_id == Application.fair_id,
        DocumentRequirement.kind == Document.kind,
        of_fairs,
    )


def document_of(session: Session, actor: Actor, document_id: int, lock: bool = False) -> Document:
    """The document, if the actor sees it; with its row locked when it is to be changed.

    :raises Missing: when there is none, or none for this actor.
    """
    wanted = visible_documents(actor).where(Document.id == document_id)
    if lock:
        wanted = wanted.with_for_update(of=Document, **LOCK).execution_options(populate_existing=True)
    found = session.scalar(wanted)
    if found is None:
        raise Missing
    return found


def documents_asked(
    fair_id: int, state: DocumentState | None = None, kind: DocumentKind | None = None, query: str = ""
) -> Select[Document]:
    """The documents of a fair's applicants that it asks for, in a state and of a kind (None: all)."""
    wanted = (
        select(Document)
        .join(Organisation, Organisation.id == Document.organisation_id)
        .where(Document.removed_at.is_(None), _asked_by(Application.fair_id == fair_id))
    )
    if state is not None:
        wanted = wanted.where(Document.state == state)
    if kind is not None:
        wanted = wanted.where(Document.kind == kind)
    for term in search_terms(query):
        wanted = wanted.where(Organisation.folded.contains(term))
    return wanted


def asked_by_fair(session: Session, document: Document, fair_id: int) -> bool:
    """Whether the fair asks for this document of one of its applicants."""
    wanted = documents_asked(fair_id).where(Document.id == document.id)
    return session.scalar(wanted) is not None


def how_many(session: Session, wanted: Select[Document]) -> int:
    """How many there are."""
    return session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0


def page_of_documents(
    session: Session, wanted: Select[Document], skipped: int, size: int
) -> Sequence[Document]:
    """One page of them, the longest waiting first."""
    return session.scalars(
        wanted.options(joinedload(Document.organisation), joinedload(Document.checked_by))
        .order_by(Document.id)
        .offset(skipped)
        .limit(size)
    ).all()


def next_to_check(session: Session, fair_id: int, after: int) -> int | None:
    """The number of the next document that waits, from the front again after the last."""
    wanted = documents_asked(fair_id, DocumentState.UPLOADED).where(Document.id != after)
    later = wanted.where(Document.id > after)
    for each in (later, wanted):
        found = session.scalar(each.order_by(Document.id).limit(1))
        if found is not None:
            return found.id
    return None


def applications_by_organisation(
    session: Session, fair_id: int, organisation_ids: Iterable[int]
) -> dict[int, int]:
    """The number of each organisation's application for the fair."""
    rows = session.execute(
        select(Application.organisation_id, Application.id).where(
            Application.fair_id == fair_id, Application.organisation_id.in_(list(organisation_ids))
        )
    )
    return dict(rows.all())


def how_many_kept(session: Session, organisation_id: int) -> int:
    """How many documents the organisation keeps here."""
    kept = select(func.count()).where(
        Document.organisation_id == organisation_id, Document.removed_at.is_(None)
    )
    return session.scalar(kept) or 0
