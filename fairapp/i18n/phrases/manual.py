"""The exhibitor's manual in words: tasks, answers, what is owed, and each reason with its cure."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.duties import DutyKind, DutyReminder, DutyState
from fairapp.rules.manual import AnswerState, AnswerStep, ManualFault, ManualRefusal, TaskKind
from fairapp.rules.services import OrderState, OrderStep, ServiceRefusal

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (TaskKind.FASCIA, _l("Text on the fascia")),
    (TaskKind.CATALOGUE, _l("Text for the catalogue and the booth's page")),
    (TaskKind.STAFF, _l("People at the booth, by their badges")),
    (TaskKind.STAND_PLAN, _l("Plan of the stand, as a file")),
    (TaskKind.MOVE_IN, _l("Time to move in")),
    (TaskKind.TEXT, _l("Another text")),
    (TaskKind.TICK, _l("A tick: read, done, agreed")),
    (TaskKind.FILE, _l("Another file")),
    (AnswerState.OPEN, _l("Not handed in")),
    (AnswerState.ANSWERED, _l("Handed in")),
    (AnswerState.APPROVED, _l("Approved")),
    (AnswerState.RETURNED, _l("Sent back")),
    (AnswerStep.ANSWER, _l("Hand in")),
    (AnswerStep.APPROVE, _l("Approve")),
    (AnswerStep.RETURN, _l("Send back")),
    (DutyKind.TASK, _l("Task of the manual")),
    (DutyKind.DETAILS, _l("Details after acceptance")),
    (DutyKind.DOCUMENT, _l("Documents")),
    (DutyKind.CONTRACT, _l("Sign the contract")),
    (DutyKind.PAYMENT, _l("Payment")),
    (DutyKind.BADGES, _l("Name the people at your booth")),
    (DutyState.LATE, _l("Late")),
    (DutyState.DUE, _l("To do")),
    (DutyState.WAITING, _l("Handed in")),
    (DutyState.DONE, _l("Done")),
    (DutyState.PASSED, _l("Not needed any more")),
    (ManualRefusal.NOT_ASKED, _l("This task is not for your kind of booth. You need not do anything.")),
    (ManualRefusal.LEFT, _l("You take part in this fair no more, so nothing is handed in any longer.")),
    (
        ManualRefusal.CLOSED,
        _l("The day has passed and yours is in. Write to the organiser if something has to change."),
    ),
    (
        ManualRefusal.NOT_FROM_HERE,
        _l("This has been dealt with meanwhile. Look at how it stands now."),
    ),
    (
        ManualRefusal.REASON_MISSING,
        _l("Say what has to be done better: the exhibitor reads it and puts it right."),
    ),
    (ManualRefusal.NOBODY_NAMED, _l("Nobody is named yet. Name at least one person on your badges first.")),
    (
        ManualRefusal.NO_BOOTH,
        _l("You have no booth yet, and times belong to halls. Choose once your booth is assigned."),
    ),
    (ManualRefusal.SLOT_ELSEWHERE, _l("This time is for another hall. Choose one of your hall.")),
    (ManualRefusal.SLOT_FULL, _l("This time is full by now. Choose another one.")),
    (ManualRefusal.SLOT_OVER, _l("This time is over. Choose a later one.")),
    (
        ManualRefusal.SLOT_TAKEN,
        _l("%(manual_taken)s exhibitors have chosen this time. Ask them to choose another one first."),
    ),
    (
        ManualRefusal.SLOT_SMALL,
        _l("%(manual_taken)s exhibitors have chosen this time already. Write this number or more."),
    ),
    (
        ManualRefusal.SLOT_BACKWARDS,
        _l("Not one slot fits between the first and the last moment. Check both, and the minutes."),
    ),
    (ManualRefusal.SLOT_AFTER_FAIR, _l("This is after the fair. Choose a time before it or during it.")),
    (
        ManualRefusal.TOO_MANY_TASKS,
        _l("A manual asks for at most %(manual_most)s things. Change or remove one that is there."),
    ),
    (
        ManualRefusal.TOO_MANY_SLOTS,
        _l("A fair has at most %(manual_most)s times to move in. Make them longer, or remove some."),
    ),
    (ManualRefusal.NO_NAME, _l("Give the task a name in at least one language.")),
    (
        ManualRefusal.NOBODY_TO_WRITE,
        _l("Nobody of these is late, or everybody was written to today. Tomorrow you can write again."),
    ),
    (ManualRefusal.DAYS, _l("Write a number of days from 0 to %(manual_most)s.")),
    (DutyReminder.COMING, _l("Soon due")),
    (DutyReminder.LATE, _l("Late")),
    (ManualRefusal.DUE_AFTER_FAIR, _l("This day is after the fair. Choose one before it ends.")),
    (ManualFault.EMPTY, _l("Write something here.")),
    (ManualFault.TOO_LONG, _l("Characters over what fits here: %(over)s. Shorten the text by so many.")),
    (
        ManualFault.BAD_SIGN,
        _l("One of these signs cannot be cut. Use letters, digits, blanks and - – & . , ' ( ) / + · only."),
    ),
    (ManualFault.NOT_TICKED, _l("Tick the box once it is done.")),
    (ManualFault.NO_SLOT, _l("Choose one of the times.")),
    (ManualFault.NO_FILE, _l("Choose a file: a PDF or a picture.")),
    (OrderState.NONE, _l("Not ordered")),
    (OrderState.ORDERED, _l("Ordered")),
    (OrderState.CANCELLED, _l("Given up")),
    (OrderStep.ORDER, _l("Order it")),
    (OrderStep.CANCEL, _l("Give the order up")),
    (ServiceRefusal.LEFT, _l("You take part in this fair no more, so nothing is ordered any longer.")),
    (ServiceRefusal.OFF, _l("This service is not offered now. Ask the organiser for it.")),
    (
        ServiceRefusal.CLOSED,
        _l("This service is closed for orders. Ask the organiser: it may still add it."),
    ),
    (
        ServiceRefusal.SOLD_OUT,
        _l("Nothing is left of this service. Choose another or ask the organiser."),
    ),
    (ServiceRefusal.FEW_LEFT, _l("Only %(service_left)s are left for you. Order so many or fewer.")),
    (
        ServiceRefusal.INVOICED,
        _l(
            "This order stands on %(service_invoice)s by now. "
            "Write to the organiser, who changes it and credits what was invoiced."
        ),
    ),
    (ServiceRefusal.QUANTITY, _l("Write a number from 0 to 999.")),
    (ServiceRefusal.NO_PRICE, _l("Choose a line of the price list that is a service.")),
    (
        ServiceRefusal.STOCK_SMALL,
        _l("%(service_ordered)s are ordered already. Write this number or more."),
    ),
    (ServiceRefusal.AFTER_FAIR, _l("This day is after the fair. Choose one before it ends.")),
    (
        ServiceRefusal.TOO_MANY,
        _l("A fair offers at most %(service_most)s services. Change one that is there."),
    ),
)
