"""Many gates scan one badge at the same moment, on both databases: one lets it in."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

from sqlalchemy import func, select

from fairapp.adapters.signing import BadgeKeys
from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import Role
from fairapp.rules.badge_tokens import Claims
from fairapp.rules.badges import BadgeState, GateResult
from fairapp.store.base import db, reading, transaction
from fairapp.store.gate import Admission, ScanEvent
from fairapp.usecases.gate import CheckIn, check_in
from tests import factories as make

OPEN = datetime(2027, 4, 15, 2, 0, tzinfo=UTC)
GATES, ROUNDS = 8, 6


def test_gates_that_scan_at_once_admit_once(ready_database: str, tmp_path: Path) -> None:
    app = create_app(
        read_settings({"FAIRAPP_INSTANCE": str(tmp_path), "FAIRAPP_DATABASE_URL": ready_database})
    )
    keys = BadgeKeys(tmp_path / "keys")
    with app.app_context():
        with transaction() as session:
            fair = make.fair(session)
            stand = make.exhibitor(session, make.organisation(session), fair)
            gates = [make.gate(session, fair, code=f"G{number}").id for number in range(GATES)]
            badges = [make.badge(session, stand, state=BadgeState.APPROVED).id for _ in range(ROUNDS)]
            steward = make.actor(Role.STEWARD, fair)
            fair_id = fair.id
        start = Barrier(GATES)

        def scan(gate_id: int) -> list[tuple[GateResult, int | None]]:
            answers = []
            with app.app_context():
                for badge_id in badges:
                    order = CheckIn(gate_id, keys.sign(Claims(fair_id, badge_id, 1)))
                    start.wait(timeout=60)
                    with transaction() as session:
                        answer = check_in(session, steward, order, OPEN, keys.verify)
                        earlier = None if answer.earlier is None else answer.earlier.id
                        answers.append((answer.result, earlier))
                db.session.remove()
            return answers

        with ThreadPoolExecutor(GATES) as pool:
            by_gate = list(pool.map(scan, gates))

        for round_, badge_id in enumerate(badges):
            answers = [answers[round_] for answers in by_gate]
            admitting = (
                reading().scalars(select(Admission.scan_id).where(Admission.badge_id == badge_id)).one()
            )
            results = Counter(result for result, _earlier in answers)
            assert results == {GateResult.ADMITTED: 1, GateResult.ALREADY: GATES - 1}
            assert {earlier for result, earlier in answers if result is GateResult.ALREADY} == {admitting}
        assert reading().scalar(select(func.count()).select_from(ScanEvent)) == GATES * ROUNDS
        db.session.remove()
        db.engine.dispose()
