"""States, steps and refusals of delegations in words, each refusal with its cure."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.delegation_sheets import CellReason, RowKind, SheetColumn, SheetReason
from fairapp.rules.delegations import (
    DelegationReason,
    DelegationState,
    DelegationStep,
    EntryState,
    EntryStep,
    Stage,
    Standing,
)

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (DelegationState.INVITED, _l("Head invited")),
    (DelegationState.OPEN, _l("List open")),
    (DelegationState.LOCKED, _l("List locked")),
    (DelegationState.CLOSED, _l("Ended")),
    (DelegationStep.ACCEPT, _l("Take it on")),
    (DelegationStep.LOCK, _l("Lock the list")),
    (DelegationStep.UNLOCK, _l("Open the list again")),
    (DelegationStep.CLOSE, _l("End the delegation")),
    (Stage.INVITED, _l("Head invited")),
    (Stage.QUOTA_SET, _l("Quota given")),
    (Stage.LIST_OPEN, _l("List open")),
    (Stage.LIST_LOCKED, _l("List locked")),
    (Stage.ENDORSED, _l("All endorsed")),
    (Stage.ALLOCATED, _l("Booths shared out")),
    (Stage.CLOSED, _l("Ended")),
    (EntryState.ENTERED, _l("Entered")),
    (EntryState.INVITED, _l("Invited to complete")),
    (EntryState.ENDORSED, _l("Endorsed")),
    (EntryState.RETURNED, _l("Returned")),
    (EntryState.REMOVED, _l("Removed")),
    (Standing.ENTERED, _l("Entered")),
    (Standing.INVITED, _l("Invited to complete")),
    (Standing.COMPLETE, _l("Waits for you")),
    (Standing.ENDORSED, _l("Endorsed")),
    (Standing.RETURNED, _l("Returned")),
    (Standing.REMOVED, _l("Removed")),
    (EntryStep.CHANGE, _l("Change")),
    (EntryStep.INVITE, _l("Invite to complete")),
    (EntryStep.ENDORSE, _l("Endorse")),
    (EntryStep.RETURN, _l("Return with a reason")),
    (EntryStep.REMOVE, _l("Remove from the list")),
    (EntryStep.RESTORE, _l("Put back on the list")),
    (
        DelegationReason.NOT_FROM_HERE,
        _l("This is not possible any more. Look at how the delegation stands now."),
    ),
    (
        DelegationReason.HEAD_MISSING,
        _l("Nobody has taken the delegation on yet. Ask the organiser to send the invitation again."),
    ),
    (DelegationReason.CLOSED, _l("The delegation has ended. Ask the organiser if that was a mistake.")),
    (DelegationReason.LIST_LOCKED, _l("The list is locked. Ask the organiser to open it again.")),
    (
        DelegationReason.LIST_OVER,
        _l("The list closed at its deadline. Ask the organiser for a later one."),
    ),
    (
        DelegationReason.QUOTA_FULL,
        _l(
            "The quota is %(quota)s booths and the list would ask for %(asked)s. Ask for fewer booths, "
            "remove a producer, or ask the organiser for a larger quota."
        ),
    ),
    (
        DelegationReason.QUOTA_BELOW_LIST,
        _l("The list asks for more booths than this already. Have some removed first."),
    ),
    (DelegationReason.WRONG_QUOTA, _l("Give at least one booth and at most 500.")),
    (
        DelegationReason.LIST_AFTER_APPLICATIONS,
        _l("Applications for the fair close before that. Choose an earlier time, or move their deadline."),
    ),
    (
        DelegationReason.LINK_ENDED,
        _l("This invitation was answered, taken back, or is too old. Ask for a new one."),
    ),
    (
        DelegationReason.NOT_ALL_ENDORSED,
        _l("%(left)s of the list are not endorsed. Endorse or remove them, then lock the list."),
    ),
    (DelegationReason.NOBODY_ENTERED, _l("The list is empty. Enter its producers first.")),
    (
        DelegationReason.ENTRY_NOT_FROM_HERE,
        _l("This is not possible as the producer stands now. Return an endorsed one before it is changed."),
    ),
    (DelegationReason.REASON_MISSING, _l("Say why: the producer reads it.")),
    (
        DelegationReason.DECIDED_ALREADY,
        _l("The organiser has decided this application already. Ask them if something is wrong."),
    ),
    (
        DelegationReason.APPLICATION_ENDED,
        _l(
            "The application was withdrawn or cancelled. Remove the producer, or put it back and begin again."
        ),
    ),
    (
        DelegationReason.TERMS_NOT_AGREED,
        _l("Say that the producers have read and agreed to the terms of the fair."),
    ),
    (DelegationReason.ON_THE_LIST, _l("This producer is on the list already. Change it there.")),
    (
        DelegationReason.TOO_MANY_PRODUCERS,
        _l("A list holds at most 500 producers. Ask the organiser for a second delegation."),
    ),
    (DelegationReason.NOBODY_CHOSEN, _l("Choose at least one producer.")),
    (
        DelegationReason.NOT_ENDORSED,
        _l("The head of the producer's delegation has not endorsed it yet. Ask the head to do so first."),
    ),
    (
        DelegationReason.APPLIED_ALREADY,
        _l("This producer has an application for the fair already. Ask the organiser to look at it."),
    ),
    (DelegationReason.WRONG_BOOTHS, _l("Ask for at least one booth, at most 50 for one producer.")),
    (SheetColumn.NUMBER, _l("No.")),
    (SheetColumn.NAME, _l("Producer")),
    (SheetColumn.NAME_LATIN, _l("Name in Latin letters")),
    (SheetColumn.KIND, _l("Kind")),
    (SheetColumn.TAX_CODE, _l("Tax code")),
    (SheetColumn.PROVINCE, _l("Province")),
    (SheetColumn.COMMUNE, _l("Commune")),
    (SheetColumn.PLACE, _l("Place")),
    (SheetColumn.ADDRESS, _l("Address")),
    (SheetColumn.PHONE, _l("Phone")),
    (SheetColumn.EMAIL, _l("Email")),
    (SheetColumn.PRODUCTS, _l("Products")),
    (SheetColumn.STARS, _l("Stars")),
    (SheetColumn.GROUP, _l("Product group")),
    (SheetColumn.BOOTH_KIND, _l("Kind of booth")),
    (SheetColumn.BOOTHS, _l("Number of booths")),
    (CellReason.FORMULA, _l("This begins like a formula. Type the words themselves, without = + - or @.")),
    (CellReason.NOT_A_NAME, _l("A name has letters. Type the producer's name.")),
    (CellReason.UNKNOWN_ROW, _l("No producer of the list has this number. Leave it empty for a new one.")),
    (CellReason.UNKNOWN_KIND, _l("No such kind. Choose one of the list.")),
    (CellReason.UNKNOWN_GROUP, _l("The fair has no such product group. Choose one of the list.")),
    (CellReason.UNKNOWN_BOOTH_KIND, _l("The fair offers no such kind of booth. Choose one of the list.")),
    (
        CellReason.UNKNOWN_COMMUNE,
        _l("%(province)s has no such commune since July 2025. Choose one of the list."),
    ),
    (CellReason.NOT_ASKED, _l("This is not asked for this kind of booth. Empty the cell.")),
    (CellReason.TWICE, _l("Line %(line)s names this producer already. Keep one of the two.")),
    (
        SheetReason.NOT_THE_TEMPLATE,
        _l("These are not the columns of the workbook. Download it here and fill that one in."),
    ),
    (
        SheetReason.BROKEN_CELLS,
        _l("%(cells)s cells are broken. Correct them in the file and send it again."),
    ),
    (SheetReason.NOTHING_NEW, _l("The workbook says nothing that the list does not say already.")),
    (SheetReason.NOT_TAKEN_IN, _l("This workbook was never taken in: there is nothing to take back.")),
    (
        SheetReason.CHANGED_SINCE,
        _l("The list was changed after this workbook. Change the producers one by one instead."),
    ),
    (SheetReason.FILE_GONE, _l("The file is not kept any more. Send it again.")),
    (RowKind.NEW, _l("New")),
    (RowKind.CHANGED, _l("Changed")),
    (RowKind.SAME, _l("As it is")),
    (RowKind.BROKEN, _l("To correct")),
    (
        DelegationReason.NOT_ADMITTED_YET,
        _l("The organiser has not accepted this producer yet. A booth can be given after that."),
    ),
    (
        DelegationReason.HAS_ENOUGH,
        _l("This producer has all the booths it asked for. Take one back first, or ask the organiser."),
    ),
    (
        DelegationReason.BLOCK_OVER_QUOTA,
        _l("The block would have %(block)s booths, more than the quota of %(quota)s. Give fewer."),
    ),
    (
        DelegationReason.NOT_FREE,
        _l("Not free any more: %(codes)s. Choose others, or have them released first."),
    ),
    (
        DelegationReason.STILL_HELD,
        _l("Producers stand in %(codes)s. Have these places taken back first."),
    ),
    (DelegationReason.NO_BOOTH_CHOSEN, _l("Choose at least one booth.")),
)
