"""States, steps and refusals of applications in words, each refusal with its cure."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.applications import Part, State, Step, StepRefusal
from fairapp.rules.waiting_list import OfferRefusal, OfferState, OfferStep

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (State.DRAFT, _l("Draft")),
    (State.SUBMITTED, _l("Submitted")),
    (State.RETURNED, _l("Returned for completion")),
    (State.RESUBMITTED, _l("Submitted again")),
    (State.IN_REVIEW, _l("In review")),
    (State.ACCEPTED, _l("Accepted")),
    (State.WAITLISTED, _l("On the waiting list")),
    (State.DECLINED, _l("Declined")),
    (State.CONFIRMED, _l("Participation confirmed")),
    (State.WITHDRAWN, _l("Withdrawn")),
    (State.CANCELLED, _l("Cancelled by the organiser")),
    (State.LAPSED, _l("Lapsed: not confirmed in time")),
    (Step.SUBMIT, _l("Submit")),
    (Step.RETURN, _l("Return for completion")),
    (Step.RESUBMIT, _l("Submit again")),
    (Step.BEGIN_REVIEW, _l("Begin review")),
    (Step.ACCEPT, _l("Accept")),
    (Step.WAITLIST, _l("Put on the waiting list")),
    (Step.DECLINE, _l("Decline")),
    (Step.CONFIRM, _l("Confirm participation")),
    (Step.WITHDRAW, _l("Withdraw")),
    (Step.CANCEL, _l("Cancel the application")),
    (Step.REOPEN, _l("Open again")),
    (Step.LAPSE, _l("Let it lapse")),
    (Part.KIND, _l("Kind of booth and size")),
    (Part.WISHES, _l("Wishes for the place")),
    (Part.NEEDS, _l("Power and water")),
    (Part.PRODUCTS, _l("Products to show")),
    (Part.QUESTIONS, _l("Questions of the organiser")),
    (Part.TERMS, _l("Terms of the fair")),
    (
        StepRefusal.NOT_FROM_HERE,
        _l("This step is not possible any more. Look at what the application says now."),
    ),
    (StepRefusal.NOT_OPEN_YET, _l("Applications are not open yet. Your draft is kept until then.")),
    (
        StepRefusal.DEADLINE_PASSED,
        _l("The deadline for applications has passed. Write to the organiser if you still want to come."),
    ),
    (
        StepRefusal.FAIR_NOT_OPEN,
        _l("The fair takes no applications at the moment. Read the notice on the fair's page."),
    ),
    (StepRefusal.FAIR_OVER, _l("The fair is over. Apply for the next edition.")),
    (StepRefusal.REASON_MISSING, _l("Say why: the applicant reads it.")),
    (StepRefusal.NO_BOOTH_KIND, _l("Choose a kind of booth.")),
    (StepRefusal.NO_AREA, _l("Say how much floor you need.")),
    (StepRefusal.AREA_TOO_SMALL, _l("The area is smaller than this kind of booth starts at. Ask for more.")),
    (StepRefusal.NO_PRODUCTS, _l("Choose at least one product to show.")),
    (StepRefusal.TERMS_NOT_ACCEPTED, _l("Read and accept the terms of the fair.")),
    (
        StepRefusal.NOT_EDITABLE,
        _l("The application has been submitted and cannot be changed now. Ask the organiser to return it."),
    ),
    (
        StepRefusal.STILL_TIME,
        _l("The time to confirm has not run out. Wait until it has, or cancel the application."),
    ),
    (
        StepRefusal.TOO_MANY_AT_ONCE,
        _l("These are more than 200 at once. Nothing was done: choose fewer, and the others after them."),
    ),
    (OfferState.OPEN, _l("Waiting for the answer")),
    (OfferState.ACCEPTED, _l("Taken")),
    (OfferState.DECLINED, _l("Let go")),
    (OfferState.EXPIRED, _l("Not answered in time")),
    (OfferState.RECALLED, _l("Taken back by the organiser")),
    (OfferStep.ACCEPT, _l("Take the place")),
    (OfferStep.DECLINE, _l("Let it go")),
    (OfferStep.EXPIRE, _l("Let it run out")),
    (OfferStep.RECALL, _l("Take it back")),
    (OfferRefusal.ENDED, _l("This offer has ended. Look at what the application says now.")),
    (
        OfferRefusal.TIME_IS_UP,
        _l("The time to answer this offer is up. Ask the organiser; you are still on the waiting list."),
    ),
    (
        OfferRefusal.STILL_TIME,
        _l("There is still time to answer. Wait until it is up, or take the offer back."),
    ),
    (
        OfferRefusal.NOT_WAITING,
        _l("This application is not on the waiting list. Look at what it says now."),
    ),
    (
        OfferRefusal.HAS_AN_OFFER,
        _l("An offer to this applicant is open. Wait for the answer, or take that offer back first."),
    ),
    (
        OfferRefusal.BOOTH_IS_OFFERED,
        _l("Booth %(code)s is offered to somebody else at the moment. Choose another one."),
    ),
    (StepRefusal.NO_BOOTH_YET, _l("You can confirm as soon as a booth is assigned to you.")),
)
