"""Questions behind what follows from an act: of some exhibitors everything that it can change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import distinct, exists, func, select
from sqlalchemy.orm import Session, aliased, selectinload

from fairapp.rules.allocation import LIVE
from fairapp.rules.badges import COUNTED
from fairapp.rules.billing import InvoiceKind, InvoiceState, Payer
from fairapp.rules.geometry import as_rings, box_around
from fairapp.rules.jobs import JobState
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.applications_waiting import WaitingOffer
from fairapp.store.badges import Badge
from fairapp.store.base import LOCK
from fairapp.store.billing import Charge, Invoice, InvoiceLine
from fairapp.store.contracts import Signature
from fairapp.store.fairs import Booth
from fairapp.store.gate import Admission
from fairapp.store.operations import Job
from fairapp.store.partners_queries import approved_guests
from fairapp.store.producers import Organisation

AISLE_M = 0.5
"""Booths nearer than this stand side by side."""


def concerned(session: Session, exhibitor_ids: Iterable[int]) -> list[Exhibitor]:
    """These exhibitors and then whoever stands with them, their rows locked in one order."""
    mains = list(dict.fromkeys(exhibitor_ids))
    sharing = session.scalars(
        select(CoExhibitor.exhibitor_id)
        .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
        .where(BoothClaim.exhibitor_id.in_(mains), BoothClaim.state.in_(LIVE))
        .order_by(CoExhibitor.id)
    ).all()
    guests = [guest.id for main in mains for guest in approved_guests(session, main)]
    ids = list(dict.fromkeys((*mains, *sharing, *guests)))
    return people(session, ids)


def holders_of(session: Session, booth_ids: Iterable[int]) -> Sequence[int]:
    """Whoever holds one of these booths, each once, in one order."""
    return session.scalars(
        select(BoothClaim.exhibitor_id)
        .where(BoothClaim.booth_id.in_(list(booth_ids)), BoothClaim.state.in_(LIVE))
        .distinct()
        .order_by(BoothClaim.exhibitor_id)
    ).all()


def people(session: Session, ids: Sequence[int]) -> list[Exhibitor]:
    """The exhibitors with these numbers as they are now, in this order, locked."""
    found = session.scalars(
        select(Exhibitor)
        .where(Exhibitor.id.in_(ids))
        .order_by(Exhibitor.id)
        .options(selectinload(Exhibitor.organisation), selectinload(Exhibitor.application))
        .with_for_update(of=Exhibitor, **LOCK)
        .execution_options(populate_existing=True)
    ).all()
    places = {number: place for place, number in enumerate(ids)}
    return sorted(found, key=lambda each: places[each.id])


def booths_by_holder(session: Session, ids: Sequence[int]) -> dict[int, list[Booth]]:
    """The booths that each of them holds, by code."""
    rows = session.execute(
        select(BoothClaim.exhibitor_id, Booth)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(BoothClaim.exhibitor_id.in_(ids), BoothClaim.state.in_(LIVE))
        .order_by(Booth.code, Booth.id)
    )
    found: defaultdict[int, list[Booth]] = defaultdict(list)
    for exhibitor_id, booth in rows:
        found[exhibitor_id].append(booth)
    return found


def places_by_guest(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    """The codes of the booths in which each of them has a place beside the holder."""
    rows = session.execute(
        select(CoExhibitor.exhibitor_id, Booth.code)
        .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(CoExhibitor.exhibitor_id.in_(ids), BoothClaim.state.in_(LIVE))
        .order_by(Booth.code, Booth.id)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for exhibitor_id, code in rows:
        found[exhibitor_id].append(code)
    return found


def badges_by_holder(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Valid badges of each, and with how many of them somebody has passed a gate."""
    rows = session.execute(
        select(Badge.exhibitor_id, func.count(distinct(Badge.id)), func.count(distinct(Admission.badge_id)))
        .outerjoin(Admission, Admission.badge_id == Badge.id)
        .where(Badge.exhibitor_id.in_(ids), Badge.state.in_(COUNTED))
        .group_by(Badge.exhibitor_id)
    )
    return {holder: (valid, inside) for holder, valid, inside in rows if holder is not None}


def charges_by_debtor(session: Session, ids: Sequence[int]) -> dict[int, list[Charge]]:
    """What each of them is charged itself and owes still."""
    rows = session.scalars(
        select(Charge)
        .where(Charge.exhibitor_id.in_(ids), Charge.cancelled_at.is_(None), Charge.payer == Payer.PRODUCER)
        .order_by(Charge.id)
    )
    found: defaultdict[int, list[Charge]] = defaultdict(list)
    for charge in rows:
        found[charge.exhibitor_id].append(charge)
    return found


class Billed(NamedTuple):
    """What was paid of somebody's invoices, and what of them is to be credited."""

    paid_minor: int
    credit_due_minor: int


_OPEN = (InvoiceState.ISSUED, InvoiceState.PART_PAID, InvoiceState.PAID)


def billed(session: Session, ids: Sequence[int]) -> dict[int, Billed]:
    """Of the invoices that went to each of them."""
    own = (
        Invoice.exhibitor_id.in_(ids),
        Invoice.payer == Payer.PRODUCER,
        Invoice.kind == InvoiceKind.INVOICE,
        Invoice.state.in_(_OPEN),
    )
    paid = (
        select(Invoice.exhibitor_id, func.sum(Invoice.paid_minor)).where(*own).group_by(Invoice.exhibitor_id)
    )
    line, note = aliased(InvoiceLine), aliased(InvoiceLine)
    ended = (
        select(Invoice.exhibitor_id, func.sum(line.gross_minor))
        .join(line, line.invoice_id == Invoice.id)
        .join(Charge, Charge.invoice_line_id == line.id)
        .where(*own, Charge.cancelled_at.is_not(None), ~exists().where(note.credits_line_id == line.id))
        .group_by(Invoice.exhibitor_id)
    )
    sums, due = dict(session.execute(paid).all()), dict(session.execute(ended).all())
    return {each: Billed(int(sums.get(each, 0)), int(due.get(each, 0))) for each in ids}


def signed(session: Session, application_ids: Sequence[int]) -> frozenset[int]:
    """Those of the applications whose contract is signed."""
    return frozenset(
        session.scalars(
            select(Signature.application_id).where(
                Signature.application_id.in_(application_ids), Signature.is_live.is_(True)
            )
        )
    )


def side_by_side(session: Session, delegation_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """For each exhibitor of the delegations, the names of its fellows at the next booths."""
    rows = session.execute(
        select(Exhibitor.id, Organisation.name, Application.delegation_id, Booth.hall_id, Booth.outline)
        .join(Application, Application.id == Exhibitor.application_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .join(BoothClaim, BoothClaim.exhibitor_id == Exhibitor.id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(Application.delegation_id.in_(list(delegation_ids)), BoothClaim.state.in_(LIVE))
    ).all()
    drawn = [(row, box_around(as_rings(row.outline)[0]).grown(AISLE_M)) for row in rows if row.outline]
    found: defaultdict[int, set[str]] = defaultdict(set)
    for one, here in drawn:
        for other, there in drawn:
            same = (one.delegation_id, one.hall_id) == (other.delegation_id, other.hall_id)
            meets = here.left <= there.right and there.left <= here.right
            if (
                same
                and one.id != other.id
                and meets
                and here.top <= there.bottom
                and there.top <= here.bottom
            ):
                found[one.id].add(other.name)
    return {number: frozenset(names) for number, names in found.items()}


def offers_of(session: Session, fair_id: int) -> frozenset[tuple[str, str]]:
    """Booths that are offered to the waiting list now, and the name of whoever has to answer."""
    rows = session.execute(
        select(Booth.code, Organisation.name)
        .join(WaitingOffer, WaitingOffer.booth_id == Booth.id)
        .join(Application, Application.id == WaitingOffer.application_id)
        .join(Organisation, Organisation.id == Application.organisation_id)
        .where(WaitingOffer.fair_id == fair_id, WaitingOffer.ended_at.is_(None))
    )
    return frozenset((code, name) for code, name in rows)


def catalogue_is_made(session: Session, fair_id: int) -> bool:
    """Whether a catalogue of the fair has been made already."""
    made = exists().where(Job.fair_id == fair_id, Job.name == "catalogue", Job.state == JobState.DONE)
    return bool(session.scalar(select(made)))
