"""Build a form: put in, take out and order questions and sections, and say what is wrong with the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from fairapp.rules.questions import (
    CAN_DECIDE,
    MOST_CHOICES,
    MOST_COLUMNS,
    MOST_QUESTIONS,
    MOST_ROWS,
    MOST_SECTIONS,
    WITH_CHOICES,
    Body,
    Choice,
    Need,
    Question,
    QuestionType,
    Section,
    Texts,
)
from fairapp.rules.text import words


class FormRefusal(StrEnum):
    """Why a form cannot be built or published like this."""

    NO_LABEL = "form_no_label"
    NO_SECTION_NAME = "form_no_section_name"
    NO_CHOICES = "form_no_choices"
    TOO_MANY_CHOICES = "form_too_many_choices"
    NO_COLUMNS = "form_no_columns"
    TOO_MANY_COLUMNS = "form_too_many_columns"
    SAME_CHOICE_TWICE = "form_same_choice_twice"
    BOUND_UNREADABLE = "form_bound_unreadable"
    BOUNDS_REVERSED = "form_bounds_reversed"
    CONDITION_MISSING = "form_condition_missing"
    CONDITION_NOT_BEFORE = "form_condition_not_before"
    CONDITION_UNKNOWN_ANSWER = "form_condition_unknown_answer"
    CONDITION_OF_TWO = "form_condition_of_two"
    TOO_MANY_QUESTIONS = "form_too_many_questions"
    TOO_MANY_SECTIONS = "form_too_many_sections"
    SECTION_NOT_EMPTY = "form_section_not_empty"
    DECIDES_ANOTHER = "form_decides_another"
    NO_QUESTIONS = "form_no_questions"
    NOTHING_CHANGED = "form_nothing_changed"
    FORM_EXISTS = "form_exists"
    DEADLINE_AFTER_FAIR = "form_deadline_after_fair"
    FORM_IN_USE = "form_in_use"


def new_key(taken: Iterable[str], texts: Texts) -> str:
    """A key that nobody has yet, from the words of the text: the same words give the same key elsewhere."""
    said = next((texts[language] for language in ("en", "vi") if texts.get(language)), "")
    start = "_".join(word for word in words(said).split() if word.isascii())[:32].strip("_") or "question"
    there = set(taken)
    return next(
        key for n in range(1, len(there) + 2) if (key := start if n == 1 else f"{start}_{n}") not in there
    )


def question_faults(question: Question, before: Iterable[Question]) -> tuple[FormRefusal, ...]:
    """What is wrong with a question; ``before``: the questions asked earlier."""
    codes = [each.code for each in question.choices or question.columns]
    low, high = question.least, question.most
    found = {
        FormRefusal.NO_LABEL: not any(text.strip() for text in question.labels.values()),
        FormRefusal.NO_CHOICES: question.type in WITH_CHOICES and len(question.choices) < 2,
        FormRefusal.TOO_MANY_CHOICES: len(question.choices) > MOST_CHOICES,
        FormRefusal.NO_COLUMNS: question.type is QuestionType.TABLE and not question.columns,
        FormRefusal.TOO_MANY_COLUMNS: len(question.columns) > MOST_COLUMNS,
        FormRefusal.SAME_CHOICE_TWICE: len(codes) != len(set(codes)),
        FormRefusal.BOUND_UNREADABLE: not all(_readable(question, each) for each in (low, high) if each),
    }
    if not found[FormRefusal.BOUND_UNREADABLE] and low and high:
        least, most = _measure(question, low), _measure(question, high)
        found[FormRefusal.BOUNDS_REVERSED] = least > most  # type: ignore[operator]
    return tuple(fault for fault, holds in found.items() if holds) + _condition_faults(question, before)


def _readable(question: Question, text: str) -> bool:
    measured = _measure(question, text)
    if measured is None:
        return False
    if question.type in (QuestionType.NUMBER, QuestionType.DATE):
        return True
    most = MOST_ROWS if question.type is QuestionType.TABLE else 5000
    return measured == int(measured) and 0 <= measured <= most  # type: ignore[call-overload,operator]


def _measure(question: Question, text: str) -> object:
    if question.type is QuestionType.DATE:
        try:
            return date.fromisoformat(text).toordinal()
        except ValueError:
            return None
    found = replace(question, least=text).bound("least")
    return found if found is not None and found.is_finite() else None


def _condition_faults(question: Question, before: Iterable[Question]) -> tuple[FormRefusal, ...]:
    condition = question.condition
    if question.need is not Need.REQUIRED_IF:
        return ()
    if condition is None or not condition.values:
        return (FormRefusal.CONDITION_MISSING,)
    decides = next((each for each in before if each.key == condition.question), None)
    if decides is None or decides.type not in CAN_DECIDE:
        return (FormRefusal.CONDITION_NOT_BEFORE,)
    known = {each.code for each in decides.choices}
    if decides.type in WITH_CHOICES and not set(condition.values) <= known:
        return (FormRefusal.CONDITION_UNKNOWN_ANSWER,)
    return ()


def body_faults(body: Body) -> tuple[tuple[str, FormRefusal], ...]:
    """What keeps the form from being published: (question's key, why); no key where it is the whole."""
    asked = list(body.questions())
    if not asked:
        return (("", FormRefusal.NO_QUESTIONS),)
    return tuple(
        (each.key, fault)
        for place, each in enumerate(asked)
        for fault in question_faults(each, asked[:place])
    )


def with_section(body: Body, section: Section) -> Body | FormRefusal:
    """The form with a section added at the end, or renamed where it is there."""
    if not any(text.strip() for text in section.names.values()):
        return FormRefusal.NO_SECTION_NAME
    if body.section(section.key) is None:
        if len(body.sections) >= MOST_SECTIONS:
            return FormRefusal.TOO_MANY_SECTIONS
        return Body((*body.sections, section))
    return Body(
        tuple(
            replace(each, names=section.names) if each.key == section.key else each for each in body.sections
        )
    )


def without_section(body: Body, key: str) -> Body | FormRefusal:
    """The form without an empty section; one with questions stays."""
    found = body.section(key)
    if found is not None and found.questions:
        return FormRefusal.SECTION_NOT_EMPTY
    return Body(tuple(each for each in body.sections if each.key != key))


def with_question(body: Body, section: str, question: Question) -> Body | FormRefusal:
    """The form with the question at the end of the section, or in its place where it is there."""
    if body.question(question.key) is not None:
        return Body(
            tuple(
                replace(
                    each,
                    questions=tuple(question if one.key == question.key else one for one in each.questions),
                )
                for each in body.sections
            )
        )
    if sum(1 for _ in body.questions()) >= MOST_QUESTIONS:
        return FormRefusal.TOO_MANY_QUESTIONS
    return Body(
        tuple(
            replace(each, questions=(*each.questions, question)) if each.key == section else each
            for each in body.sections
        )
    )


def without_question(body: Body, key: str) -> Body | FormRefusal:
    """The form without the question, unless another one depends on its answer."""
    if any(one.condition is not None and one.condition.question == key for one in body.questions()):
        return FormRefusal.DECIDES_ANOTHER
    return Body(
        tuple(
            replace(each, questions=tuple(one for one in each.questions if one.key != key))
            for each in body.sections
        )
    )


def moved_section(body: Body, key: str, place: int) -> Body:
    """The form with the section at ``place`` among the others; ends are kept to."""
    rest = [each for each in body.sections if each.key != key]
    section = body.section(key)
    if section is not None:
        rest.insert(max(0, min(place, len(rest))), section)
    return Body(tuple(rest))


def moved_question(body: Body, key: str, section: str, place: int) -> Body:
    """The form with the question at ``place`` of the section; ends are kept to."""
    question = body.question(key)
    if question is None or body.section(section) is None:
        return body
    found = []
    for each in body.sections:
        asked = [one for one in each.questions if one.key != key]
        if each.key == section:
            asked.insert(max(0, min(place, len(asked))), question)
        found.append(replace(each, questions=tuple(asked)))
    return Body(tuple(found))


def stepped_question(body: Body, key: str, down: bool) -> Body:
    """The form with the question one place up or down, over the edge into the neighbouring section."""
    for number, section in enumerate(body.sections):
        keys = [each.key for each in section.questions]
        if key not in keys:
            continue
        place = keys.index(key) + (1 if down else -1)
        if 0 <= place < len(keys):
            return moved_question(body, key, section.key, place)
        other = number + (1 if down else -1)
        if not 0 <= other < len(body.sections):
            return body
        target = body.sections[other]
        return moved_question(body, key, target.key, 0 if down else len(target.questions))
    return body


def recoded(before: Sequence[Choice], names: Sequence[Texts]) -> tuple[Choice, ...]:
    """The choices of these names, each with the code it had: by its words, else by its place.

    A corrected spelling keeps its code, so that answers go on meaning what they meant.
    """
    free = list(before)
    codes: list[str | None] = []
    for texts in names:
        same = next((each for each in free if _is_named(each, texts)), None)
        codes.append(same.code if same else None)
        if same:
            free.remove(same)
    for place, code in enumerate(codes):
        if code is None and place < len(before) and before[place] in free:
            codes[place] = before[place].code
            free.remove(before[place])
    taken = [each.code for each in before]
    for place, code in enumerate(codes):
        if code is None:
            codes[place] = new_key(taken, names[place])
            taken.append(str(codes[place]))
    return tuple(Choice(str(code), texts) for code, texts in zip(codes, names, strict=True))


def _is_named(choice: Choice, texts: Texts) -> bool:
    return any(text and choice.names.get(language) == text for language, text in texts.items())
