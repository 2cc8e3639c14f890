"""Letters about booths: assigned, moved, released; to the holder and whoever shares the booth."""

from __future__ import annotations

from sqlalchemy import select

from fairapp.jobs.applications import letters_to
from fairapp.jobs.work import Letter, LetterJob, Work
from fairapp.rules.allocation import LIVE
from fairapp.rules.applications import State
from fairapp.rules.fairs import days_of
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.claim_days import days_of_claims


def assigned(work: Work, *, claim_id: int) -> list[Letter]:
    """A booth is yours; confirm where an application waits for it."""
    return _letters(work, "assigned", claim_id)


def moved(work: Work, *, claim_id: int, before: str) -> list[Letter]:
    """You stand elsewhere now."""
    return _letters(work, "moved", claim_id, before)


def days_changed(work: Work, *, claim_id: int) -> list[Letter]:
    """The booth is yours on other days now."""
    return _letters(work, "days", claim_id)


def released(work: Work, *, claim_id: int) -> list[Letter]:
    """The booth is not yours any more."""
    return _letters(work, "released", claim_id)


def _letters(work: Work, event: str, claim_id: int, before: str = "") -> list[Letter]:
    claim = work.session.get(BoothClaim, claim_id)
    if claim is None or (event != "released" and claim.state not in LIVE):
        return []  # moved on or released since: a later letter says so
    held = days_of_claims(work.session, [claim.id]).get(claim.id, ())
    days = held or days_of(claim.booth.fair.starts_on, claim.booth.fair.ends_on)
    sharing = select(Exhibitor).join(CoExhibitor, CoExhibitor.exhibitor_id == Exhibitor.id)
    holders = [
        claim.exhibitor,
        *work.session.scalars(sharing.where(CoExhibitor.claim_id == claim.id).order_by(Exhibitor.id)),
    ]
    return [
        letter
        for exhibitor in holders
        if exhibitor.left_at is None
        for letter in letters_to(
            work,
            exhibitor.fair_id,
            exhibitor.organisation,
            f"allocation/{event}",
            {**_facts(claim, exhibitor, before), "first": days[0], "last": days[-1], "days": days},
        )
    ]


def _facts(claim: BoothClaim, exhibitor: Exhibitor, before: str) -> dict[str, object]:
    booth, fair, application = claim.booth, exhibitor.fair, exhibitor.application
    return {
        "code": booth.code,
        "hall_code": booth.hall.code,
        "hall_names": booth.hall.names,
        "area": booth.area_m2,
        "before": before,
        "reason": claim.end_reason,
        "organisation": exhibitor.organisation.name,
        "fair_names": fair.names,
        "first": fair.starts_on,
        "last": fair.ends_on,
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
        "may_confirm": application is not None and application.state is State.ACCEPTED,
        "path": f"/me/applications/{application.id}" if application else f"/f/{fair.code}",
        "booth_path": f"/B/{booth.short_code}",
    }


LETTERS: dict[str, LetterJob] = {
    "mail.booth_assigned": assigned,
    "mail.booth_moved": moved,
    "mail.booth_days": days_changed,
    "mail.booth_released": released,
}
