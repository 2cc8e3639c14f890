"""The applicant's pages: begin, see how it stands, check the answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import g, redirect, render_template, request, url_for

from fairapp.i18n import formats, ngettext, pick
from fairapp.i18n import gettext as _
from fairapp.rules.applications import EDITABLE, Circumstances, Part, State, Step, refusals
from fairapp.rules.carrying import CARRIED
from fairapp.rules.errors import Missing
from fairapp.rules.fairs import FairState
from fairapp.rules.form_versions import Standing
from fairapp.rules.questions import Phase
from fairapp.rules.wishes import BUDGET
from fairapp.store.applications import Application
from fairapp.store.applications_queries import (
    application_of,
    exhibitor_from,
    organisations_applying,
    products_shown,
    steps_of,
)
from fairapp.store.applications_review import booths_of_applications
from fairapp.store.applications_waiting import open_offer_to, place_in_line
from fairapp.store.base import reading, transaction
from fairapp.store.fairs import Fair
from fairapp.store.fairs_queries import groups_of
from fairapp.usecases.applications import BeginApplication, begin_application
from fairapp.usecases.applications_answers import current_form
from fairapp.usecases.applications_steps import circumstances
from fairapp.usecases.guarding import hindrances
from fairapp.web.access import current_fair, signed_in
from fairapp.web.actor import current_actor
from fairapp.web.applications.answered import Due, answered_in, due_of
from fairapp.web.applications.bp import MINE, bp
from fairapp.web.applications.showing import (
    TAGS,
    days_said,
    missing_parts,
    price_of,
    size_of,
    tasks_of,
    timeline_of,
)
from fairapp.web.places import place_of


def own(application_id: int) -> Application:
    """The application, for a member of its organisation only; its fair fills the page's frame."""
    actor = current_actor()
    application = application_of(reading(), actor, application_id)
    if application.organisation_id not in actor.organisation_ids:
        raise Missing
    g.fair = application.fair
    return application


@bp.get("/me/apply/<fair_code>")
@signed_in
def apply(fair_code: str) -> Any:
    """Choose for which organisation to apply; straight on where there is no choice left."""
    fair = current_fair()
    if fair.state is FairState.PLANNED:
        raise Missing
    found = organisations_applying(reading(), current_actor(), fair.id)
    if len(found) == 1 and found[0][1] is not None:
        return redirect(url_for("applications.status", application_id=found[0][1].id))
    at = datetime.now(UTC)
    closed = fair.apply_until is not None and at > fair.apply_until
    early = fair.apply_from is not None and at < fair.apply_from
    return render_template(
        "applications/apply.html", found=found, closed=closed, early=early, State=State, tags=TAGS
    )


@bp.post("/me/apply/<fair_code>")
@signed_in
def begin(fair_code: str) -> Any:
    """Begin the application, or go on with the one that is there."""
    asked = request.form.get("organisation", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        raise Missing
    with transaction() as session:
        order = BeginApplication(current_fair().id, int(asked))
        application = begin_application(session, current_actor(), order, datetime.now(UTC))
        view = "tasks" if application.state in EDITABLE else "status"
        return redirect(url_for(f"applications.{view}", application_id=application.id), 303)


@bp.get(MINE)
@signed_in
def status(application_id: int) -> Any:
    """How it stands, what comes next, what was said, and every answer."""
    session, application = reading(), own(application_id)
    at = circumstances(session, application, datetime.now(UTC))
    can = {step: not refusals(application.state, step, at) for step in Step}
    first = hindrances(session, application, Step.CONFIRM, at.now) if can[Step.CONFIRM] else ()
    history = steps_of(session, application.id)
    booths = booths_of_applications(session, [application.id]).get(application.id, [])
    return render_template(
        "applications/status.html",
        application=application,
        history=history,
        line=timeline_of(application, history, at.booths),
        booths=booths,
        dues=[due for phase in Phase if (due := due_of(application, phase)) and due.against is None],
        exhibitor=exhibitor_from(session, application.id),
        offer=open_offer_to(session, application.id),
        in_line=place_in_line(session, application),
        at=at,
        can=can,
        hindrances=first,
        against={step: refusals(application.state, step, at) for step in (Step.SUBMIT, Step.REOPEN)},
        State=State,
        Step=Step,
        tags=TAGS,
        **answers_shown(application),
    )


@bp.get(f"{MINE}/form")
@signed_in
def tasks(application_id: int) -> Any:
    """The parts of the form, and how far each is."""
    session, application = reading(), own(application_id)
    if application.state not in EDITABLE:
        return redirect(url_for("applications.status", application_id=application.id))
    at = circumstances(session, application, datetime.now(UTC))
    shown = answers_shown(application)
    zones = {code: pick(group.names) for code, group in shown["groups"].items()}
    asks = due_of(application, Phase.APPLY)
    found = tasks_of(
        application, at, _hints(application, len(shown["products"]), zones) | _asked_hint(asks), asks
    )
    return render_template(
        "applications/tasks.html",
        application=application,
        tasks=found,
        done=sum(task.state == "done" for task in found),
        missing=missing_parts(at),
        closed=_is_closed(application, at),
        until=at.apply_until,
        carried=carried_from(application),
        Part=Part,
        State=State,
        **shown,
    )


@bp.get(f"{MINE}/check")
@signed_in
def check(application_id: int) -> Any:
    """Every answer once more, then the button that submits."""
    application = own(application_id)
    if application.state not in EDITABLE:
        return redirect(url_for("applications.status", application_id=application.id))
    return check_page(application)


def check_page(application: Application, reasons: tuple[str, ...] = ()) -> str:
    """The page with all answers, and what stands against submitting them."""
    at = circumstances(reading(), application, datetime.now(UTC))
    step = Step.RESUBMIT if application.state is State.RETURNED else Step.SUBMIT
    return render_template(
        "applications/check.html",
        application=application,
        step=step,
        missing=missing_parts(at),
        hindrances=hindrances(reading(), application, step, at.now),
        closed=_is_closed(application, at),
        until=at.apply_until,
        reasons=reasons,
        Part=Part,
        **answers_shown(application),
    )


def answers_shown(application: Application, office: str = "") -> dict[str, Any]:
    """What pages need to show the answers; ``office``: the fair's code, on its side."""
    session = reading()
    groups = groups_of(session, application.fair)
    return {
        "products": products_shown(session, application.id),
        "groups": {group.code: group for group in groups},
        "price": price_of(application),
        "size": size_of(application),
        "days": days_said(application),
        "place": place_of(application.organisation),
        "asked": answered_in(application, Phase.APPLY, office),
    }


def carried_from(application: Application) -> Fair | None:
    """The fair whose application this draft was filled in from."""
    last_id = application.answers.get(CARRIED, {}).get("from")
    last = reading().get(Application, last_id) if last_id and application.state is State.DRAFT else None
    return last.fair if last else None


def parts_of(application: Application) -> list[Part]:
    """The parts that are asked: the organiser's questions only where there are any."""
    asks = current_form(reading(), application, Phase.APPLY) is not None
    return [part for part in Part if asks or part is not Part.QUESTIONS]


def _is_closed(application: Application, at: Circumstances) -> bool:
    return application.state is State.DRAFT and at.apply_until is not None and at.now > at.apply_until


def _asked_hint(asks: Due | None) -> dict[Part, str]:
    """How far the organiser's questions are, in words."""
    if asks is None or asks.how is Standing.NOT_BEGUN:
        return {}
    if asks.open:
        return {Part.QUESTIONS: ngettext("%(num)s still to answer", "%(num)s still to answer", asks.open)}
    return {Part.QUESTIONS: _("All answered")}


def _hints(application: Application, products: int, zones: dict[str, str]) -> dict[Part, str]:
    kind, wishes, needs = application.booth_kind, application.wishes, application.needs
    power, corner = needs.get("power_w"), [_("Corner")] if wishes.get("corner") else []
    zone = wishes.get("zone")
    asked = [zones.get(zone, zone)] if zone else []
    if most := wishes.get(BUDGET):
        asked.append(_("At most %(sum)s", sum=formats.money(most, application.fair.currency)))
    asked += corner + [str(wishes[name]) for name in ("near", "hall") if wishes.get(name)]
    said = {
        Part.KIND: f"{pick(kind.names)}, {size_of(application)}" if kind else "",
        Part.WISHES: " · ".join(asked),
        Part.NEEDS: f"{formats.number(power)} W" if power else "",
        Part.PRODUCTS: ngettext("%(num)s product", "%(num)s products", products) if products else "",
    }
    return {part: words for part, words in said.items() if words}
