"""Bank statements, matching and dunning in words, each reason with what to do about it."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.bank_columns import BankColumnReason
from fairapp.rules.bank_figures import DayOrder
from fairapp.rules.bank_lines import LineOutcome, LineReason
from fairapp.rules.bank_plan import StatementRefusal
from fairapp.rules.bank_titles import BankField
from fairapp.rules.dunning import DaysRefusal, Reminder
from fairapp.rules.ledger import LedgerRefusal
from fairapp.rules.matching import Doubt, MatchReason

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (BankField.BOOKED_ON, _l("Booking day")),
    (BankField.AMOUNT, _l("Amount, in and out in one column")),
    (BankField.MONEY_IN, _l("Money in (credit)")),
    (BankField.MONEY_OUT, _l("Money out (debit)")),
    (BankField.SIGN, _l("Mark for in or out (C/D, Có/Nợ)")),
    (BankField.TEXT, _l("Text of the transfer")),
    (BankField.COUNTERPART, _l("Who sent it")),
    (BankField.REFERENCE, _l("The bank's own number")),
    (BankColumnReason.NO_DATE, _l("No column holds the booking day. Choose the one with the dates.")),
    (
        BankColumnReason.NO_AMOUNT,
        _l("No column holds the money that came in. Choose the amount, or the column for money in."),
    ),
    (
        BankColumnReason.NO_TEXT,
        _l("No column holds the text of the transfer. Choose it: references are looked for there."),
    ),
    (
        BankColumnReason.AMOUNT_TWICE,
        _l("Choose either one column for the amount, or columns for money in and out, not both."),
    ),
    (BankColumnReason.FIELD_TWICE, _l("“%(field)s” was chosen for two columns. Leave one of them out.")),
    (BankColumnReason.COLUMN_TWICE, _l("One column was chosen for two things. Give it one meaning.")),
    (
        BankColumnReason.UNKNOWN_COLUMN,
        _l("One of the columns is not in the file. Look at the columns again."),
    ),
    (DayOrder.DAY_FIRST, _l("Day before month")),
    (DayOrder.MONTH_FIRST, _l("Month before day")),
    (LineOutcome.MATCHED, _l("Matched")),
    (LineOutcome.UNMATCHED, _l("To match by hand")),
    (LineOutcome.IGNORED, _l("Left out")),
    (LineReason.NOT_A_LINE, _l("Not a transfer: a sum, a balance or a note of the bank.")),
    (LineReason.NO_DAY, _l("The day cannot be read. Put it right in the file and send it again.")),
    (
        LineReason.NO_AMOUNT,
        _l("The amount cannot be read or is zero. Put it right in the file and send it again."),
    ),
    (LineReason.MONEY_OUT, _l("Money that went out: it pays no invoice, so it is not kept.")),
    (LineReason.ALREADY_THERE, _l("Came with an earlier statement: it counts once.")),
    (
        LineReason.UNREADABLE,
        _l("The text holds characters that cannot be kept. Take them out in the file and send it again."),
    ),
    (MatchReason.REFERENCE, _l("The reference is in the text")),
    (MatchReason.REFERENCE_CUT, _l("The text ends within the reference")),
    (MatchReason.INVOICE_NUMBER, _l("The invoice's number is in the text")),
    (MatchReason.PAYER_ALIKE, _l("The payer's name is there")),
    (MatchReason.AMOUNT_EQUAL, _l("Exactly this amount is open")),
    (MatchReason.AMOUNT_OF_INVOICE, _l("Exactly the whole invoice is open")),
    (Doubt.NO_REFERENCE, _l("No known reference is in the text. Choose what it pays, or send it back.")),
    (
        Doubt.SEVERAL_REFERENCES,
        _l("Several references, but the amount is not their sum. Split it by hand."),
    ),
    (
        Doubt.PAID_ALREADY,
        _l("This instalment was paid before. Use the money for another one, or send it back."),
    ),
    (
        Doubt.DEAD_INVOICE,
        _l(
            "The invoice was credited, voided or written off. Use the money for another one, or send it back."
        ),
    ),
    (
        Doubt.CLAIM_GONE,
        _l(
            "The application has ended or the booth is somebody else's now; nothing comes back to life. "
            "Use the money for another invoice, or send it back."
        ),
    ),
    (
        Doubt.OVERPAID,
        _l("More came than was open. Use what is left for another instalment, or send it back."),
    ),
    (LedgerRefusal.NOTHING_DUE, _l("Nothing is open here any more. Choose another instalment.")),
    (LedgerRefusal.MORE_THAN_DUE, _l("That is more than is open here. Enter at most what is open.")),
    (
        LedgerRefusal.MORE_THAN_LEFT,
        _l("That is more than is left of this payment. Enter at most what is left."),
    ),
    (LedgerRefusal.NOT_POSITIVE, _l("Enter an amount above zero.")),
    (
        LedgerRefusal.INVOICE_DEAD,
        _l("This invoice was voided, credited or written off and takes no money. Choose another one."),
    ),
    (LedgerRefusal.PAID_ALREADY, _l("Something of this invoice is paid. Issue a credit note instead.")),
    (LedgerRefusal.MORE_THAN_INVOICED, _l("That is more than the invoice still stands for. Enter less.")),
    (LedgerRefusal.NOT_MATCHED, _l("This payment is not booked here any more. Look at it again.")),
    (
        StatementRefusal.FILE_GONE,
        _l("The file %(file)s is not there any more. Send the statement again."),
    ),
    (
        StatementRefusal.TOO_MANY_LINES,
        _l("The statement has more than %(most)s lines. Send it in parts, for shorter times."),
    ),
    (
        StatementRefusal.COLUMNS_UNTOLD,
        _l("Nobody has said yet what the columns hold. Choose them first."),
    ),
    (
        DaysRefusal.NOT_IN_ORDER,
        _l("Each reminder goes out after the one before it. Put the days in their order."),
    ),
    (DaysRefusal.FEE_DAY_TWICE, _l("Two lines of the cancellation fee begin on the same day. Keep one.")),
    (
        DaysRefusal.FEE_FALLS,
        _l("Cancelling later costs less than cancelling earlier. Let the fee rise towards the fair."),
    ),
    (Reminder.COMING, _l("Before it is due")),
    (Reminder.FIRST, _l("First reminder")),
    (Reminder.SECOND, _l("Second reminder")),
    (Reminder.LAST, _l("Last reminder")),
)
