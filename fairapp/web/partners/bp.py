"""The room's blueprint, its addresses, and what every page about partners shows."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, current_app
from sqlalchemy.orm import Session

from fairapp.rules.applications import ADMITTED
from fairapp.rules.partners import Crowd, PartnerSettings, PartnerState, room_beside
from fairapp.store.applications import Application
from fairapp.store.applications_queries import exhibitor_from
from fairapp.store.partners import Partner
from fairapp.store.partners_queries import partners_of
from fairapp.usecases.partnering import crowd_of, floor_of
from fairapp.usecases.partners_deciding import Secrets
from fairapp.web import one_application

bp = Blueprint("partners", __name__)

MINE = f"{one_application.MINE}/partners"
ONE = f"{one_application.OFFICE}/partners"
OFFICE = "/o/<fair_code>/partners"
PARTNER = "<int(max=2147483647):partner_id>"

TAGS: dict[PartnerState, tuple[str, str]] = {
    PartnerState.PROPOSED: ("info", "clock"),
    PartnerState.APPROVED: ("ok", "check"),
    PartnerState.REFUSED: ("err", "ban"),
}


@dataclass(frozen=True, slots=True)
class StandPage:
    """A stand as its page shows it: who is named, how much floor there is, and how long names are taken."""

    application: Application
    partners: tuple[Partner, ...]
    settings: PartnerSettings
    crowd: Crowd
    floor_m2: float
    admitted: bool
    closed: bool
    tags: dict[PartnerState, tuple[str, str]]

    @property
    def room(self) -> int:
        """How many companies fit beside the main exhibitor."""
        return room_beside(self.floor_m2, self.settings)


def stand_page(session: Session, application: Application) -> StandPage:
    """The stand of the application, as far as something has come of it."""
    settings = PartnerSettings.read(application.fair.settings)
    main = exhibitor_from(session, application.id)
    closed = settings.until is not None and datetime.now(UTC) > settings.until
    if main is None or main.left_at is not None or application.state not in ADMITTED:
        return StandPage(application, (), settings, Crowd(0, settings), 0.0, False, closed, TAGS)
    return StandPage(
        application,
        tuple(partners_of(session, main.id)),
        settings,
        crowd_of(session, main, with_proposed=True),
        floor_of(session, main),
        True,
        closed,
        TAGS,
    )


def fresh_secrets() -> Secrets:
    """Chance and the house's secret, for a link that nobody can guess."""
    return Secrets(secrets.token_urlsafe(16), current_app.config["FAIRAPP"].secret_key)
