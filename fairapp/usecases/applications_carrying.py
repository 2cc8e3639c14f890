"""Begin an application with what the organisation said for its last fair."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.applications import Part
from fairapp.rules.carrying import (
    CARRIED,
    CarryMark,
    Offer,
    carried_answers,
    carried_wishes,
    kind_mark,
)
from fairapp.rules.questions import Phase, body_from
from fairapp.store.applications import Application, ApplicationProduct
from fairapp.store.applications_forms import FormVersion
from fairapp.store.applications_forms_queries import answer_of
from fairapp.store.applications_review import halls_to_choose, zones_of
from fairapp.store.fairs import BoothKind, Fair
from fairapp.store.fairs_queries import groups_of
from fairapp.store.producers import Product


def last_application(session: Session, application: Application) -> Application | None:
    """What the organisation submitted last for another fair."""
    return session.scalar(
        select(Application)
        .join(Fair, Fair.id == Application.fair_id)
        .where(
            Application.organisation_id == application.organisation_id,
            Application.fair_id != application.fair_id,
            Application.submitted_at.is_not(None),
        )
        .order_by(Fair.starts_on.desc(), Application.id.desc())
        .limit(1)
    )


def carry_over(session: Session, draft: Application) -> None:
    """Fill a new draft in from the last application; parts that differ now are marked."""
    last = last_application(session, draft)
    if last is None:
        return
    marks: dict[Part, CarryMark | None] = {Part.KIND: _carry_kind(session, last, draft)}
    zones = {group.code for group in groups_of(session, draft.fair)} | set(zones_of(session, draft.fair))
    halls = {hall.code for hall in halls_to_choose(session, draft.fair)}
    draft.wishes, marks[Part.WISHES] = carried_wishes(last.wishes, zones, halls)
    draft.needs = dict(last.needs)
    marks[Part.PRODUCTS] = _carry_products(session, last, draft)
    parts = {part.value: mark.value for part, mark in marks.items() if mark is not None}
    draft.answers = {**draft.answers, CARRIED: {"from": last.id, "parts": parts}}


def _carry_kind(session: Session, last: Application, draft: Application) -> CarryMark | None:
    """The same kind of booth, as much of it as last time."""
    before = last.booth_kind
    kinds = select(BoothKind).where(BoothKind.fair_id == draft.fair_id)
    found = session.scalar(kinds.where(BoothKind.code == before.code)) if before else None
    if found is not None and before is not None:
        draft.booth_kind_id, draft.booth_kind = found.id, found
        same = found.unit_area_m2 == before.unit_area_m2
        draft.booths, draft.area_m2 = last.booths, last.area_m2 if same else None
    return kind_mark(_offer(before, last.fair), _offer(found, draft.fair))


def _offer(kind: BoothKind | None, fair: Fair) -> Offer | None:
    if kind is None:
        return None
    return Offer(kind.price_minor, kind.unit_area_m2, kind.min_area_m2, fair.currency)


def _carry_products(session: Session, last: Application, draft: Application) -> CarryMark | None:
    """The products that the organisation still makes."""
    shown = select(ApplicationProduct.product_id).where(ApplicationProduct.application_id == last.id)
    before = set(session.scalars(shown))
    still = set(
        session.scalars(select(Product.id).where(Product.id.in_(before), Product.removed_at.is_(None)))
    )
    session.add_all(ApplicationProduct(application_id=draft.id, product_id=each) for each in still)
    return CarryMark.PRODUCTS_GONE if still != before else None


def answers_to_begin_with(
    session: Session, application: Application, current: FormVersion, phase: Phase
) -> tuple[dict[str, Any], dict[str, CarryMark]]:
    """What was answered to the same questions for the last fair, and what must be looked at again."""
    last = last_application(session, application)
    answer = answer_of(session, last.id, phase) if last is not None else None
    if answer is None:
        return {}, {}
    return carried_answers(body_from(answer.form_version.body), answer.answers, body_from(current.body))
