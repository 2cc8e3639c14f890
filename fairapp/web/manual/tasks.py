"""What the fair asks of its exhibitors: the list of tasks, and one task."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n import pick
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Invalid, Refused
from fairapp.rules.manual import DERIVED, WRITTEN, TaskKind
from fairapp.store.base import db, reading, transaction
from fairapp.store.fairs_queries import kinds_of
from fairapp.store.manual import ManualTask
from fairapp.store.manual_queries import answers_by_task, task_of, tasks_of
from fairapp.usecases.manual import keep_task, remove_task
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.manual.bp import OFFICE, TASK, bp
from fairapp.web.manual.forms import TaskForm
from fairapp.web.wording import sentences

TASKS = f"{OFFICE}/tasks"


@bp.get(TASKS)
@needs(Permission.MANUAL_EDIT)
def tasks(fair_code: str) -> str:
    """Every task by day, of whom it is asked, and how many have handed it in."""
    session, fair = reading(), current_fair()
    return render_template(
        "manual/tasks.html",
        tasks=tasks_of(session, fair.id),
        handed_in=answers_by_task(session, fair.id),
        kinds={kind.code: pick(kind.names) for kind in kinds_of(session, fair.id)},
    )


@bp.route(f"{TASKS}/new", methods=["GET", "POST"])
@bp.route(f"{TASKS}/{TASK}", methods=["GET", "POST"])
@needs(Permission.MANUAL_EDIT)
def edit(fair_code: str, manual_task_id: int | None = None) -> Any:
    """A task, new or changed."""
    session, fair, form = reading(), current_fair(), TaskForm()
    form.offer(kinds_of(session, fair.id))
    there = None if manual_task_id is None else task_of(session, fair.id, manual_task_id)
    if not form.is_submitted():
        form.fill(there, fair.timezone)
        return _page(form, there)
    if there is not None:
        form.kind.data = there.kind.value  # what is asked does not become something else
    if not form.validate():
        return _page(form, there), 422
    try:
        with transaction() as writing:
            order = form.order(fair.id, fair.timezone, there)
            keep_task(writing, current_actor(), order, datetime.now(UTC))
    except Invalid as invalid:
        db.session.rollback()
        for name, reason in invalid.fields.items():
            form[name].errors = [*form[name].errors, phrase(reason)]
        return _page(form, there), 422
    except Refused as refused:
        db.session.rollback()
        form.form_errors.extend(sentences(refused))
        return _page(form, there), 409
    flash(_("Saved."), "ok")
    return redirect(url_for("manual.tasks", fair_code=fair_code), 303)


@bp.post(f"{TASKS}/{TASK}/remove")
@needs(Permission.MANUAL_EDIT)
def remove(fair_code: str, manual_task_id: int) -> Any:
    """Ask it no more."""
    with transaction() as session:
        remove_task(session, current_actor(), current_fair().id, manual_task_id, datetime.now(UTC))
    flash(_("The task is asked no more. What was handed in is kept."), "ok")
    return redirect(url_for("manual.tasks", fair_code=fair_code), 303)


def _page(form: TaskForm, there: ManualTask | None) -> str:
    return render_template(
        "manual/edit.html",
        form=form,
        there=there,
        may_check=there is None or there.kind not in DERIVED,
        written=WRITTEN,
        Kind=TaskKind,
    )
