"""Prices, invoices and payments in words, each refusal with its cure."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.amounts import PricesAre
from fairapp.rules.billing import (
    BankLineState,
    InstalmentKind,
    InvoiceKind,
    InvoiceRefusal,
    InvoiceState,
    InvoiceStep,
    MoneyHindrance,
    MoneyTaskKind,
    PartKind,
    Payer,
    PaymentRefusal,
    PaymentState,
    PaymentStep,
    PriceKind,
)
from fairapp.rules.prices import PriceRefusal
from fairapp.rules.quotes import QuoteGap

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (PriceKind.BOOTH, _l("Booth")),
    (PriceKind.OPEN_SIDE, _l("Further open side")),
    (PriceKind.RAW_M2, _l("Raw space, by m²")),
    (PriceKind.CO_EXHIBITOR, _l("Co-exhibitor")),
    (PriceKind.REPRESENTED, _l("Represented company")),
    (PriceKind.SERVICE, _l("Service")),
    (PriceKind.EXTRA_BADGE, _l("Extra badge")),
    (PriceKind.OTHER, _l("Something else")),
    (PriceKind.SUBSIDY, _l("Subsidy")),
    (PriceKind.CANCELLATION, _l("Cancellation fee")),
    (PricesAre.NET, _l("Without VAT: it is added to each line")),
    (PricesAre.GROSS, _l("With VAT: it is contained in each line")),
    (Payer.PRODUCER, _l("The exhibitor itself")),
    (Payer.PROVINCE, _l("A province")),
    (Payer.ORGANISER, _l("The organiser")),
    (InvoiceKind.INVOICE, _l("Invoice")),
    (InvoiceKind.CREDIT_NOTE, _l("Credit note")),
    (InstalmentKind.DEPOSIT, _l("Deposit")),
    (InstalmentKind.BALANCE, _l("Balance")),
    (InstalmentKind.WHOLE, _l("Whole sum")),
    (InvoiceState.DRAFT, _l("Draft, not sent")),
    (InvoiceState.ISSUED, _l("Issued, not paid")),
    (InvoiceState.PART_PAID, _l("Paid in part")),
    (InvoiceState.PAID, _l("Paid")),
    (InvoiceState.CREDITED, _l("Credited")),
    (InvoiceState.VOIDED, _l("Voided")),
    (InvoiceState.WRITTEN_OFF, _l("Written off")),
    (InvoiceStep.ISSUE, _l("Issue the invoice")),
    (InvoiceStep.DISCARD, _l("Discard the draft")),
    (InvoiceStep.PAY, _l("Record a payment")),
    (InvoiceStep.UNPAY, _l("Take a payment off")),
    (InvoiceStep.CREDIT, _l("Write a credit note")),
    (InvoiceStep.VOID, _l("Void the invoice")),
    (InvoiceStep.WRITE_OFF, _l("Write off what is due")),
    (InvoiceRefusal.NOT_ISSUED, _l("The invoice is a draft. Issue it first.")),
    (
        InvoiceRefusal.ALREADY_ISSUED,
        _l("The invoice has been issued and has its number. Write a credit note instead."),
    ),
    (
        InvoiceRefusal.DEAD,
        _l(
            "The invoice is credited, voided or written off. Keep the money as a credit,"
            " or write a new invoice."
        ),
    ),
    (InvoiceRefusal.NOTHING_PAID, _l("Nothing has been paid on this invoice: there is nothing to take off.")),
    (
        InvoiceRefusal.SOMETHING_PAID,
        _l("Something has been paid on this invoice. Take the payment off first, or write a credit note."),
    ),
    (InvoiceRefusal.NOTHING_DUE, _l("Nothing is due on this invoice any more. Look at its payments.")),
    (InvoiceRefusal.NOTHING_LEFT, _l("Every line you chose has been credited. Choose another one.")),
    (
        InvoiceRefusal.IS_CREDIT_NOTE,
        _l("This is a credit note: nothing is paid on it. Open the invoice that it credits."),
    ),
    (
        InvoiceRefusal.NOTHING_TO_INVOICE,
        _l("Nothing is open to invoice here. Assign a booth or add a line first."),
    ),
    (
        InvoiceRefusal.BELOW_ZERO,
        _l("The open lines come to less than zero. Credit the earlier invoice first, then invoice anew."),
    ),
    (
        InvoiceRefusal.NO_SELLER,
        _l("Nobody is named who asks for the money. Fill in name and bank account in the money settings."),
    ),
    (
        InvoiceRefusal.CREDIT_TOO_MUCH,
        _l("That is more than is left of the invoice. Choose the subsidy's lines too, or fewer lines."),
    ),
    (InvoiceRefusal.NO_LINES, _l("Choose at least one line.")),
    (InvoiceRefusal.NO_REASON, _l("Say why: the payer reads it.")),
    (InvoiceRefusal.DUE_IN_THE_PAST, _l("The day is past. Choose today or a later one.")),
    (
        InvoiceRefusal.NUMBER_THERE,
        _l(
            "The e-invoice's number %(number)s is entered already and stays."
            " Write a credit note for a mistake."
        ),
    ),
    (QuoteGap.NO_PRICE, _l("The price list has no price for this kind of booth. Add one.")),
    (
        QuoteGap.NO_PRICE_IN_CURRENCY,
        _l("The price list has no price in the exhibitor's currency. Add one, or bill in the fair's."),
    ),
    (QuoteGap.NO_KIND, _l("No kind of booth has been chosen yet: the quote follows it.")),
    (PaymentState.UNMATCHED, _l("Credit, not matched")),
    (PaymentState.MATCHED, _l("Matched to an instalment")),
    (PaymentState.SPLIT, _l("Split")),
    (PaymentState.REFUNDED, _l("Refunded")),
    (PaymentStep.BOOK, _l("Book on an instalment")),
    (PaymentStep.UNBOOK, _l("Take off the instalment")),
    (PaymentStep.REFUND, _l("Refund")),
    (PartKind.INSTALMENT, _l("Booked on an instalment")),
    (PartKind.REFUND, _l("Sent back")),
    (PartKind.CREDIT, _l("Kept as a credit")),
    (
        PaymentRefusal.NOTHING_LEFT,
        _l("All of this payment is used. Take a part off where it was booked first."),
    ),
    (PaymentRefusal.NOTHING_BOOKED, _l("No part of this payment is booked: there is nothing to take off.")),
    (
        PaymentRefusal.MORE_THAN_LEFT,
        _l("Only %(left)s of this payment is left. Book or refund that much at most."),
    ),
    (
        PaymentRefusal.MORE_THAN_DUE,
        _l("Only %(open)s is due on this instalment. Book that much; the rest stays as a credit."),
    ),
    (PaymentRefusal.NOT_POSITIVE, _l("Write a sum above zero.")),
    (
        PaymentRefusal.OTHER_CURRENCY,
        _l("The payment and the invoice are in different currencies. Choose an invoice in %(currency)s."),
    ),
    (PaymentRefusal.OTHER_FAIR, _l("The payment belongs to another fair. Open it there.")),
    (
        PaymentRefusal.WRONG_SUM,
        _l(
            "%(amount)s came in, but %(open)s is due. If that is right, tick that you have checked the sum:"
            " what is missing stays due, what is too much goes to the next instalment or is kept as a credit."
        ),
    ),
    (PaymentRefusal.IN_THE_FUTURE, _l("The day has not come yet. Write the day on which the money came in.")),
    (BankLineState.IMPORTED, _l("Not matched yet")),
    (BankLineState.MATCHED, _l("Matched to instalments")),
    (BankLineState.SPLIT, _l("Split")),
    (BankLineState.REFUNDED, _l("Refunded")),
    (BankLineState.IGNORED, _l("Left aside")),
    (MoneyTaskKind.CREDIT_LEFT, _l("More came in than was due: book the rest elsewhere or refund it.")),
    (
        MoneyTaskKind.CLAIM_GONE,
        _l("Paid for a booth that has passed to somebody else: find another booth, or refund it."),
    ),
    (MoneyTaskKind.DEAD_INVOICE, _l("Paid on an invoice that is dead: book it elsewhere or refund it.")),
    (MoneyTaskKind.CREDIT_NOTE_DUE, _l("Invoiced, but not owed any more: write a credit note.")),
    (
        MoneyHindrance.NOT_INVOICED,
        _l("The invoice is not written yet. The fair office sends it; then pay the deposit."),
    ),
    (
        MoneyHindrance.DEPOSIT_DUE,
        _l("The deposit of %(money_number)s has not arrived yet. Pay it, or wait until it is booked."),
    ),
    (
        MoneyHindrance.PAYMENT_DUE,
        _l("%(money_number)s is not paid in full yet. Pay the rest, or wait until it is booked."),
    ),
    (
        PriceRefusal.CODE_TAKEN,
        _l("Another line of the price list has the short name %(code)s. Choose another one."),
    ),
    (PriceRefusal.NO_NAME, _l("Write a name in at least one language.")),
    (PriceRefusal.NO_EARLY_DAY, _l("Write the last day of the early price, or leave the price empty.")),
    (PriceRefusal.NO_EARLY_PRICE, _l("Write the early price, or leave its day empty.")),
    (PriceRefusal.EARLY_NOT_LOWER, _l("The early price has to be lower than the price after it.")),
    (
        PriceRefusal.NOT_IN_CURRENCY,
        _l("The price list has no price in %(currency)s for this. Ask the organiser to add one."),
    ),
    (
        PriceRefusal.IN_USE,
        _l("Something has been charged by this line. Take it off the list instead: it stays in the books."),
    ),
    (PriceRefusal.NO_PAYER, _l("Write who pays the subsidy: the invoice goes there.")),
    (PriceRefusal.NO_SHARE, _l("Write a share between 1 and 100 per cent.")),
    (
        PriceRefusal.CURRENCY_FIXED,
        _l("Something has been charged in %(currency)s. One exhibitor is billed in one currency."),
    ),
)
