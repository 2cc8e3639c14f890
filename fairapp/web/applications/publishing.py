"""Forms before and after publishing: seen as an applicant, compared, and with whom they ask again."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request

from fairapp.i18n import gettext as _
from fairapp.i18n import pick
from fairapp.rules.actors import Permission
from fairapp.rules.answers import faults
from fairapp.rules.errors import Missing
from fairapp.rules.form_building import body_faults
from fairapp.rules.form_versions import Standing, difference, owed, standing
from fairapp.rules.questions import Body, body_from
from fairapp.store.applications_forms import Form
from fairapp.store.applications_forms_queries import Asked, asked_by, form_of, versions_of
from fairapp.store.base import reading
from fairapp.usecases.applications_forms import Page
from fairapp.usecases.applications_publishing import publish_form
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.applications.asking import FEW, asking_form
from fairapp.web.applications.bp import FORM, bp
from fairapp.web.applications.building import back_to_draft, form_title, tried
from fairapp.web.applications.building_forms import VersionForm
from fairapp.web.applications.showing import TAGS
from fairapp.web.paging import page_asked

PER_PAGE = 50


@bp.route(f"{FORM}/preview", methods=["GET", "POST"])
@needs(Permission.FORM_EDIT)
def form_preview(fair_code: str, form_id: int) -> Any:
    """The draft as an applicant sees it; answers can be tried, none is kept."""
    form = form_of(reading(), current_fair().id, form_id)
    body = body_from(form.draft)
    asked = asking_form(body) if request.method == "POST" else asking_form(body, {})
    fits = False
    if asked.validate_on_submit():
        said, wrong = asked.said()
        unfit = {fault.key for fault in wrong}
        wrong += tuple(fault for fault in faults(body, said) if fault.key not in unfit)
        asked.show_faults(wrong)
        fits = not wrong
    page = render_template(
        "applications/form_preview.html",
        form=asked,
        kept=form,
        title=form_title(form),
        fits=fits,
        few=FEW,
        files={},
        marks={},
    )
    return (page, 422) if request.method == "POST" and not fits else page


@bp.get(f"{FORM}/publish")
@needs(Permission.FORM_EDIT)
def form_to_publish(fair_code: str, form_id: int) -> Any:
    """What publishing changes, and who must answer again."""
    return _publish_page(form_of(reading(), current_fair().id, form_id))


@bp.post(f"{FORM}/publish")
@needs(Permission.FORM_EDIT)
def publish_the_form(fair_code: str, form_id: int) -> Any:
    """Ask what the draft says from now on."""
    fair = current_fair()
    page, tells, made = Page(fair.id, form_id, VersionForm().seen()), "tells" in request.form, []
    reasons = tried(
        lambda session, now: made.append(
            publish_form(session, current_actor(), page, now, tells=tells).number
        )
    )
    if reasons:
        return _publish_page(form_of(reading(), fair.id, form_id), reasons), 409
    flash(_("Version %(number)s is published.", number=made[0]), "ok")
    return back_to_draft(form_id)


@bp.get(f"{FORM}/versions/<int(max=99999):number>")
@needs(Permission.FORM_EDIT)
def form_version(fair_code: str, form_id: int, number: int) -> Any:
    """A version as it was asked."""
    form = form_of(reading(), current_fair().id, form_id)
    versions = {each.number: each for each in versions_of(reading(), form.id)}
    if number not in versions:
        raise Missing
    return render_template(
        "applications/form_preview.html",
        form=asking_form(body_from(versions[number].body), {}),
        kept=form,
        title=_("%(form)s, version %(number)s", form=form_title(form), number=number),
        fits=False,
        few=FEW,
        files={},
        marks={},
        version=versions[number],
    )


@bp.get(f"{FORM}/answers")
@needs(Permission.FORM_EDIT)
def form_answers(fair_code: str, form_id: int) -> Any:
    """Whom the form asks and how far each is: those who must answer again first asked for."""
    form = form_of(reading(), current_fair().id, form_id)
    versions = versions_of(reading(), form.id)
    current = body_from(versions[0].body) if versions else Body()
    people = _people(form, current) if versions else []
    wanted = request.args.get("how", "")
    counts = {each: sum(how is each for _who, how, _keys in people) for each in Standing}
    shown = [each for each in people if not wanted or each[1].value == wanted]
    page = page_asked(len(shown), PER_PAGE)
    return render_template(
        "applications/form_answers.html",
        form=form,
        title=form_title(form),
        current=current,
        versions=versions,
        rows=shown[page.skipped : page.skipped + page.size],
        page=page,
        counts=counts,
        everything=len(people),
        wanted=wanted,
        labels={each.key: pick(each.labels) for each in current.questions()},
        Standing=Standing,
        tags=TAGS,
        standing_tags=STANDING_TAGS,
    )


STANDING_TAGS = {
    Standing.COMPLETE: ("ok", "check"),
    Standing.INCOMPLETE: ("info", "edit"),
    Standing.AGAIN: ("warn", "redo"),
    Standing.NOT_BEGUN: ("", "clock"),
}


def _people(form: Form, body: Body) -> list[tuple[Asked, Standing, tuple[str, ...]]]:
    """Everybody whom the form asks, how far they are with ``body``, and which questions are open."""
    found, bodies = [], dict[int, Body]()
    for each in asked_by(reading(), form):
        answered, answers = None, {}
        if each.answer is not None:
            version = each.answer.form_version
            answered, answers = bodies.setdefault(version.id, body_from(version.body)), each.answer.answers
        how = standing(answered, body, answers)
        keys = tuple(fault.key for fault in owed(answered or body, body, answers))
        found.append((each, how, keys))
    return found


def _publish_page(form: Form, reasons: tuple[str, ...] = ()) -> str:
    session, body = reading(), body_from(form.draft)
    versions = versions_of(session, form.id)
    old = body_from(versions[0].body) if versions else Body()
    again = [each for each in _people(form, body) if each[1] is Standing.AGAIN] if versions else []
    return render_template(
        "applications/form_publish.html",
        form=form,
        title=form_title(form),
        versions=versions,
        changes=difference(old, body),
        labels={each.key: pick(each.labels) for one in (old, body) for each in one.questions()},
        again=again,
        wrong=body_faults(body),
        reasons=reasons,
    )
