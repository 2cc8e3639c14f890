"""How an application stands with the documents that its fair asks for, and what their lack holds back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.applications import Step
from fairapp.rules.documents import (
    REASONS,
    Applicant,
    DocumentKind,
    Paper,
    Standing,
    Stops,
    applicant,
    asked_of,
    asks,
    holds_back,
    standing,
)
from fairapp.rules.guards import Act, Deed, Hindrance
from fairapp.store.applications import Application
from fairapp.store.base import Texts
from fairapp.store.documents import Document
from fairapp.store.documents_queries import as_rule, documents_of, requirements_of, shown_groups

AT: dict[Act, Stops] = {
    Step.SUBMIT: Stops.SUBMIT,
    Step.RESUBMIT: Stops.SUBMIT,
    Step.CONFIRM: Stops.CONFIRM,
    Deed.HAND_OVER: Stops.HAND_OVER,
}
"""The steps that documents can hold back."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One kind of document that the fair asks of the applicant, and how it stands."""

    kind: DocumentKind
    stops: Stops
    standing: Standing
    document: Document | None
    """The one that says so."""
    newer: Document | None
    """One that was uploaded since, where an older one counts."""
    texts: tuple[Texts, ...]


def documents_in_the_way(
    session: Session, application: Application, act: Act, _now: datetime
) -> Iterable[Hindrance]:
    """The guard: what is missing, refused, expiring or unchecked, each kind named."""
    at = AT.get(act)
    if at is None:
        return
    asked = documents_asked_of(session, application)
    for how, reason in REASONS.items():
        kinds = tuple(each.kind for each in asked if each.standing is how and holds_back(each.stops, at, how))
        if kinds:
            yield Hindrance(reason, "documents", {reason.value: kinds})


def documents_asked_of(session: Session, application: Application) -> tuple[Asked, ...]:
    """Every kind of document that is asked of the applicant, in the order of the kinds."""
    rows = requirements_of(session, application.fair_id)
    if not rows:
        return ()
    applicant = _applicant_of(application, shown_groups(session, application.id))
    stops = asked_of([as_rule(row) for row in rows], applicant)
    if not stops:
        return ()
    kept = documents_of(session, application.organisation_id)
    found = []
    for kind, earliest in stops.items():
        of_kind = [each for each in kept if each.kind is kind]
        papers = [Paper(each.kind, each.state, each.expires_on) for each in of_kind]
        how, place = standing(papers, application.fair.ends_on)
        document = None if place is None else of_kind[place]
        texts = tuple(row.texts for row in rows if row.kind is kind and asks(as_rule(row), applicant))
        found.append(Asked(kind, earliest, how, document, of_kind[0] if place else None, texts))
    return tuple(found)


def _applicant_of(application: Application, shown: Iterable[tuple[str, int | None]]) -> Applicant:
    """Whom the fair asks; ``shown``: group and stars of every product of the application."""
    organisation, kind = application.organisation, application.booth_kind
    is_at_home = organisation.country == application.fair.country
    return applicant(organisation.kind, is_at_home, kind.code if kind else None, shown)
