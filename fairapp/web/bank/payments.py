"""Pages of payments: which wait for somebody, what one of them may pay, and what became of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Refused
from fairapp.rules.matching import Matcher
from fairapp.rules.text import LONGEST_QUERY
from fairapp.store.base import db, reading, transaction
from fairapp.store.billing_bank import Payment
from fairapp.store.billing_bank_queries import (
    booked_parts,
    how_many,
    money_waiting,
    parts_of,
    payments_in_state,
    tasks_without_payment,
)
from fairapp.store.billing_matching import dues_of
from fairapp.usecases.billing_matching import book_parts, payment_of, refund, settle_task, take_off
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.bank.bp import BANK, PAYMENT, PER_PAGE, bp
from fairapp.web.bank.forms import BookForm, RefundForm
from fairapp.web.paging import page_asked
from fairapp.web.wording import sentences

WAYS = ("open", "booked", "refunded", "all")
"""What a list of payments may show."""


@bp.get(BANK)
@needs(Permission.MONEY_SEE)
def payments(fair_code: str) -> str:
    """What came in, first of all what waits for somebody."""
    session, fair = reading(), current_fair()
    which = request.args.get("which", "")
    which = which if which in WAYS else "open"
    found = payments_in_state(fair.id, which)
    page = page_asked(how_many(session, found), PER_PAGE)
    shown = session.scalars(found.offset(page.skipped).limit(page.size)).all()
    return render_template(
        "bank/payments.html",
        payments=shown,
        booked=booked_parts(session, [each.id for each in shown]),
        page=page,
        which=which,
        ways=WAYS,
        waiting=money_waiting(session, fair.id),
        tasks=tasks_without_payment(session, fair.id),
        may_edit=current_actor().may(Permission.MONEY_EDIT, fair.id),
    )


@bp.get(PAYMENT)
@needs(Permission.MONEY_SEE)
def payment(fair_code: str, payment_id: int) -> str:
    """One payment: what it says, what it may be for, where its parts went."""
    found = payment_of(reading(), current_actor(), payment_id, current_fair().id)
    return _payment_page(found, BookForm(formdata=None), RefundForm(formdata=None))


@bp.post(f"{PAYMENT}/book")
@needs(Permission.MONEY_EDIT)
def book(fair_code: str, payment_id: int) -> Any:
    """Book the parts that were written, all of them or none."""
    fair_id = current_fair().id
    form = BookForm()
    found = payment_of(reading(), current_actor(), payment_id, fair_id)
    typed, faults = form.parts_sent(request.form, found.currency)
    if not form.validate_on_submit() or faults:
        return _payment_page(found, form, RefundForm(formdata=None), typed, tuple(faults)), 422
    try:
        with transaction() as session:
            order = form.order(payment_id, typed, found.currency)
            book_parts(session, current_actor(), order, fair_id, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        found = payment_of(reading(), current_actor(), payment_id, fair_id)
        reasons = sentences(refused, found.currency)
        return _payment_page(found, form, RefundForm(formdata=None), typed, reasons), 409
    flash(_("Booked."), "ok")
    return _to(payment_id)


@bp.post(f"{PAYMENT}/take-off/<int:instalment_id>")
@needs(Permission.MONEY_EDIT)
def take_part_off(fair_code: str, payment_id: int, instalment_id: int) -> Any:
    """Take a payment off an instalment where it does not belong."""
    with transaction() as session:
        take_off(session, current_actor(), payment_id, instalment_id, current_fair().id, datetime.now(UTC))
    flash(_("Taken off: the money is a credit again, the instalment is due again."), "ok")
    return _to(payment_id)


@bp.post(f"{PAYMENT}/refund")
@needs(Permission.MONEY_EDIT)
def send_back(fair_code: str, payment_id: int) -> Any:
    """Write down that money went back."""
    fair_id, form = current_fair().id, RefundForm()
    found = payment_of(reading(), current_actor(), payment_id, fair_id)
    order = form.order(payment_id, found.currency) if form.validate_on_submit() else None
    if order is None:
        return _payment_page(found, BookForm(formdata=None), form), 422
    try:
        with transaction() as session:
            refund(session, current_actor(), order, fair_id, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        found = payment_of(reading(), current_actor(), payment_id, fair_id)
        reasons = sentences(refused, found.currency)
        return _payment_page(found, BookForm(formdata=None), form, None, reasons), 409
    flash(_("Written down as sent back."), "ok")
    return _to(payment_id)


@bp.post(f"{BANK}/tasks/<int:money_task_id>/done")
@needs(Permission.MONEY_EDIT)
def task_done(fair_code: str, money_task_id: int) -> Any:
    """Take something off the list of what to look at."""
    with transaction() as session:
        settle_task(session, current_actor(), money_task_id, current_fair().id, datetime.now(UTC))
    flash(_("Taken off the list."), "ok")
    return redirect(url_for("bank.payments", fair_code=current_fair().code), 303)


def _payment_page(
    found: Payment,
    form: BookForm,
    refund_form: RefundForm,
    typed: dict[int, str] | None = None,
    reasons: tuple[str, ...] = (),
) -> str:
    session, asked = reading(), request.args.get("q", "")[:LONGEST_QUERY]
    matcher = Matcher.over(dues_of(session, found.fair_id, found.currency))
    candidates = matcher.candidates(found.text, found.payer_name, found.left_minor)
    why = {each.instalment_id: each.reasons for each in candidates}
    shown = [*why, *(number for number in matcher.search(asked) if number not in why)]
    shown += [number for number in typed or {} if number in matcher.dues and number not in shown]
    for each in (form, refund_form):
        each.stamp()
    return render_template(
        "bank/payment.html",
        payment=found,
        parts=parts_of(session, found.id),
        booked=booked_parts(session, [found.id]).get(found.id, []),
        form=form,
        refund_form=refund_form,
        dues=[matcher.dues[number] for number in shown],
        why=why,
        typed=typed or {},
        reasons=reasons,
        asked=asked,
        may_edit=current_actor().may(Permission.MONEY_EDIT, found.fair_id),
    )


def _to(payment_id: int) -> Any:
    return redirect(url_for("bank.payment", fair_code=current_fair().code, payment_id=payment_id), 303)
