"""Reviewing in words: states and steps of a review, parts and orders, each refusal with its cure."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.marks import MarkRefusal
from fairapp.rules.review_settings import ReviewReminder
from fairapp.rules.reviewing import Order, Reads, ReviewRefusal, ReviewState, ReviewStep

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (MarkRefusal.TAG_EMPTY, _l("Write a tag, such as “call back”.")),
    (MarkRefusal.TAG_TOO_LONG, _l("A tag has at most 30 characters. Shorten it.")),
    (
        MarkRefusal.TOO_MANY_TAGS,
        _l("One of these applications has 10 tags, which is the most. Take one off first."),
    ),
    (
        MarkRefusal.FAIR_HAS_TOO_MANY_TAGS,
        _l("The fair has 60 tags, which is the most. Use one that is there, or take one off everywhere."),
    ),
    (MarkRefusal.FILTER_EMPTY, _l("Choose a filter first, then save it.")),
    (MarkRefusal.FILTER_UNNAMED, _l("Give the filter a name of at most 60 characters.")),
    (MarkRefusal.FILTER_NAME_TAKEN, _l("Another filter of yours has this name. Choose a different one.")),
    (MarkRefusal.TOO_MANY_FILTERS, _l("You have 20 filters, which is the most. Remove one first.")),
    (ReviewReminder.COMING, _l("Soon due")),
    (ReviewReminder.LATE, _l("Late")),
    (ReviewState.OPEN, _l("Not reviewed yet")),
    (ReviewState.DONE, _l("Reviewed")),
    (ReviewState.CONFLICT, _l("Conflict declared")),
    (ReviewStep.SCORE, _l("Give points")),
    (ReviewStep.DECLARE, _l("Declare a conflict")),
    (ReviewStep.LIFT, _l("Lift the conflict")),
    (Reads.ALL, _l("All applications")),
    (Reads.GROUP, _l("Product group")),
    (Reads.PROVINCE, _l("Province or city")),
    (Reads.COUNTRY, _l("Country")),
    (Reads.APPLICATION, _l("One application")),
    (Order.SPREAD, _l("Furthest apart first")),
    (Order.MEAN, _l("Best first")),
    (Order.FEWEST, _l("Fewest reviews first")),
    (
        ReviewRefusal.IN_CONFLICT,
        _l("You declared a conflict here. Was it a mistake? Ask the organiser to lift it."),
    ),
    (
        ReviewRefusal.NO_CONFLICT,
        _l("No conflict is declared here any more. Look at what the application says now."),
    ),
    (
        ReviewRefusal.DECIDED,
        _l("The organiser has decided, so reviews stay as they are. Write to the organiser if one is wrong."),
    ),
    (
        ReviewRefusal.WITH_APPLICANT,
        _l("The applicant is completing the application. Review it when it is submitted again."),
    ),
    (
        ReviewRefusal.NO_CRITERIA,
        _l("There are no criteria yet. Review the application when the organiser has set them."),
    ),
    (ReviewRefusal.SCORE_MISSING, _l("Give points for every criterion.")),
    (ReviewRefusal.NOT_ON_THE_SCALE, _l("Points lie between 0 and the highest number that stands beside.")),
    (
        ReviewRefusal.CRITERIA_IN_USE,
        _l("Reviews by these criteria are there. Change names and weights instead: all means follow."),
    ),
    (
        ReviewRefusal.TOO_MANY_CRITERIA,
        _l("There are 20 criteria, which is the most. Change one, or remove one first."),
    ),
    (
        ReviewRefusal.NOT_A_REVIEWER,
        _l("This account is no reviewer of the fair. Grant it the role first, under Roles."),
    ),
    (
        ReviewRefusal.TOO_MANY_PARTS,
        _l("This reviewer reads 200 parts, which is the most. Give a whole group or province instead."),
    ),
    (ReviewRefusal.REMINDER_DAYS, _l("Write 0 to 30 days. Later you can write by hand.")),
    (
        ReviewRefusal.DEADLINE_AFTER_FAIR,
        _l("Reviews are wanted before the fair ends. Choose an earlier day."),
    ),
    (
        ReviewRefusal.NOBODY_TO_WRITE,
        _l("Nobody of those ticked has something to read, or all were written to today. Write tomorrow."),
    ),
    (ReviewRefusal.NO_SUCH_PART, _l("Choose a group, a province, a country or an application of this fair.")),
)
