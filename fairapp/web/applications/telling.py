"""Say of decisions on many which were not taken: each reason once, with the names that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flask import flash

from fairapp.i18n import ngettext
from fairapp.rules.applications import STEPS, Step
from fairapp.rules.errors import Clash, Refused
from fairapp.store.applications import Application
from fairapp.web.wording import sentences

MOST_NAMED, LONGEST_NAME = 4, 60
MOST_REASONS = 4
"""What is said travels in a cookie, which holds only so much."""

NotDone = Sequence[tuple[Application, Refused | Clash]]


def taken_already(refused: NotDone, step: Step) -> int:
    """How many stand where the step leads: a second press, or somebody else's, did what was wanted."""
    return sum(_is_there(application, step) for application, _why in refused)


def say_refused(refused: NotDone, step: Step) -> None:
    """Say which applications stay as they were, those aside that stand where the step leads."""
    for reason, names, many in _by_reason(each for each in refused if not _is_there(each[0], step)):
        flash(
            ngettext(
                "%(num)s application stays as it was (%(names)s). %(reason)s",
                "%(num)s applications stay as they were (%(names)s). %(reason)s",
                many,
                names=names,
                reason=reason,
            ),
            "warn",
        )


def say_still_prepared(refused: NotDone) -> None:
    """Say which decisions could not be published."""
    for reason, names, many in _by_reason(refused):
        flash(
            ngettext(
                "%(num)s decision could not be taken and stays prepared (%(names)s). %(reason)s",
                "%(num)s decisions could not be taken and stay prepared (%(names)s). %(reason)s",
                many,
                names=names,
                reason=reason,
            ),
            "warn",
        )


def say_replaced(replaced: Sequence[Application]) -> None:
    """Say where somebody else had prepared another decision, which is gone now."""
    if replaced:
        flash(
            ngettext(
                "%(num)s application had been prepared otherwise by somebody else (%(names)s). "
                "Your decision has taken its place.",
                "%(num)s applications had been prepared otherwise by somebody else (%(names)s). "
                "Your decisions have taken their place.",
                len(replaced),
                names=_names(replaced),
            ),
            "warn",
        )


def _is_there(application: Application, step: Step) -> bool:
    return application.state in {after for (_before, taken), after in STEPS.items() if taken is step}


def _by_reason(refused: Iterable[tuple[Application, Refused | Clash]]) -> Iterator[tuple[str, str, int]]:
    found: dict[str, list[Application]] = {}
    for application, why in refused:
        found.setdefault(" ".join(sentences(why)), []).append(application)
    often = sorted(found.items(), key=lambda each: -len(each[1]))
    for reason, those in often[:MOST_REASONS]:
        yield reason, _names(those), len(those)


def _names(those: Sequence[Application]) -> str:
    names = [each.organisation.name[:LONGEST_NAME] for each in those[:MOST_NAMED]]
    return ", ".join([*names, "…"] if len(those) > MOST_NAMED else names)
