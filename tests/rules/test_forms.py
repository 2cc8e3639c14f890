"""Forms: their questions, the answers to them, their versions, and when they may be answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fairapp.rules.answers import AnswerFault, Unfit, answer_from, faults, is_needed
from fairapp.rules.applications import ADMITTED, EDITABLE, State
from fairapp.rules.changes import CHANGE_STEPS, ChangeRefusal, ChangeState, ChangeStep, step_refusals
from fairapp.rules.form_building import (
    FormRefusal,
    body_faults,
    moved_question,
    moved_section,
    new_key,
    question_faults,
    recoded,
    stepped_question,
    with_question,
    with_section,
    without_question,
    without_section,
)
from fairapp.rules.form_versions import Standing, difference, owed, standing
from fairapp.rules.forms import (
    ON_THE_WAY,
    AnswerRefusal,
    FormSettings,
    Stop,
    against_answering,
    closes_at,
    form_settings,
    plain_settings,
)
from fairapp.rules.questions import (
    MOST_QUESTIONS,
    MOST_SECTIONS,
    Body,
    Choice,
    Condition,
    Need,
    Phase,
    Question,
    QuestionType,
    Section,
    body_from,
    plain_body,
)

NOW = datetime(2027, 1, 12, 8, tzinfo=UTC)
YES_NO = (Choice("yes", {"en": "Yes"}), Choice("no", {"en": "No"}))


def question(key: str, type: QuestionType = QuestionType.SHORT_TEXT, **values: Any) -> Question:
    return Question(key, type, {"vi": key, "en": key}, **values)


COOKS = question("cooks", QuestionType.CHOICE, choices=YES_NO, need=Need.REQUIRED)
GAS = question(
    "gas",
    QuestionType.LONG_TEXT,
    need=Need.REQUIRED_IF,
    condition=Condition("cooks", ("yes",)),
    helps={"en": "?"},
)
STAFF = question(
    "staff",
    QuestionType.TABLE,
    columns=(Choice("name", {"en": "Name"}), Choice("job", {"en": "Job"})),
    most="3",
)
WEIGHT = question("weight", QuestionType.NUMBER, units={"en": "kg"}, least="1", most="500")
AGREES = question("agrees", QuestionType.CONSENT, need=Need.REQUIRED)
BODY = Body(
    (Section("one", {"en": "One"}, (COOKS, GAS)), Section("two", {"en": "Two"}, (STAFF, WEIGHT, AGREES)))
)


def order(body: Body) -> list[tuple[str, list[str]]]:
    return [(each.key, [one.key for one in each.questions]) for each in body.sections]


# Kept and read again


def test_a_form_is_read_as_it_was_kept() -> None:
    assert body_from(plain_body(BODY)) == BODY
    assert body_from({}) == Body()


# Answers


@pytest.mark.parametrize(
    ("asked", "typed", "kept"),
    [
        (question("a"), "  HTX  Mộc  ", "HTX Mộc"),
        (question("a"), " ", None),
        (question("a", QuestionType.LONG_TEXT), "a\r\nb", "a\nb"),
        (COOKS, "no", "no"),
        (question("a", QuestionType.SEVERAL, choices=YES_NO), ["no", "yes"], ["yes", "no"]),
        (question("a", QuestionType.SEVERAL, choices=YES_NO), [], None),
        (WEIGHT, "12,5", "12.5"),
        (question("a", QuestionType.NUMBER), "1.500", "1500"),
        (question("a", QuestionType.NUMBER), "1.234.567,5", "1234567.5"),
        (question("a", QuestionType.NUMBER), "0,125", "0.125"),
        (question("a", QuestionType.NUMBER), "0", "0"),
        (question("a", QuestionType.DATE), "2027-03-01", "2027-03-01"),
        (question("a", QuestionType.DATE), "1/3/2027", "2027-03-01"),
        (question("a", QuestionType.FILE), 7, 7),
        (question("a", QuestionType.FILE), "7", None),
        (STAFF, [{"name": "Mai", "odd": "x"}, {"name": " "}], [{"name": "Mai", "job": ""}]),
        (STAFF, [], None),
        (AGREES, True, True),
        (AGREES, False, None),
    ],
)
def test_an_answer_is_kept_in_one_spelling(asked: Question, typed: Any, kept: Any) -> None:
    assert answer_from(asked, typed) == kept


@pytest.mark.parametrize(
    ("asked", "typed", "fault"),
    [
        (question("a"), "x" * 301, AnswerFault.TOO_LONG),
        (question("a", most="5"), "123456", AnswerFault.TOO_LONG),
        (question("a", least="3"), "12", AnswerFault.TOO_SHORT),
        (question("a"), "a\0b", AnswerFault.UNREADABLE),
        (COOKS, "perhaps", AnswerFault.NOT_A_CHOICE),
        (question("a", QuestionType.SEVERAL, choices=YES_NO), ["no", "odd"], AnswerFault.NOT_A_CHOICE),
        (question("a", QuestionType.SEVERAL, choices=YES_NO, least="2"), ["no"], AnswerFault.TOO_FEW),
        (question("a", QuestionType.SEVERAL, choices=YES_NO, most="1"), ["no", "yes"], AnswerFault.TOO_MANY),
        (WEIGHT, "much", AnswerFault.NOT_A_NUMBER),
        (WEIGHT, "NaN", AnswerFault.NOT_A_NUMBER),
        (WEIGHT, "1e99", AnswerFault.NOT_A_NUMBER),
        (WEIGHT, "0.5", AnswerFault.NUMBER_TOO_SMALL),
        (WEIGHT, "501", AnswerFault.NUMBER_TOO_LARGE),
        (question("a", QuestionType.DATE), "31.2.2027", AnswerFault.NOT_A_DATE),
        (question("a", QuestionType.DATE), "tomorrow", AnswerFault.NOT_A_DATE),
        (question("a", QuestionType.DATE, least="2027-01-01"), "2026-12-31", AnswerFault.TOO_EARLY),
        (question("a", QuestionType.DATE, most="2027-01-01"), "2027-01-02", AnswerFault.TOO_LATE),
        (STAFF, [{"name": "x"}] * 4, AnswerFault.TOO_MANY_ROWS),
        (replace(STAFF, least="2"), [{"name": "x"}], AnswerFault.TOO_FEW_ROWS),
        (STAFF, [{"name": "x" * 201}], AnswerFault.TOO_LONG),
    ],
)
def test_what_is_no_answer_says_why(asked: Question, typed: Any, fault: AnswerFault) -> None:
    with pytest.raises(Unfit) as unfit:
        answer_from(asked, typed)
    assert unfit.value.reason is fault


def test_a_question_is_needed_after_the_answer_that_decides_it() -> None:
    assert [is_needed(GAS, BODY, {"cooks": said}) for said in ("yes", "no", None)] == [True, False, False]
    agreed = replace(GAS, condition=Condition("agrees", ("yes",)))
    assert is_needed(agreed, BODY, {"agrees": True})
    assert not is_needed(agreed, BODY, {})


def test_a_question_whose_decider_is_not_asked_is_not_needed_either() -> None:
    hidden = replace(COOKS, need=Need.REQUIRED_IF, condition=Condition("agrees", ("yes",)))
    body = Body((Section("one", {}, (AGREES, hidden, GAS)),))
    assert not is_needed(GAS, body, {"cooks": "yes"})
    assert is_needed(GAS, body, {"cooks": "yes", "agrees": True})


def test_everything_missing_or_unfit_is_said_in_the_forms_order() -> None:
    found = faults(BODY, {"cooks": "yes", "weight": "900"})
    assert [(each.key, each.reason) for each in found] == [
        ("gas", AnswerFault.MISSING),
        ("weight", AnswerFault.NUMBER_TOO_LARGE),
        ("agrees", AnswerFault.CONSENT_MISSING),
    ]
    assert faults(BODY, {"cooks": "no", "agrees": True}) == ()


def test_an_answer_that_is_not_asked_for_is_not_judged() -> None:
    assert faults(BODY, {"cooks": "no", "gas": "x" * 9000, "agrees": True}) == ()


# Building


def test_a_key_comes_of_the_words_and_is_never_given_twice() -> None:
    assert new_key([], {"vi": "Tên trên biển gian", "en": ""}) == "ten_tren_bien_gian"
    assert new_key(["fascia"], {"vi": "Biển", "en": "Fascia"}) == "fascia_2"
    assert new_key([], {"vi": "กขค"}) == "question"


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (replace(COOKS, labels={"en": " "}), FormRefusal.NO_LABEL),
        (replace(COOKS, choices=YES_NO[:1]), FormRefusal.NO_CHOICES),
        (replace(COOKS, choices=YES_NO[:1] * 2), FormRefusal.SAME_CHOICE_TWICE),
        (
            replace(COOKS, choices=tuple(Choice(f"c{n}", {"en": str(n)}) for n in range(41))),
            FormRefusal.TOO_MANY_CHOICES,
        ),
        (replace(STAFF, columns=()), FormRefusal.NO_COLUMNS),
        (
            replace(STAFF, columns=tuple(Choice(f"c{n}", {"en": str(n)}) for n in range(9))),
            FormRefusal.TOO_MANY_COLUMNS,
        ),
        (replace(WEIGHT, least="much"), FormRefusal.BOUND_UNREADABLE),
        (replace(WEIGHT, least="NaN"), FormRefusal.BOUND_UNREADABLE),
        (replace(STAFF, most="61"), FormRefusal.BOUND_UNREADABLE),
        (question("a", most="1.5"), FormRefusal.BOUND_UNREADABLE),
        (question("a", QuestionType.DATE, least="soon"), FormRefusal.BOUND_UNREADABLE),
        (replace(WEIGHT, least="9", most="1"), FormRefusal.BOUNDS_REVERSED),
        (
            question("a", QuestionType.DATE, least="2027-02-01", most="2027-01-01"),
            FormRefusal.BOUNDS_REVERSED,
        ),
        (replace(GAS, condition=None), FormRefusal.CONDITION_MISSING),
        (replace(GAS, condition=Condition("cooks", ())), FormRefusal.CONDITION_MISSING),
        (replace(GAS, condition=Condition("staff", ("x",))), FormRefusal.CONDITION_NOT_BEFORE),
        (replace(GAS, condition=Condition("cooks", ("perhaps",))), FormRefusal.CONDITION_UNKNOWN_ANSWER),
    ],
)
def test_each_fault_of_a_question_has_its_name(wrong: Question, fault: FormRefusal) -> None:
    assert question_faults(wrong, [COOKS, STAFF]) == (fault,)


def test_a_whole_form_says_where_it_is_wrong() -> None:
    assert body_faults(BODY) == ()
    assert body_faults(Body()) == (("", FormRefusal.NO_QUESTIONS),)
    upside = moved_question(BODY, "gas", "one", 0)
    assert body_faults(upside) == (("gas", FormRefusal.CONDITION_NOT_BEFORE),)


def test_questions_and_sections_are_put_in_changed_and_taken_out() -> None:
    more = with_question(BODY, "two", question("late"))
    assert isinstance(more, Body)
    assert order(more)[1] == ("two", ["staff", "weight", "agrees", "late"])
    renamed = with_question(more, "one", replace(question("late"), labels={"en": "Later"}))
    assert isinstance(renamed, Body)
    assert renamed.question("late").labels == {"en": "Later"}  # type: ignore[union-attr]
    assert order(renamed) == order(more)
    assert without_question(BODY, "cooks") is FormRefusal.DECIDES_ANOTHER
    assert order(without_question(BODY, "gas"))[0] == ("one", ["cooks"])  # type: ignore[arg-type]
    assert without_section(BODY, "one") is FormRefusal.SECTION_NOT_EMPTY
    assert with_section(BODY, Section("three", {"en": ""})) is FormRefusal.NO_SECTION_NAME
    three = with_section(BODY, Section("three", {"en": "Three"}))
    assert isinstance(three, Body)
    assert without_section(three, "three") == BODY
    assert with_section(BODY, replace(BODY.sections[0], names={"en": "First"})).sections[0].questions  # type: ignore[union-attr]


def test_a_form_is_bounded() -> None:
    full = Body((Section("one", {"en": "1"}, tuple(question(f"q{n}") for n in range(MOST_QUESTIONS))),))
    assert with_question(full, "one", question("more")) is FormRefusal.TOO_MANY_QUESTIONS
    wide = Body(tuple(Section(f"s{n}", {"en": "s"}) for n in range(MOST_SECTIONS)))
    assert with_section(wide, Section("more", {"en": "s"})) is FormRefusal.TOO_MANY_SECTIONS


@pytest.mark.parametrize(
    ("key", "down", "after"),
    [
        ("gas", False, ["gas", "cooks"]),
        ("cooks", True, ["gas", "cooks"]),
        ("cooks", False, ["cooks", "gas"]),
        ("gas", True, ["cooks"]),
        ("nobody", True, ["cooks", "gas"]),
    ],
)
def test_a_question_steps_up_and_down_and_over_the_edge(key: str, down: bool, after: list[str]) -> None:
    moved = stepped_question(BODY, key, down)
    assert order(moved)[0] == ("one", after)
    assert sorted(each.key for each in moved.questions()) == sorted(each.key for each in BODY.questions())


def test_a_question_goes_to_any_place_and_a_section_too() -> None:
    assert order(moved_question(BODY, "gas", "two", 1))[1] == ("two", ["staff", "gas", "weight", "agrees"])
    assert order(moved_question(BODY, "gas", "two", 99))[1][1][-1] == "gas"
    assert moved_question(BODY, "gas", "nowhere", 0) == BODY
    assert [each.key for each in moved_section(BODY, "two", 0).sections] == ["two", "one"]
    assert moved_section(BODY, "nobody", 0) == BODY


def test_choices_keep_their_codes_by_words_then_by_place() -> None:
    before = (Choice("tea", {"vi": "Chè", "en": "Tea"}), Choice("rice", {"vi": "Gạo", "en": "Rice"}))
    swapped = recoded(before, [{"vi": "Gạo"}, {"en": "Tea"}])
    assert [each.code for each in swapped] == ["rice", "tea"]
    corrected = recoded(before, [{"vi": "Chè", "en": "Tea"}, {"vi": "Gạo nếp", "en": "Sticky rice"}])
    assert [each.code for each in corrected] == ["tea", "rice"]
    more = recoded(before, [{"en": "Silk"}, {"en": "Tea"}, {"en": "Rice"}])
    assert [each.code for each in more] == ["silk", "tea", "rice"]


# Versions


def test_a_version_says_what_it_adds_removes_changes_and_reorders() -> None:
    assert not difference(BODY, BODY)
    new = stepped_question(BODY, "gas", False)
    assert difference(BODY, new) == replace(difference(BODY, BODY), is_reordered=True)
    fewer = without_question(BODY, "gas")
    assert isinstance(fewer, Body)
    assert difference(BODY, fewer).removed == ("gas",)
    more = with_question(fewer, "one", replace(COOKS, labels={"en": "Do you cook?"}))
    assert isinstance(more, Body)
    assert (difference(fewer, more).changed, difference(fewer, BODY).added) == (("cooks",), ("gas",))


SAID = {"cooks": "no", "weight": "20", "agrees": True, "staff": [{"name": "Mai", "job": ""}]}


@pytest.mark.parametrize(
    ("changed", "again"),
    [
        (replace(COOKS, labels={"en": "Do you cook on the stand?"}), []),
        (replace(COOKS, choices=(YES_NO[0], Choice("never", {"en": "Never"}))), ["cooks"]),
        (replace(WEIGHT, units={"en": "t"}), ["weight"]),
        (replace(WEIGHT, most="10"), ["weight"]),
        (replace(WEIGHT, type=QuestionType.SHORT_TEXT), ["weight"]),
        (replace(AGREES, labels={"en": "I agree to more"}), ["agrees"]),
        (replace(AGREES, helps={"en": "and to this"}), ["agrees"]),
        (replace(STAFF, columns=STAFF.columns[:1]), ["staff"]),
        (replace(STAFF, need=Need.REQUIRED), []),
    ],
)
def test_only_those_answers_are_asked_again_that_the_change_touches(
    changed: Question, again: list[str]
) -> None:
    new = with_question(BODY, "", changed)
    assert isinstance(new, Body)
    assert [each.key for each in owed(BODY, new, SAID)] == again


def test_a_new_needed_question_is_owed_and_a_new_optional_one_is_not() -> None:
    for need, again in ((Need.REQUIRED, ["extra"]), (Need.OPTIONAL, [])):
        new = with_question(BODY, "one", question("extra", need=need))
        assert isinstance(new, Body)
        assert [each.key for each in owed(BODY, new, SAID)] == again


def test_how_far_somebody_is_follows_from_answers_and_versions() -> None:
    new = with_question(BODY, "one", question("extra", need=Need.REQUIRED))
    assert isinstance(new, Body)
    assert standing(None, BODY, {}) is Standing.NOT_BEGUN
    assert standing(None, Body((Section("s", {}, (question("a"),)),)), {}) is Standing.COMPLETE
    assert standing(BODY, BODY, {}) is Standing.INCOMPLETE
    assert standing(BODY, BODY, SAID) is Standing.COMPLETE
    assert standing(BODY, new, SAID) is Standing.AGAIN


# When


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("owes", [False, True])
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("phase", list(Phase))
def test_every_state_lets_answer_or_says_why_not(phase: Phase, state: State, owes: bool, late: bool) -> None:
    until = NOW - timedelta(hours=1) if late else NOW + timedelta(hours=1)
    said = against_answering(phase, state, owes=owes, now=NOW, until=until)
    if phase is Phase.APPLY:
        wanted = (
            None
            if state in EDITABLE or (state in ON_THE_WAY and owes)
            else AnswerRefusal.SUBMITTED
            if state in ON_THE_WAY
            else AnswerRefusal.ENDED
        )
    elif state in ADMITTED:
        wanted = AnswerRefusal.DETAILS_CLOSED if late and not owes else None
    else:
        on = state in ON_THE_WAY | EDITABLE
        wanted = AnswerRefusal.NOT_ACCEPTED_YET if on else AnswerRefusal.ENDED
    assert said is wanted


def test_an_extension_never_shortens_and_no_deadline_stays_none() -> None:
    later = NOW + timedelta(days=1)
    assert [closes_at(NOW, later), closes_at(later, NOW), closes_at(None, NOW), closes_at(NOW, None)] == [
        later,
        later,
        None,
        NOW,
    ]


def test_settings_are_read_as_they_were_kept() -> None:
    chosen = FormSettings(NOW, Stop.NOTHING)
    assert form_settings({"forms": plain_settings(chosen)}) == chosen
    assert form_settings({}) == FormSettings(None, Stop.CONFIRM)


# Changes


@pytest.mark.parametrize("state", list(ChangeState))
@pytest.mark.parametrize("step", list(ChangeStep))
def test_every_step_of_a_change_is_allowed_or_refused_by_name(state: ChangeState, step: ChangeStep) -> None:
    said = step_refusals(state, step, reason="vì")
    assert said == (() if state is ChangeState.PROPOSED else (ChangeRefusal.NOT_FROM_HERE,))
    assert ((state, step) in CHANGE_STEPS) is (state is ChangeState.PROPOSED)


def test_a_refusal_needs_words_and_an_approval_the_answers_as_they_were() -> None:
    proposed = ChangeState.PROPOSED
    assert step_refusals(proposed, ChangeStep.REFUSE, reason=" ") == (ChangeRefusal.REASON_MISSING,)
    assert step_refusals(proposed, ChangeStep.APPROVE, is_as_it_was=False) == (ChangeRefusal.NO_LONGER_SO,)
    assert step_refusals(proposed, ChangeStep.WITHDRAW, is_as_it_was=False) == ()
