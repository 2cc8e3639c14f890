"""Whoever stands with a main exhibitor: whether all of them fit its floor, and their place at its booths."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.allocation import LIVE
from fairapp.rules.partners import Crowd, PartnerSettings, floor_that_counts
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.fairs import Booth
from fairapp.store.partners_queries import approved_guests, beside, floor_held


def crowd_of(session: Session, exhibitor: Exhibitor, with_proposed: bool = False, more: int = 0) -> Crowd:
    """Everybody at the exhibitor's stand, and so many ``more``."""
    others = beside(session, exhibitor.id, with_proposed)
    return Crowd(others + more, PartnerSettings.read(exhibitor.fair.settings))


def floor_of(session: Session, exhibitor: Exhibitor) -> float:
    """The floor that counts for the exhibitor: of its booths, or asked for as long as booths are to come."""
    held, many = floor_held(session, exhibitor.id)
    application = exhibitor.application
    if application is None:
        return held
    return floor_that_counts(held, many, application.area_m2 or 0.0, application.booths)


def least_m2(session: Session, exhibitor: Exhibitor, gives_up: Booth | None = None) -> float | None:
    """How large one more booth has to be so that all at the stand fit; None when any size will do.

    With ``gives_up`` it comes instead of that booth: whoever stands close already may not stand closer.
    """
    crowd = crowd_of(session, exhibitor)
    if not crowd.beside:
        return None
    held, many = floor_held(session, exhibitor.id)
    application = exhibitor.application
    to_come = 0 if application is None else application.booths - many - 1
    if gives_up is not None:
        held, to_come = held - gives_up.area_m2, to_come + 1
    if application is not None and to_come > 0:  # more booths follow: together they are what was asked
        each = (application.area_m2 or 0.0) / max(1, application.booths)
        held += each * to_come
    least = crowd.needs_m2 - held
    if gives_up is not None:
        least = min(least, gives_up.area_m2)
    return least if least > 0 else None


def crowd_facts(crowd: Crowd, floor_m2: float) -> dict[str, object]:
    """What the sentences about too little floor need."""
    return {
        "stand_companies": crowd.companies,
        "stand_needs": f"{crowd.needs_m2:g}",
        "stand_m2": f"{floor_m2:g}",
    }


def place_guests(session: Session, claim: BoothClaim, now: datetime) -> None:
    """Give everybody whom the holder names a place at this booth, once."""
    there = set(session.scalars(select(CoExhibitor.exhibitor_id).where(CoExhibitor.claim_id == claim.id)))
    for guest in approved_guests(session, claim.exhibitor_id):
        if guest.id not in there and guest.id != claim.exhibitor_id:
            session.add(CoExhibitor(claim_id=claim.id, exhibitor_id=guest.id, added_at=now))
    session.flush()


def place_at_all(session: Session, main: Exhibitor, now: datetime) -> None:
    """Give everybody whom the exhibitor names a place at each of its booths."""
    held = select(BoothClaim).where(BoothClaim.exhibitor_id == main.id, BoothClaim.state.in_(LIVE))
    for claim in session.scalars(held.order_by(BoothClaim.id)):
        place_guests(session, claim, now)


def take_from_all(session: Session, main: Exhibitor, guest_id: int) -> None:
    """End a guest's places at the exhibitor's booths."""
    places = select(CoExhibitor).join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
    held = places.where(BoothClaim.exhibitor_id == main.id, BoothClaim.state.in_(LIVE))
    for place in session.scalars(held.where(CoExhibitor.exhibitor_id == guest_id)):
        session.delete(place)
    session.flush()
