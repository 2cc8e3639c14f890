"""Ask every guard: the one place that knows what other rooms hold against a step.

A guard reads the store and asks rules; it is the same for the applicant's page, the organiser's hand,
an import and a job, and so are its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.guards import Act, Hindrance
from fairapp.store.applications import Application
from fairapp.usecases.guarding_contracts import contract_in_the_way
from fairapp.usecases.guarding_documents import documents_in_the_way
from fairapp.usecases.guarding_endorsement import endorsed_by_its_head
from fairapp.usecases.guarding_money import money_in_the_way
from fairapp.usecases.guarding_questions import unanswered

Guard = Callable[[Session, Application, Act, datetime], Iterable[Hindrance]]

GUARDS: tuple[Guard, ...] = (
    endorsed_by_its_head,
    unanswered,
    documents_in_the_way,
    contract_in_the_way,
    money_in_the_way,
)
"""In the order in which their reasons are read."""


def hindrances(session: Session, application: Application, step: Act, now: datetime) -> tuple[Hindrance, ...]:
    """Everything that keeps ``step`` back now: nothing when it may be taken."""
    return tuple(found for guard in GUARDS for found in guard(session, application, step, now))
