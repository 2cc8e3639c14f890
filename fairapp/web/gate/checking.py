"""Choose a gate and check badges in at it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for

from fairapp.adapters.signing import BadgeKeys
from fairapp.i18n import gettext as _
from fairapp.i18n.printed_badges import ROLES
from fairapp.rules.actors import Permission
from fairapp.rules.badges import VALID, GateResult
from fairapp.store.badges_lists import stands_of
from fairapp.store.base import reading, transaction
from fairapp.store.fairs import Fair
from fairapp.store.fairs_queries import gates_of
from fairapp.store.gate import Gate, ScanEvent
from fairapp.store.gate_queries import (
    admissions_by_gate,
    admitting_scan,
    badges_found,
    gate_named,
    inside_on,
    last_scans,
    numbers_of,
    scan_at,
)
from fairapp.usecases.gate import check_in, undo_admission, valid_days
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.gate.bp import bp
from fairapp.web.gate.forms import CheckInForm, UndoForm
from fairapp.web.security import allow_wasm

ONE = "/g/<fair_code>/<gate_code>"
TONES = {
    GateResult.ADMITTED: "ok",
    GateResult.ALREADY: "warn",
    GateResult.REVOKED: "stop",
    GateResult.NOT_TODAY: "stop",
    GateResult.UNKNOWN: "stop",
}
FRESH_SECONDS = 10


@bp.get("/g/<fair_code>")
@needs(Permission.GATE_SCAN)
def gates(fair_code: str) -> Any:
    """The fair's gates, with how many each has let in today."""
    fair, session = current_fair(), reading()
    return render_template(
        "gate/gates.html",
        gates=gates_of(session, fair.id),
        admitted=admissions_by_gate(session, fair.id, _today(fair)),
        today=_today(fair),
    )


@bp.get(ONE)
@needs(Permission.GATE_SCAN)
def gate(fair_code: str, gate_code: str) -> Any:
    """The gate, waiting for a badge or showing the answer to a scan made here."""
    return _page("gate/gate.html", _gate(gate_code))


@bp.get(f"{ONE}/camera")
@needs(Permission.GATE_SCAN)
def camera(fair_code: str, gate_code: str) -> Any:
    """The gate with the phone's camera as its scanner; reading codes needs WebAssembly here alone."""
    allow_wasm()
    return _page("gate/camera.html", _gate(gate_code))


@bp.post(ONE)
@needs(Permission.GATE_SCAN)
def scan(fair_code: str, gate_code: str) -> Any:
    """Check a badge in; the answer is a page of its own, so that loading it again scans nothing."""
    here = _gate(gate_code)
    form = CheckInForm()
    form.validate()
    if form.is_no_scan:
        abort(413)
    keys = BadgeKeys(current_app.config["FAIRAPP"].keys)
    order = form.order(here.id)
    with transaction() as session:
        answer = check_in(session, current_actor(), order, datetime.now(UTC), keys.verify)
    asked = {"q": order.text.strip()[:60]} if _may_be_a_name(answer.result, order.text) else {}
    return redirect(_address(here, scan=answer.scan.id, **asked), 303)


@bp.get(f"{ONE}/find")
@needs(Permission.GATE_SCAN)
def find(fair_code: str, gate_code: str) -> Any:
    """People whose names hold the words, each with a button that checks in."""
    here, fair, session = _gate(gate_code), current_fair(), reading()
    query = request.args.get("q", "")[:200]
    found = badges_found(session, fair.id, query)
    return render_template(
        "gate/find.html",
        gate=here,
        query=query,
        found=found,
        inside=inside_on(session, [badge.id for badge in found], _today(fair)),
        stands=stands_of(session, [badge.exhibitor_id for badge in found]),
        valid=VALID,
    )


@bp.post(f"{ONE}/undo")
@needs(Permission.GATE_UNDO)
def undo(fair_code: str, gate_code: str) -> Any:
    """Take an admission back, with its reason."""
    here = _gate(gate_code)
    form = UndoForm()
    if not form.validate_on_submit():
        abort(422)
    with transaction() as session:
        undo_admission(session, current_actor(), form.order(), datetime.now(UTC))
    flash(_("The admission is undone. The badge may come in again."), "ok")
    return redirect(_address(here), 303)


def _today(fair: Fair) -> date:
    return datetime.now(ZoneInfo(fair.timezone)).date()


def _gate(code: str) -> Gate:
    return gate_named(reading(), current_fair().id, code)


def _address(here: Gate, **values: Any) -> str:
    return url_for("gate.gate", fair_code=g.fair.code, gate_code=here.code, lang=_asked_language(), **values)


def _asked_language() -> str | None:
    """The language that the link asks for: the answer keeps it."""
    return request.args["lang"] if g.get("language_is_asked", False) else None


def _may_be_a_name(result: GateResult, text: str) -> bool:
    """Whether an unknown text is rather somebody's name: letters, blanks, no longer than names are."""
    name = text.strip()
    return result is GateResult.UNKNOWN and 1 < len(name) <= 60 and not any(map(str.isdigit, name))


def _shown_scan(here: Gate) -> ScanEvent | None:
    asked = request.args.get("scan", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        return None
    return scan_at(reading(), here, int(asked))


def _page(template: str, here: Gate) -> str:
    fair, session = current_fair(), reading()
    scan = _shown_scan(here)
    badge = None if scan is None else scan.badge
    inside = None if scan is None or badge is None else admitting_scan(session, badge.id, scan.day)
    age = 0.0 if scan is None else (datetime.now(UTC) - scan.at).total_seconds()
    return render_template(
        template,
        gate=here,
        scan=scan,
        badge=badge,
        badge_days=() if badge is None else valid_days(session, current_fair(), badge),
        inside=inside,
        tone="" if scan is None else "warn" if scan.undone_at else TONES[scan.result],
        is_fresh=scan is not None and age < FRESH_SECONDS,
        is_old_issue=badge is not None and badge.state in VALID,
        role=None if badge is None else ROLES[badge.kind],
        stands=stands_of(session, [badge.exhibitor_id]).get(badge.exhibitor_id or 0, ()) if badge else (),
        numbers=numbers_of(session, here, _today(fair)),
        recent=last_scans(session, here, _today(fair)),
        may_undo=current_actor().may(Permission.GATE_UNDO, fair.id),
        may_see_tokens=current_actor().may(Permission.BADGE_TOKENS, fair.id),
        asked_language=_asked_language(),
        maybe_name=request.args.get("q", "")[:60],
        Result=GateResult,
    )
