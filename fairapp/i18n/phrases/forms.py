"""Forms that organisers build, in words: their parts, faults in them and in answers, each with its cure."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.answers import AnswerFault
from fairapp.rules.carrying import CarryHindrance, CarryMark
from fairapp.rules.changes import ChangeRefusal, ChangeState, ChangeStep
from fairapp.rules.form_building import FormRefusal
from fairapp.rules.form_versions import Standing
from fairapp.rules.forms import AnswerRefusal, ExtensionRefusal, FormHindrance, Stop
from fairapp.rules.questions import Need, Phase, QuestionType

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (Phase.APPLY, _l("With the application")),
    (Phase.DETAILS, _l("Details, after acceptance")),
    (QuestionType.SHORT_TEXT, _l("A line of text")),
    (QuestionType.LONG_TEXT, _l("A longer text")),
    (QuestionType.CHOICE, _l("One of several answers")),
    (QuestionType.SEVERAL, _l("Any of several answers")),
    (QuestionType.NUMBER, _l("A number with its unit")),
    (QuestionType.DATE, _l("A date")),
    (QuestionType.FILE, _l("A file")),
    (QuestionType.TABLE, _l("A table with rows")),
    (QuestionType.CONSENT, _l("A consent to tick")),
    (Need.OPTIONAL, _l("May be left out")),
    (Need.REQUIRED, _l("Must be answered")),
    (Need.REQUIRED_IF, _l("Must be answered after certain answers")),
    (Stop.CONFIRM, _l("Taking part cannot be confirmed")),
    (Stop.NOTHING, _l("Nothing is held back")),
    (Standing.NOT_BEGUN, _l("Not begun")),
    (Standing.INCOMPLETE, _l("Not complete")),
    (Standing.AGAIN, _l("Must answer again")),
    (Standing.COMPLETE, _l("Complete")),
    (FormRefusal.NO_LABEL, _l("Write the question in at least one language.")),
    (FormRefusal.NO_SECTION_NAME, _l("Write the heading in at least one language.")),
    (FormRefusal.NO_CHOICES, _l("Write at least two answers to choose from, one on each line.")),
    (FormRefusal.TOO_MANY_CHOICES, _l("There are more than 40 answers. Shorten the list.")),
    (FormRefusal.NO_COLUMNS, _l("Write at least one column, one on each line.")),
    (FormRefusal.TOO_MANY_COLUMNS, _l("A table has at most 8 columns. Leave some out.")),
    (FormRefusal.SAME_CHOICE_TWICE, _l("One of the lines stands there twice. Remove one of them.")),
    (
        FormRefusal.BOUND_UNREADABLE,
        _l("A bound cannot be read. Write a number, or for days a date such as 2027-03-01."),
    ),
    (FormRefusal.BOUNDS_REVERSED, _l("The lower bound lies above the upper one. Swap them.")),
    (FormRefusal.CONDITION_MISSING, _l("Tick the answers after which this question must be answered.")),
    (
        FormRefusal.CONDITION_NOT_BEFORE,
        _l("The question that decides it no longer stands before it. Move it up, or choose another."),
    ),
    (
        FormRefusal.CONDITION_UNKNOWN_ANSWER,
        _l("An answer that decides it is not offered any more. Tick the answers anew."),
    ),
    (FormRefusal.CONDITION_OF_TWO, _l("Tick answers of one question only.")),
    (FormRefusal.TOO_MANY_QUESTIONS, _l("A form has at most 80 questions. Remove some first.")),
    (FormRefusal.TOO_MANY_SECTIONS, _l("A form has at most 12 sections. Remove one first.")),
    (FormRefusal.SECTION_NOT_EMPTY, _l("The section still has questions. Move or remove them first.")),
    (
        FormRefusal.DECIDES_ANOTHER,
        _l("Another question depends on the answer to this one. Change that condition first."),
    ),
    (FormRefusal.NO_QUESTIONS, _l("The form asks nothing yet. Add a question first.")),
    (
        FormRefusal.NOTHING_CHANGED,
        _l("Nothing has changed since the last version. There is nothing to publish."),
    ),
    (FormRefusal.FORM_EXISTS, _l("There is a form for this already. Open it from the list.")),
    (
        FormRefusal.DEADLINE_AFTER_FAIR,
        _l("This deadline lies after the fair's last day. Choose an earlier one."),
    ),
    (FormRefusal.FORM_IN_USE, _l("The form was published, so it stays. Take its questions out instead.")),
    (AnswerFault.MISSING, _l("Answer this question.")),
    (AnswerFault.CONSENT_MISSING, _l("Tick the box if you agree; without it we cannot go on.")),
    (AnswerFault.FILE_MISSING, _l("Choose a file.")),
    (AnswerFault.UNREADABLE, _l("The text holds signs that cannot be kept. Type it anew.")),
    (AnswerFault.TOO_LONG, _l("Shorten this to at most %(most)s characters.")),
    (AnswerFault.TOO_SHORT, _l("Write at least %(least)s characters.")),
    (AnswerFault.NOT_A_CHOICE, _l("Choose one of the answers offered.")),
    (AnswerFault.TOO_FEW, _l("Tick at least %(least)s.")),
    (AnswerFault.TOO_MANY, _l("Tick at most %(most)s.")),
    (AnswerFault.NOT_A_NUMBER, _l("Write a number, such as 12.5.")),
    (AnswerFault.NUMBER_TOO_SMALL, _l("Write a number from %(least)s on.")),
    (AnswerFault.NUMBER_TOO_LARGE, _l("Write a number up to %(most)s.")),
    (AnswerFault.NOT_A_DATE, _l("Write a date, such as 2027-03-01.")),
    (AnswerFault.TOO_EARLY, _l("Choose a day from %(least)s on.")),
    (AnswerFault.TOO_LATE, _l("Choose a day up to %(most)s.")),
    (AnswerFault.TOO_FEW_ROWS, _l("Fill in at least %(least)s rows.")),
    (AnswerFault.TOO_MANY_ROWS, _l("Fill in at most %(most)s rows.")),
    (
        AnswerFault.ASKED_ANEW,
        _l("This question has changed since you answered it. Look at it again and save."),
    ),
    (AnswerRefusal.NO_FORM, _l("The organiser asks nothing here. You need not do anything.")),
    (
        AnswerRefusal.SUBMITTED,
        _l("The application has been submitted. Propose a change instead; the organiser decides on it."),
    ),
    (
        AnswerRefusal.NOT_ACCEPTED_YET,
        _l("These details are asked after acceptance. You need not do anything now."),
    ),
    (
        AnswerRefusal.ENDED,
        _l("The application has ended, so its answers stay as they are. Ask the organiser."),
    ),
    (
        AnswerRefusal.DETAILS_CLOSED,
        _l("The deadline for details has passed. Propose a change instead; the organiser decides on it."),
    ),
    (AnswerRefusal.FILE_TOO_BIG, _l("The file is larger than 10 MB. Choose a smaller one.")),
    (
        AnswerRefusal.FILE_UNKNOWN,
        _l("Only PDF files and pictures (JPEG, PNG, WebP) can be kept. Choose one."),
    ),
    (
        AnswerRefusal.TOO_MANY_FILES,
        _l("This application has had %(most)s files already. Ask the organiser before you send more."),
    ),
    (AnswerRefusal.FILE_DAMAGED, _l("The file cannot be read. Save it anew and choose it again.")),
    (
        FormHindrance.QUESTIONS_OPEN,
        _l(
            "Questions of the organiser still to answer: %(questions_open)s. Open them and save your answers."
        ),
    ),
    (
        FormHindrance.DETAILS_OPEN,
        _l("Details still to give: %(details_open)s. Fill them in; then the step is free."),
    ),
    (
        ExtensionRefusal.NOT_FOUND,
        _l("This fair has no application of this number. The applicant reads it on every page of the form."),
    ),
    (ExtensionRefusal.NO_DEADLINE, _l("There is no deadline to extend. Nobody is held back.")),
    (ExtensionRefusal.NOT_LATER, _l("Choose a time to come, later than the fair's own deadline.")),
    (ExtensionRefusal.AFTER_FAIR, _l("Choose a time before the fair ends.")),
    (
        ExtensionRefusal.ENDED,
        _l("This application cannot use more time in this phase. Look at where it stands first."),
    ),
    (CarryMark.KIND_GONE, _l("This kind of booth is not offered any more. Choose another.")),
    (CarryMark.PRICE_CHANGED, _l("Size or price has changed since your last fair. Look at it and save.")),
    (CarryMark.PLACE_GONE, _l("The hall or zone of your last fair is not there. Wish for another and save.")),
    (CarryMark.PRODUCTS_GONE, _l("Some products of your last fair are gone. Look at the list and save.")),
    (CarryMark.CONSENT, _l("Agreed to for your last fair; agree anew for this one.")),
    (CarryMark.FILE, _l("Sent for your last fair; send the file anew if it still holds.")),
    (CarryMark.DATE, _l("A day of your last fair; choose one for this fair.")),
    (CarryMark.CHANGED, _l("The question is another one now; answer it anew.")),
    (CarryMark.REWORDED, _l("The words of this question have changed; see whether your answer still fits.")),
    (
        CarryHindrance.NOT_LOOKED_AT,
        _l(
            "Parts taken over from your last fair that have changed since: %(carried_parts)s. "
            "Look at them and save."
        ),
    ),
    (ChangeState.PROPOSED, _l("Waits for the organiser")),
    (ChangeState.APPROVED, _l("Approved")),
    (ChangeState.REFUSED, _l("Refused")),
    (ChangeState.WITHDRAWN, _l("Taken back")),
    (ChangeStep.APPROVE, _l("Approve the change")),
    (ChangeStep.REFUSE, _l("Refuse the change")),
    (ChangeStep.WITHDRAW, _l("Take the request back")),
    (ChangeRefusal.NOT_FROM_HERE, _l("This change has been decided already. Look at what it says now.")),
    (ChangeRefusal.STILL_EDITABLE, _l("You can still change these answers yourself. Open them and save.")),
    (
        ChangeRefusal.ONE_WAITS,
        _l("One of your changes waits for the organiser. Take it back first if you want to propose another."),
    ),
    (
        ChangeRefusal.NOTHING_CHANGED,
        _l("Nothing differs from your answers. Change what should be different."),
    ),
    (ChangeRefusal.WHY_MISSING, _l("Say why the answer should change.")),
    (ChangeRefusal.REASON_MISSING, _l("Say why you refuse: the exhibitor reads it.")),
    (
        ChangeRefusal.NO_LONGER_SO,
        _l("The answers have changed since this was proposed. Refuse it and ask for a new proposal."),
    ),
)
