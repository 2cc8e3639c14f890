"""States of long work in words."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.jobs import JobState

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (JobState.WAITING, _l("Waiting to start")),
    (JobState.RUNNING, _l("In progress")),
    (JobState.DONE, _l("Done")),
    (JobState.FAILED, _l("Stopped by an error")),
    (JobState.INTERRUPTED, _l("Interrupted")),
    (JobState.CANCELLED, _l("Stopped on request")),
)
