"""Draws in the office: prepared, sealed, drawn, run turn by turn; and the ways that a fair opens."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from fairapp.i18n import gettext as _
from fairapp.rules.actors import Actor, Permission
from fairapp.rules.draws import DrawState, TurnState
from fairapp.rules.errors import Clash, Missing, Refused
from fairapp.rules.holds import ChoosingSettings
from fairapp.store.applications_review import halls_to_choose
from fairapp.store.base import db, reading, transaction
from fairapp.store.draws import SpaceDraw
from fairapp.store.draws_queries import draws_of_fair, entrants_in, turns_counted
from fairapp.store.fairs import Fair
from fairapp.store.holds import without_booth
from fairapp.usecases.draws import annul_draw, prepare_draw, reveal_draw, seal_draw, start_turns
from fairapp.usecases.draws_choosing import keep_choosing
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.draws.bp import OFFICE, bp
from fairapp.web.draws.forms import AnnulForm, ChoosingForm, PrepareForm, RevealForm, StartForm
from fairapp.web.paging import page_asked
from fairapp.web.wording import sentences

PER_PAGE = 50
ONE = f"{OFFICE}/draw/<int(max=2147483647):draw_id>"
TAGS = {
    DrawState.PREPARED: ("", "edit"),
    DrawState.COMMITTED: ("info", "lock"),
    DrawState.REVEALED: ("info", "check"),
    DrawState.RUNNING: ("warn", "clock"),
    DrawState.FINISHED: ("ok", "check"),
    DrawState.ANNULLED: ("err", "ban"),
}
TURN_TAGS = {
    TurnState.WAITING: ("", "clock"),
    TurnState.CALLED: ("warn", "flag"),
    TurnState.CHOSEN: ("ok", "check"),
    TurnState.PASSED: ("", "right"),
    TurnState.MISSED: ("err", "x"),
    TurnState.GONE: ("", "x"),
}


@bp.route(f"{OFFICE}/choosing", methods=["GET", "POST"])
@needs(Permission.FAIR_EDIT)
def choosing(fair_code: str) -> Any:
    """Which ways to a booth the fair opens."""
    fair, form = current_fair(), ChoosingForm()
    form.offer(fair, list(halls_to_choose(reading(), fair)))
    if not form.is_submitted():
        return render_template("draws/choosing.html", form=form)
    if not form.validate():
        return render_template("draws/choosing.html", form=form), 422
    with transaction() as session:
        keep_choosing(session, current_actor(), fair.id, form.settings(fair), datetime.now(UTC))
    flash(_("Saved. It holds from now on."), "ok")
    return redirect(url_for("draws.choosing", fair_code=fair_code), 303)


@bp.route(f"{OFFICE}/draw", methods=["GET", "POST"])
@needs(Permission.BOOTH_ASSIGN)
def draws(fair_code: str) -> Any:
    """The fair's draws, and a new one when none goes on."""
    fair, form = current_fair(), PrepareForm()
    form.offer()
    if not form.is_submitted():
        return _list_page(fair, form)
    if not form.validate():
        return _list_page(fair, form), 422
    try:
        with transaction() as session:
            order = form.order(fair)
            draw_id = prepare_draw(session, current_actor(), order, datetime.now(UTC)).id
    except (Refused, Clash) as refusal:
        db.session.rollback()
        form.form_errors.extend(sentences(refusal))
        return _list_page(current_fair(), form), 409
    return redirect(url_for("draws.draw", fair_code=fair_code, draw_id=draw_id), 303)


@bp.get(ONE)
@needs(Permission.BOOTH_ASSIGN)
def draw(fair_code: str, draw_id: int) -> str:
    """One draw: how it stands, what comes next, and its entrants in their order."""
    return _page(_draw(draw_id))


@bp.post(f"{ONE}/seal")
@needs(Permission.BOOTH_ASSIGN)
def seal(fair_code: str, draw_id: int) -> Any:
    """Freeze who takes part and publish the check sum."""
    seed, done = secrets.token_hex(32), _("The draw is sealed. Everybody who takes part gets a letter.")
    return _step(draw_id, lambda session, actor: seal_draw(session, actor, draw_id, seed, _now()), done)


@bp.post(f"{ONE}/reveal")
@needs(Permission.BOOTH_ASSIGN)
def reveal(fair_code: str, draw_id: int) -> Any:
    """Mix the public value in."""
    form, done = RevealForm(), _("The order is drawn and published.")
    return _step(
        draw_id,
        lambda session, actor: reveal_draw(session, actor, draw_id, form.public_value.data or "", _now()),
        done,
        reveal_form=form,
    )


@bp.post(f"{ONE}/start")
@needs(Permission.BOOTH_ASSIGN)
def start(fair_code: str, draw_id: int) -> Any:
    """Call the first."""
    form, done = StartForm(), _("The turns have begun.")
    return _step(
        draw_id,
        lambda session, actor: start_turns(session, actor, form.order(current_fair(), draw_id), _now()),
        done,
        start_form=form,
    )


@bp.post(f"{ONE}/annul")
@needs(Permission.BOOTH_ASSIGN)
def annul(fair_code: str, draw_id: int) -> Any:
    """Let the draw count no more."""
    form, done = AnnulForm(), _("The draw is annulled. It stays to be read with its reason.")
    return _step(
        draw_id,
        lambda session, actor: annul_draw(session, actor, draw_id, form.reason.data or "", _now()),
        done,
        annul_form=form,
    )


def _step(draw_id: int, act: Callable[[Session, Actor], object], done: str, **forms: FlaskForm) -> Any:
    """Do what its form asks, where it has one, and say so; a second press finds it done and says how it
    stands."""
    before, form = _draw(draw_id), next(iter(forms.values()), None)
    if form is not None and not form.validate():
        return _page(before, **forms), 422
    try:
        with transaction() as session:
            act(session, current_actor())
    except (Refused, Clash) as refusal:
        db.session.rollback()
        if form is None:
            for said in sentences(refusal):
                flash(said, "warn")
            return redirect(url_for("draws.draw", fair_code=before.fair.code, draw_id=draw_id), 303)
        form.form_errors.extend(sentences(refusal))
        return _page(_draw(draw_id), **forms), 409
    flash(done, "ok")
    return redirect(url_for("draws.draw", fair_code=current_fair().code, draw_id=draw_id), 303)


def _now() -> datetime:
    return datetime.now(UTC)


def _draw(draw_id: int) -> SpaceDraw:
    """A draw of the fair in the address."""
    found = reading().get(SpaceDraw, draw_id)
    if found is None or found.fair_id != current_fair().id:
        raise Missing
    return found


def _list_page(fair: Fair, form: PrepareForm) -> str:
    session = reading()
    found = draws_of_fair(session, fair.id)
    return render_template(
        "draws/draws.html",
        rows=found,
        form=form,
        is_open=ChoosingSettings.read(fair.settings).draw,
        goes_on=any(each.ended_at is None for each in found),
        many=len(without_booth(session, fair.id)),
        tags=TAGS,
    )


def _page(
    found: SpaceDraw,
    reveal_form: RevealForm | None = None,
    start_form: StartForm | None = None,
    annul_form: AnnulForm | None = None,
) -> str:
    session = reading()
    counted = turns_counted(session, found.id)
    page = page_asked(sum(counted.values()), PER_PAGE)
    return render_template(
        "draws/draw.html",
        draw=found,
        rows=entrants_in(session, found.id, page.skipped, page.size),
        page=page,
        counted=counted,
        many=len(without_booth(session, found.fair_id)) if found.state is DrawState.PREPARED else 0,
        reveal_form=reveal_form or RevealForm(formdata=None),
        start_form=start_form or StartForm(formdata=None, window_minutes=60),
        annul_form=annul_form or AnnulForm(formdata=None),
        now=_now(),
        tags=TAGS,
        turn_tags=TURN_TAGS,
        State=DrawState,
        Turn=TurnState,
    )
