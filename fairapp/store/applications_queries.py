"""Questions about applications: whose they are, which an organiser sees, what they hold."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import LIVE
from fairapp.rules.applications import State
from fairapp.rules.errors import Missing
from fairapp.rules.holds import PENDING
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.applications import Application, ApplicationProduct, ApplicationStep
from fairapp.store.base import LOCK
from fairapp.store.producers import Organisation, Product


def visible_applications(actor: Actor) -> Select[Application]:
    """Its own organisations' applications, and the submitted ones of the fairs whose lists it sees."""
    fairs = actor.fairs_with(Permission.APPLICATION_SEE)
    in_their_fairs: ColumnElement[bool] = true() if fairs is None else Application.fair_id.in_(fairs)
    if fairs == frozenset():
        in_their_fairs = false()
    return select(Application).where(
        or_(
            Application.organisation_id.in_(actor.organisation_ids),
            in_their_fairs & (Application.state != State.DRAFT),
        )
    )


def application_of(session: Session, actor: Actor, application_id: int, lock: bool = False) -> Application:
    """The application, if the actor sees it; with its row locked when it is to be changed.

    :raises Missing: when there is none, or none for this actor.
    """
    wanted = visible_applications(actor).where(Application.id == application_id)
    if lock:
        wanted = wanted.with_for_update(of=Application, **LOCK).execution_options(populate_existing=True)
    found = session.scalar(wanted)
    if found is None:
        raise Missing
    return found


def products_shown(session: Session, application_id: int) -> Sequence[Product]:
    """The products that the applicant wants to show, removed ones left out."""
    return session.scalars(
        select(Product)
        .join(ApplicationProduct, ApplicationProduct.product_id == Product.id)
        .where(ApplicationProduct.application_id == application_id, Product.removed_at.is_(None))
        .order_by(Product.position, Product.id)
        .options(joinedload(Product.photo))
    ).all()


def steps_of(session: Session, application_id: int) -> Sequence[ApplicationStep]:
    """The application's history, the oldest first."""
    return session.scalars(
        select(ApplicationStep)
        .where(ApplicationStep.application_id == application_id)
        .order_by(ApplicationStep.id)
        .options(joinedload(ApplicationStep.by))
    ).all()


def exhibitor_from(session: Session, application_id: int) -> Exhibitor | None:
    """The exhibitor that came of the application."""
    return session.scalar(select(Exhibitor).where(Exhibitor.application_id == application_id))


def booths_held(session: Session, exhibitor: Exhibitor | None) -> int:
    """How many booths the exhibitor holds or shares."""
    if exhibitor is None:
        return 0
    shares = select(CoExhibitor.claim_id).where(CoExhibitor.exhibitor_id == exhibitor.id)
    held = select(func.count()).where(
        or_(BoothClaim.exhibitor_id == exhibitor.id, BoothClaim.id.in_(shares)),
        BoothClaim.state.in_(LIVE - PENDING),
    )
    return session.scalar(held) or 0


def products_to_choose(session: Session, organisation_id: int) -> Sequence[Product]:
    """What the organisation makes, in its own order."""
    return session.scalars(
        select(Product)
        .where(Product.organisation_id == organisation_id, Product.removed_at.is_(None))
        .order_by(Product.position, Product.id)
        .options(joinedload(Product.photo))
    ).all()


def organisations_applying(
    session: Session, actor: Actor, fair_id: int
) -> Sequence[tuple[Organisation, Application | None]]:
    """The actor's organisations, each with its application for the fair if it has begun one."""
    rows = session.execute(
        select(Organisation, Application)
        .outerjoin(
            Application,
            and_(Application.organisation_id == Organisation.id, Application.fair_id == fair_id),
        )
        .where(Organisation.id.in_(actor.organisation_ids))
        .order_by(Organisation.name_key, Organisation.id)
    )
    return [(organisation, application) for organisation, application in rows]
