"""What was done, in words: names of audit entries as sentences, their facts in one line."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Role
from fairapp.rules.applications import Part, State

ACTS: dict[str, LazyText] = {
    "fair.created": _l("Made the fair"),
    "fair.edited": _l("Changed the fair's details"),
    "fair.publish": _l("Published the fair"),
    "fair.postpone": _l("Postponed the fair"),
    "fair.cancel": _l("Cancelled the fair"),
    "fair.kind_kept": _l("Changed a kind of booth"),
    "fair.kind_removed": _l("Removed a kind of booth"),
    "fair.hall_named": _l("Named a hall"),
    "fair.gate_kept": _l("Changed a gate"),
    "fair.gate_removed": _l("Removed a gate"),
    "plan.drafted": _l("Brought in a plan as a draft"),
    "plan.settled": _l("Settled booths of a plan draft"),
    "plan.background_set": _l("Laid a picture under a hall"),
    "plan.drawn": _l("Drew in a plan draft"),
    "plan.figures_set": _l("Set the figures of the plan's check"),
    "plan.discarded": _l("Discarded a plan draft"),
    "plan.published": _l("Put a plan in force"),
    "application.begun": _l("Began an application"),
    "application.filled_in": _l("Filled in an application"),
    "application.noted": _l("Wrote a note about an application"),
    "application.submit": _l("Sent an application in"),
    "application.resubmit": _l("Sent an application in again"),
    "application.return": _l("Returned an application"),
    "application.begin_review": _l("Began to review an application"),
    "application.accept": _l("Accepted an application"),
    "application.waitlist": _l("Put an application on the waiting list"),
    "application.decline": _l("Declined an application"),
    "application.confirm": _l("Confirmed taking part"),
    "application.withdraw": _l("Withdrew an application"),
    "application.cancel": _l("Cancelled an application"),
    "application.reopen": _l("Opened an application again"),
    "application.prepared": _l("Prepared a decision"),
    "application.unprepared": _l("Took prepared decisions back"),
    "application.lapse": _l("Let an acceptance lapse"),
    "waiting.offer": _l("Offered a place to the waiting list"),
    "waiting.accept": _l("Took an offered place"),
    "waiting.decline": _l("Let an offered place go"),
    "waiting.expire": _l("An offer ran out"),
    "waiting.recall": _l("Took an offer back"),
    "waiting.order": _l("Changed the order of the waiting list"),
    "waiting.settings": _l("Changed how places are filled"),
    "application.tagged": _l("Put a tag on applications"),
    "application.untagged": _l("Took a tag off applications"),
    "review.criterion_kept": _l("Changed a criterion of the reviews"),
    "review.criterion_removed": _l("Removed a criterion of the reviews"),
    "review.settings": _l("Changed how reviewers read"),
    "review.assigned": _l("Gave applications to a reviewer"),
    "review.unassigned": _l("Took applications from a reviewer"),
    "review.given": _l("Reviewed an application"),
    "review.conflict": _l("Declared a conflict of interest"),
    "review.conflict_lifted": _l("Lifted a conflict of interest"),
    "badge.named": _l("Named somebody for a badge"),
    "badge.renamed": _l("Changed a name on a badge"),
    "badge.remove": _l("Took a badge away"),
    "badge.approve": _l("Approved a badge"),
    "badge.print": _l("Printed badges"),
    "badge.revoke": _l("Revoked a badge"),
    "badge.replace": _l("Replaced a badge"),
    "badge.scanned": _l("Scanned a badge"),
    "badge.admission_undone": _l("Undid an admission"),
    "badge.tokens_shown": _l("Looked at whole badge tokens"),
    "booth.assigned": _l("Assigned a booth"),
    "booth.moved": _l("Moved an exhibitor to another booth"),
    "booth.swapped": _l("Swapped two booths"),
    "booth.released": _l("Released a booth"),
    "booth.shared": _l("Added a co-exhibitor"),
    "booth.unshared": _l("Removed a co-exhibitor"),
    "booth.blocked": _l("Blocked a booth"),
    "booth.unblocked": _l("Unblocked a booth"),
    "fair.exported": _l("Exported the fair as a workbook"),
    "list.checked": _l("Checked a list"),
    "list.imported": _l("Imported a list"),
    "list.kept": _l("Uploaded a list"),
    "list.started": _l("Started an import"),
    "role.granted": _l("Gave a role"),
    "role.revoked": _l("Took a role back"),
    "catalogue.started": _l("Had the catalogue made"),
    "signs.started": _l("Had the booth signs made"),
}
ROOMS: dict[str, LazyText] = {
    "account": _l("Accounts"),
    "application": _l("Applications"),
    "badge": _l("Badges"),
    "booth": _l("Booth assignments"),
    "catalogue": _l("Catalogue"),
    "fair": _l("Fair"),
    "gate": _l("Gate"),
    "list": _l("Imported lists"),
    "organisation": _l("Producers"),
    "plan": _l("Floor plan"),
    "role": _l("Roles"),
}
FACTS: dict[str, LazyText] = {
    "account_id": _l("account number"),
    "after": _l("state now"),
    "application": _l("application number"),
    "badge": _l("badge number"),
    "badges": _l("badge numbers"),
    "before": _l("state before"),
    "booth": _l("booth"),
    "booths": _l("number of booths"),
    "claim": _l("assignment number"),
    "code": _l("code"),
    "exhibitor": _l("exhibitor number"),
    "file": _l("file"),
    "gate": _l("gate"),
    "hall": _l("hall"),
    "kind": _l("booth kind"),
    "organisation_id": _l("producer number"),
    "part": _l("part"),
    "plan": _l("plan number"),
    "reason": _l("reason given"),
    "role": _l("role"),
    "run": _l("list number"),
    "to": _l("moved to"),
    "version": _l("plan version"),
}
VALUES: dict[str, type[StrEnum]] = {"after": State, "before": State, "part": Part, "role": Role}
"""Facts whose values are names of ours, with a phrase each."""
MOST_FACTS = 6


def act_word(what: str) -> str:
    """What an audit entry says was done; the bare name where another room has no words for it."""
    said = ACTS.get(what)
    return str(said) if said is not None else what.replace(".", ": ").replace("_", " ")


def room_word(room: str) -> str:
    """The part of the fair that a kind of entries belongs to."""
    said = ROOMS.get(room)
    return str(said) if said is not None else room


def facts_line(facts: Mapping[str, Any]) -> str:
    """An entry's facts in one line, long ones cut."""
    parts = []
    for name, value in list(facts.items())[:MOST_FACTS]:
        if value in (None, "", [], {}):
            continue
        said = (
            ", ".join(str(one) for one in value[:8]) if isinstance(value, list) else _value(name, str(value))
        )
        parts.append(f"{FACTS.get(name, name)}: {said[:80]}")
    return " · ".join(parts)


def _value(name: str, value: str) -> str:
    """A fact's value in words where it is one of our names; old entries may hold names that are gone."""
    names = VALUES.get(name)
    return phrase(names(value)) if names is not None and value in set(names) else value
