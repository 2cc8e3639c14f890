"""States of long work in words."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.jobs import JobRefusal, JobState, JobStep

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (JobState.WAITING, _l("Waiting to start")),
    (JobState.RUNNING, _l("In progress")),
    (JobState.DONE, _l("Done")),
    (JobState.FAILED, _l("Stopped by an error")),
    (JobState.INTERRUPTED, _l("Interrupted")),
    (JobState.CANCELLED, _l("Stopped on request")),
    (JobStep.CANCEL, _l("Stop this work")),
    (JobStep.RESUME, _l("Go on with it")),
    (JobRefusal.NOT_FROM_HERE, _l("This work has gone on meanwhile. Look at how it stands now.")),
    (JobRefusal.STILL_STOPPING, _l("The work is just being stopped. Wait a moment, then go on with it.")),
)
