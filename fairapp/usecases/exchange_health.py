"""Look over the data and its files: reads only, and says everything that is wrong at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.files import Files
from fairapp.rules.health import Ailment, HealthFault
from fairapp.rules.printed_texts import STORY_ROOM, over
from fairapp.store import exchange_health as health
from fairapp.store.accounts import Account

LATE = timedelta(hours=1)
STUCK = timedelta(hours=6)
_SHOWN = 10


def data_ailments(session: Session, files: Files, now: datetime, is_public: bool) -> tuple[Ailment, ...]:
    """Everything that is wrong with rows and files; ``is_public``: others than this machine can reach it."""
    without_outline = health.booths_without_outline(session)
    gone = sorted(key for key in health.picture_keys(session) if not files.exists(key))
    demo = is_public and session.scalar(select(Account.id).where(Account.is_demo).limit(1)) is not None
    tables = health.broken_links(session)
    told = health.stories_told(session)
    long = list(dict.fromkeys(name for name, text in told if over(text, STORY_ROOM)))
    found: tuple[tuple[HealthFault, int, dict[str, object]], ...] = (
        (HealthFault.DEMO_IN_PUBLIC, int(demo), {}),
        (HealthFault.BROKEN_LINKS, len(tables), {"tables": ", ".join(tables)}),
        (HealthFault.CLAIMS_WITHOUT_DAYS, health.claims_without_days(session), {}),
        (HealthFault.DAYS_WITHOUT_CLAIM, health.days_of_ended_claims(session), {}),
        (
            HealthFault.BOOTHS_WITHOUT_OUTLINE,
            len(without_outline),
            {"codes": ", ".join(without_outline[:_SHOWN])},
        ),
        (HealthFault.FILES_GONE, len(gone), {"files": ", ".join(gone[:_SHOWN])}),
        (HealthFault.LETTERS_GIVEN_UP, health.letters_given_up(session), {}),
        (HealthFault.LETTERS_WAITING, health.letters_waiting(session, now - LATE), {}),
        (HealthFault.JOBS_STUCK, health.jobs_stuck(session, now - STUCK), {}),
        (HealthFault.TEXTS_OVER, len(long), {"names": ", ".join(long[:_SHOWN])}),
    )
    return tuple(Ailment(fault, {"number": count, **facts}) for fault, count, facts in found if count)
