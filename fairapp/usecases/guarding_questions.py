"""Hold a step back while the organiser's questions are not answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.applications import Step
from fairapp.rules.carrying import CarryHindrance, marks_from
from fairapp.rules.form_versions import owed
from fairapp.rules.forms import FormHindrance, Stop, form_settings
from fairapp.rules.guards import Act, Hindrance
from fairapp.rules.questions import Phase, body_from
from fairapp.store.applications import Application
from fairapp.store.applications_forms_queries import answer_of, version_for


def unanswered(session: Session, application: Application, step: Act, _now: datetime) -> Iterator[Hindrance]:
    """Questions of the application before it is submitted, details before it is confirmed."""
    if step is Step.SUBMIT and (marks := marks_from(application.answers)):
        yield Hindrance(CarryHindrance.NOT_LOOKED_AT, "form", {"carried_parts": len(marks)})
    confirms = step is Step.CONFIRM and form_settings(application.fair.settings).stop is Stop.CONFIRM
    if step in (Step.SUBMIT, Step.RESUBMIT) and (many := questions_open(session, application, Phase.APPLY)):
        yield Hindrance(FormHindrance.QUESTIONS_OPEN, "form/questions", {"questions_open": many})
    if confirms and (many := questions_open(session, application, Phase.DETAILS)):
        yield Hindrance(FormHindrance.DETAILS_OPEN, "details", {"details_open": many})


def questions_open(session: Session, application: Application, phase: Phase) -> int:
    """How many questions of the phase the applicant has still to answer."""
    current = version_for(session, application.fair_id, phase, application.booth_kind_id)
    if current is None:
        return 0
    answer, body = answer_of(session, application.id, phase), body_from(current.body)
    if answer is None:
        return len(owed(body, body, {}))
    return len(owed(body_from(answer.form_version.body), body, answer.answers))
