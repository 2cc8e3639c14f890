"""Versions of a form: what one changes against another, and which answers must be given again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fairapp.rules.answers import AnswerFault, Answers, Fault, faults, is_blank
from fairapp.rules.questions import Body, Question, QuestionType


@dataclass(frozen=True, slots=True)
class Difference:
    """What a version changes: keys of questions in the order of the form."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    is_reordered: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.is_reordered)


def difference(old: Body, new: Body) -> Difference:
    """What ``new`` changes against ``old``."""
    before, after = ({each.key: each for each in body.questions()} for body in (old, new))
    both = [key for key in after if key in before]
    return Difference(
        added=tuple(key for key in after if key not in before),
        removed=tuple(key for key in before if key not in after),
        changed=tuple(key for key in both if after[key] != before[key]),
        is_reordered=_outline(old, both) != _outline(new, both),
    )


def _outline(body: Body, keys: list[str]) -> list[object]:
    return [
        (section.key, dict(section.names), [each.key for each in section.questions if each.key in keys])
        for section in body.sections
    ]


def means_another(old: Question, new: Question) -> bool:
    """Whether an answer to ``old`` says nothing about ``new``, though its key is the same.

    Better words for the same thing do not count; a consent is given to its very words.
    """
    if old.type is not new.type or dict(old.units) != dict(new.units):
        return True
    if new.type is QuestionType.CONSENT:
        return dict(old.labels) != dict(new.labels) or dict(old.helps) != dict(new.helps)
    return [each.code for each in old.columns] != [each.code for each in new.columns]


def owed(answered: Body, current: Body, answers: Answers) -> tuple[Fault, ...]:
    """What is still to be answered in ``current`` by somebody whose answers were given to ``answered``."""
    found = {fault.key: fault for fault in faults(current, answers)}
    for question in current.questions():
        before = answered.question(question.key)
        said = not is_blank(answers.get(question.key))
        if said and before is not None and means_another(before, question):
            found.setdefault(question.key, Fault(question.key, AnswerFault.ASKED_ANEW))
    return tuple(found[each.key] for each in current.questions() if each.key in found)


class Standing(StrEnum):
    """How far an applicant is with a form."""

    NOT_BEGUN = "form_not_begun"
    INCOMPLETE = "form_incomplete"
    AGAIN = "form_again"
    COMPLETE = "form_complete"


def standing(answered: Body | None, current: Body, answers: Answers) -> Standing:
    """How far somebody is; ``answered``: the version the answers were given to, None without any."""
    if answered is None:
        return Standing.NOT_BEGUN if faults(current, {}) else Standing.COMPLETE
    if not owed(answered, current, answers):
        return Standing.COMPLETE
    return Standing.INCOMPLETE if answered == current else Standing.AGAIN
