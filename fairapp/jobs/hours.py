"""What is looked for once an hour, however many workers look and however often they are started."""

from __future__ import annotations

from datetime import datetime, timedelta

from fairapp.rules.errors import Clash
from fairapp.store.base import LOCK, reading, transaction
from fairapp.store.operations import HourlyRun

HOUR = timedelta(hours=1)


def is_its_hour(name: str, now: datetime) -> bool:
    """Whether the job called ``name`` begins now: then nobody begins it again within the hour."""
    last = reading().get(HourlyRun, name, populate_existing=True)
    if last is not None and now - last.began_at < HOUR:
        return False  # without a lock: most rounds end here
    try:
        with transaction() as session:
            last = session.get(HourlyRun, name, with_for_update=LOCK, populate_existing=True)
            if last is None:
                session.add(HourlyRun(name=name, began_at=now))
            elif now - last.began_at < HOUR:
                return False
            else:
                last.began_at = now
    except Clash:
        return False  # another worker was quicker
    return True
