"""What the organiser of a fair does next, read off its numbers: the most urgent first, each with its way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fairapp.i18n import formats, ngettext
from fairapp.i18n import gettext as _
from fairapp.rules.applications import WAITING, State
from fairapp.rules.badges import BadgeState
from fairapp.rules.fairs import FairState, PlanState
from fairapp.store.fairs import Fair
from fairapp.store.fairs_numbers import FairNumbers
from fairapp.web.fairs.times import Applying, applying, today_at


@dataclass(frozen=True, slots=True)
class NextThing:
    """Something to do, and the room where it is done."""

    kind: str
    icon: str
    title: str
    text: str
    href: str
    label: str


def next_things(fair: Fair, numbers: FairNumbers, now: datetime) -> list[NextThing]:
    """Everything that waits, in the order of the work."""
    return [*_to_open(fair, numbers), *_to_decide(fair, numbers, now), *_to_prepare(fair, numbers)]


def _to_open(fair: Fair, numbers: FairNumbers) -> Iterator[NextThing]:
    room = f"/o/{fair.code}"
    if fair.state is FairState.PLANNED:
        text = _("Only its organisers see it. Check names, days and prices, then publish.")
        yield NextThing(
            "warn", "flag", _("The fair is not published"), text, f"{room}/publish", _("Publish…")
        )
    if not numbers.plans.get(PlanState.PUBLISHED):
        text = _("Booths come from the floor plan. Import the hall as GeoJSON.")
        yield NextThing("warn", "plan", _("No plan is in force"), text, f"{room}/plan", _("Import…"))
    elif drafts := numbers.plans.get(PlanState.DRAFT):
        title = ngettext("%(num)s plan draft waits", "%(num)s plan drafts wait", drafts)
        text = _("Settle what is marked, then publish it.")
        yield NextThing("info", "plan", title, text, f"{room}/plan", _("Look"))


def _to_decide(fair: Fair, numbers: FairNumbers, now: datetime) -> Iterator[NextThing]:
    room = f"/o/{fair.code}/applications"
    if waiting := sum(numbers.applications.get(state, 0) for state in WAITING):
        title = ngettext("%(num)s application waits", "%(num)s applications wait", waiting)
        text = _("Read, note and decide, one by one or in a batch.")
        yield NextThing("warn", "list", title, text, room, _("Review"))
    if returned := numbers.applications.get(State.RETURNED, 0):
        title = ngettext("%(num)s application was returned", "%(num)s applications were returned", returned)
        text = _("Their applicants complete them.")
        yield NextThing("info", "undo", title, text, f"{room}?state=returned", _("Look"))
    closes = fair.apply_until
    left = 99 if closes is None else (today_at(fair, closes) - today_at(fair, now)).days
    if applying(fair, now) is Applying.OPEN and left <= 14:
        title = ngettext("Applications close in %(num)s day", "Applications close in %(num)s days", left)
        drafts = numbers.applications.get(State.DRAFT, 0)
        text = ngettext("%(num)s draft is not sent yet.", "%(num)s drafts are not sent yet.", drafts)
        href = f"/o/{fair.code}/settings/deadlines"
        yield NextThing("info", "clock", title, text, href, _("Change"))


def _to_prepare(fair: Fair, numbers: FairNumbers) -> Iterator[NextThing]:
    room = f"/o/{fair.code}"
    if numbers.without_booth:
        title = ngettext(
            "%(num)s exhibitor has no booth", "%(num)s exhibitors have no booth", numbers.without_booth
        )
        free = max(0, numbers.booths - numbers.taken)
        text = ngettext("%(num)s booth is free.", "%(num)s booths are free.", free)
        yield NextThing("warn", "move", title, text, f"{room}/board", _("Assign"))
    if named := numbers.badges.get(BadgeState.NAMED, 0):
        title = ngettext("%(num)s badge waits for approval", "%(num)s badges wait for approval", named)
        text = _("Names are checked before badges are printed.")
        if fair.badges_until is not None:
            text = _("Names close at %(when)s.", when=formats.moment(fair.badges_until, fair.timezone))
        yield NextThing("info", "badge", title, text, f"{room}/badges", _("Look"))
    if approved := numbers.badges.get(BadgeState.APPROVED, 0):
        title = ngettext("%(num)s badge is ready to print", "%(num)s badges are ready to print", approved)
        text = _("Eight on a sheet of A4, or one by one.")
        yield NextThing("info", "print", title, text, f"{room}/badges", _("Print"))
