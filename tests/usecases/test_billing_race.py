"""Many people invoice and collect at the same moment, on both databases: no number twice, no gap, no đồng."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from sqlalchemy import func, select

from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import SYSTEM
from fairapp.rules.errors import Clash, Refused
from fairapp.store.base import db, reading, transaction
from fairapp.store.billing import Instalment, Invoice
from fairapp.store.billing_bank import Payment
from fairapp.usecases.billing_invoices import draft_for_exhibitor, issue_invoice
from fairapp.usecases.billing_payments import ReceivePayment, receive_payment
from tests import money
from tests.factories import NOW

PEOPLE = 6


def test_numbers_have_no_gaps_and_a_payment_counts_once(ready_database: str, tmp_path: Path) -> None:
    app = create_app(
        read_settings({"FAIRAPP_INSTANCE": str(tmp_path), "FAIRAPP_DATABASE_URL": ready_database})
    )
    with app.app_context():
        with transaction() as session:
            fair = money.fair(session)
            drafts = [
                draft_for_exhibitor(session, SYSTEM, money.stand(session, fair).id, NOW).id
                for _ in range(PEOPLE)
            ]
        start = Barrier(PEOPLE)

        def act(person: int) -> None:
            with app.app_context():
                start.wait(timeout=60)
                with transaction() as session:
                    issue_invoice(session, SYSTEM, drafts[person], NOW)
                start.wait(timeout=60)
                try:
                    with transaction() as session:
                        part = session.scalars(
                            select(Instalment).where(Instalment.invoice_id == drafts[0])
                        ).first()
                        assert part is not None
                        order = ReceivePayment(part.id, 3_300_000, NOW.date(), "the same form")
                        receive_payment(session, SYSTEM, order, NOW)
                except (Clash, Refused):
                    pass
                db.session.remove()

        with ThreadPoolExecutor(PEOPLE) as pool:
            list(pool.map(act, range(PEOPLE)))

        numbers = reading().scalars(select(Invoice.number).order_by(Invoice.number)).all()
        assert numbers == list(range(1, PEOPLE + 1))
        assert reading().scalar(select(func.sum(Payment.amount_minor))) == 3_300_000
        assert reading().scalar(select(func.sum(Instalment.paid_minor))) == 3_300_000
        assert reading().scalar(select(func.sum(Invoice.paid_minor))) == 3_300_000
        db.session.remove()
        db.engine.dispose()
