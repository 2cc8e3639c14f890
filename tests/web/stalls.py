"""A fair that is open today, with stands, badges and everybody who works at its gates."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy.orm import Session

from fairapp.adapters.signing import BadgeKeys
from fairapp.rules.actors import Role
from fairapp.rules.badge_tokens import Claims
from fairapp.rules.badges import BadgeState
from fairapp.rules.short_codes import BADGE_LENGTH, draw_code
from fairapp.rules.text import fold
from fairapp.store.accounts import Account
from fairapp.store.allocation import Exhibitor
from fairapp.store.badges import Badge
from tests import factories as make


class OpenFair:
    """A fair on its second day, one stand of nine square metres, two gates, an account for each role."""

    def __init__(self, app: Flask, rows: Session) -> None:
        self.rows = rows
        today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
        day = timedelta(days=1)
        self.fair = make.fair(rows, code="OPEN", starts_on=today - day, ends_on=today + 3 * day)
        self.gate = make.gate(rows, self.fair)
        self.other_gate = make.gate(rows, self.fair, code="B1", names={"vi": "Cổng B1", "en": "Gate B1"})
        self.hall = make.hall(rows, self.fair)
        self.exhibitor = self.stand("HTX Nông nghiệp Hương Rừng")
        self.keys = BadgeKeys(app.config["FAIRAPP"].keys)
        self.producer = make.account(rows)
        make.member(rows, self.producer, self.exhibitor.organisation)
        self.organiser = self.helper(Role.ORGANISER)
        self.steward = self.helper(Role.STEWARD)
        self.supervisor = self.helper(Role.SUPERVISOR)
        self.administrator = make.account(rows)
        make.grant(rows, self.administrator, Role.ADMINISTRATOR)
        self.chance = random.Random(7)

    def helper(self, role: Role) -> Account:
        """An account with this role in the fair, reading English."""
        account = make.account(self.rows, language="en")
        make.grant(self.rows, account, role, self.fair)
        return account

    def stand(self, name: str) -> Exhibitor:
        """One more exhibitor with a booth of its own."""
        exhibitor = make.exhibitor(self.rows, make.organisation(self.rows, name), self.fair)
        make.claim(self.rows, make.booth(self.rows, self.hall), exhibitor, self.fair)
        return exhibitor

    def badge(
        self, name: str = "Lý Thị Mai", state: BadgeState = BadgeState.APPROVED, **values: object
    ) -> Badge:
        """A badge of the stand."""
        code = draw_code(BADGE_LENGTH, self.chance.randrange, checked=True)
        plain: dict[str, object] = {"approved_at": datetime.now(UTC)} if state is not BadgeState.NAMED else {}
        return make.badge(
            self.rows,
            self.exhibitor,
            name=name,
            state=state,
            folded=fold(f"{name} {self.exhibitor.organisation.name}"),
            **{**plain, "short_code": code, **values},
        )

    def token(self, badge: Badge) -> str:
        """What the badge's QR code says."""
        return self.keys.sign(Claims(badge.fair_id, badge.id, badge.issue))
