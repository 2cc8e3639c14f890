"""One exhibitor's manual in the office: what it owes, what it handed in, and whether that will do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.rules.duties import OPEN, Duty, tally
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.manual import STEPS, AnswerStep
from fairapp.store.applications_queries import exhibitor_from
from fairapp.store.base import db, reading, transaction
from fairapp.store.duties_queries import people_of
from fairapp.store.fairs_queries import halls_of
from fairapp.store.manual_queries import answer_of, answers_of, bookings_in, how_many_wait, waiting_answers
from fairapp.usecases.duties import duties_of
from fairapp.usecases.manual_answers import CheckAnswer, check_answer
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.manual.bp import ANSWER, ANSWER_TAGS, OFFICE, ONE, TAGS, bp
from fairapp.web.manual.forms import CheckForm
from fairapp.web.one_application import of_this_fair
from fairapp.web.paging import page_asked
from fairapp.web.wording import sentences

PER_PAGE = 50
CHECKS = "<any(approve,return):step>"


@bp.get(ONE)
@needs(Permission.MANUAL_EDIT)
def of_application(fair_code: str, application_id: int) -> str:
    """Everything that one exhibitor owes, with what it handed in."""
    session, fair, application = reading(), current_fair(), of_this_fair(application_id)
    exhibitor = exhibitor_from(session, application.id)
    duties: list[Duty] = []
    if exhibitor is not None:
        people = people_of(session, fair.id, [exhibitor.id])
        duties = duties_of(session, fair, people, datetime.now(UTC)).get(exhibitor.id, [])
    return render_template(
        "manual/application.html",
        application=application,
        exhibitor=exhibitor,
        duties=duties,
        tally=tally(duties),
        answers=answers_of(session, exhibitor.id) if exhibitor else {},
        slot=bookings_in(session, fair.id).get(exhibitor.id) if exhibitor else None,
        halls={hall.id: hall for hall in halls_of(session, fair.id)},
        tags=TAGS,
        Open=OPEN,
    )


@bp.get(f"{OFFICE}/answers")
@needs(Permission.MANUAL_EDIT)
def waiting(fair_code: str) -> str:
    """What was handed in and waits for an organiser, the longest waiting first."""
    session, fair = reading(), current_fair()
    page = page_asked(how_many_wait(session, fair.id), PER_PAGE)
    found = waiting_answers(fair.id).offset(page.skipped).limit(page.size)
    return render_template("manual/waiting.html", answers=session.scalars(found).all(), page=page)


@bp.get(f"{OFFICE}/answers/{ANSWER}")
@needs(Permission.MANUAL_EDIT)
def answer(fair_code: str, task_answer_id: int) -> str:
    """One thing that was handed in, with the buttons that decide."""
    return _page(task_answer_id, CheckForm(formdata=None))


@bp.post(f"{OFFICE}/answers/{ANSWER}/{CHECKS}")
@needs(Permission.MANUAL_EDIT)
def decide(fair_code: str, task_answer_id: int, step: str) -> Any:
    """Approve it or send it back; a second press does no harm."""
    form, asked = CheckForm(), AnswerStep(step)
    there = answer_of(reading(), current_actor(), task_answer_id)
    if not form.validate_on_submit():
        return _page(task_answer_id, form), 422
    outcome = {after for (_state, taken), after in STEPS.items() if taken is asked}
    if (there.state, asked) in STEPS or there.state not in outcome:
        try:
            with transaction() as session:
                order = CheckAnswer(current_fair().id, task_answer_id, asked, form.reason.data or "")
                check_answer(session, current_actor(), order, datetime.now(UTC))
        except Refused as refused:
            db.session.rollback()
            return _page(task_answer_id, form, sentences(refused)), 409
        flash(
            _("Approved.") if asked is AnswerStep.APPROVE else _("Sent back. The exhibitor gets a letter."),
            "ok",
        )
    if request.args.get("from") == "queue":
        return redirect(url_for("manual.waiting", fair_code=fair_code), 303)
    application_id = there.exhibitor.application_id
    return redirect(url_for("manual.of_application", fair_code=fair_code, application_id=application_id), 303)


def _page(answer_id: int, form: CheckForm, reasons: tuple[str, ...] = ()) -> str:
    session, fair = reading(), current_fair()
    there = answer_of(session, current_actor(), answer_id)
    if there.task.fair_id != fair.id:
        raise Missing
    return render_template(
        "manual/answer.html",
        answer=there,
        form=form,
        reasons=reasons,
        can=[step for step in (AnswerStep.APPROVE, AnswerStep.RETURN) if (there.state, step) in STEPS],
        slot=bookings_in(session, fair.id).get(there.exhibitor_id),
        tags=ANSWER_TAGS,
        Step=AnswerStep,
    )
