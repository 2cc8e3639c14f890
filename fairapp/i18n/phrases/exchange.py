"""Sentences for lists brought in: files, columns, rows and stand codes."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.column_titles import Field
from fairapp.rules.columns import ColumnReason
from fairapp.rules.exchange_runs import ListKind, RunRefusal
from fairapp.rules.exports import ExportColumn, ExportPage
from fairapp.rules.health import HealthFault
from fairapp.rules.import_plan import Part, WithoutBooth
from fairapp.rules.imports import Outcome, RowNote, RowReason
from fairapp.rules.sheets import FileNote, FileReason
from fairapp.rules.stand_codes import StandReason
from fairapp.rules.text import TextReason

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (FileReason.EMPTY, _l("This file is empty. Choose a file with a header and at least one row.")),
    (FileReason.TOO_LARGE, _l("This file is larger than %(limit)s MB. Split the list, or save it as CSV.")),
    (
        FileReason.TOO_LARGE_UNPACKED,
        _l("This workbook unpacks to more than %(limit)s MB. Save the list alone as CSV."),
    ),
    (
        FileReason.TOO_MANY_ROWS,
        _l("This list has more than %(limit)s rows. Split it, or delete the rows far below its end."),
    ),
    (
        FileReason.TOO_MANY_COLUMNS,
        _l("Line %(line)s has more than %(limit)s columns. Delete the columns you do not need."),
    ),
    (
        FileReason.CELL_TOO_LONG,
        _l("A cell in line %(line)s is longer than %(limit)s characters. Shorten it, or close its quote."),
    ),
    (
        FileReason.UNKNOWN_ENCODING,
        _l("The encoding of this file cannot be told. Save it as “CSV UTF-8” or as XLSX."),
    ),
    (
        FileReason.WRONG_ENCODING,
        _l("This file is not written in %(encoding)s. Save it as “CSV UTF-8” or as XLSX."),
    ),
    (
        FileReason.LEGACY_FONT,
        _l("This file is typed for an old Vietnamese font (TCVN3 or VNI). Convert it to Unicode first."),
    ),
    (
        FileReason.UNCLOSED_QUOTE,
        _l("A quotation mark opened in line %(line)s is never closed. Close or delete it."),
    ),
    (
        FileReason.NOT_A_LIST,
        _l("This is not a list but a file of another kind (%(kind)s). Choose a CSV or XLSX file."),
    ),
    (FileReason.OLD_EXCEL, _l("This workbook is in an old or binary Excel format. Save it as XLSX.")),
    (FileReason.OPEN_DOCUMENT, _l("This is an OpenDocument file. Save it as XLSX or CSV.")),
    (FileReason.LOCKED, _l("This workbook is locked with a password. Save it without one.")),
    (FileReason.DAMAGED, _l("This workbook is damaged. Open it, save it again as XLSX, and try once more.")),
    (
        FileReason.UNKNOWN_SHEET,
        _l("This workbook has no visible sheet “%(sheet)s”. Choose one of: %(sheets)s."),
    ),
    (FileReason.NO_ROWS, _l("There is a header but no row under it. Add the rows, or choose another file.")),
    (FileNote.TITLE_LINES, _l("Lines above the header left out: %(number)s")),
    (FileNote.REPEATED_HEADER, _l("Repeated headers left out: %(number)s")),
    (FileNote.BLANK_ROWS, _l("Blank rows left out: %(number)s")),
    (FileNote.UNTITLED_COLUMN, _l("Columns without a title: %(number)s")),
    (FileNote.MORE_SHEETS, _l("Further sheets not read: %(number)s")),
    (FileNote.NOT_UTF8, _l("This file is not in UTF-8. Look whether the names below are right.")),
    (
        FileNote.DOUBLY_ENCODED,
        _l("The letters of this file were garbled and have been mended. Look whether the names are right."),
    ),
    (
        ColumnReason.BAD_SYNTAX,
        _l("“%(piece)s” is not a pair of field and column. Write it as name=shop_name,booth=booth_id."),
    ),
    (ColumnReason.UNKNOWN_FIELD, _l("There is no field “%(field)s”. Choose from: %(fields)s.")),
    (ColumnReason.UNKNOWN_COLUMN, _l("The list has no column “%(column)s”. Choose from: %(columns)s.")),
    (
        ColumnReason.COLUMN_STANDS_TWICE,
        _l("Several columns are titled “%(column)s”. Choose one by its number: %(numbers)s."),
    ),
    (ColumnReason.FIELD_TWICE, _l("The field “%(field)s” is given twice. Keep one of them.")),
    (
        ColumnReason.COLUMN_TWICE,
        _l("The column “%(column)s” is given for two fields: %(fields)s. Keep one of them."),
    ),
    (ColumnReason.NO_NAME_COLUMN, _l("No column holds the names. Choose one of: %(columns)s.")),
    (RowReason.NO_NAME, _l("This row has no name. Write one.")),
    (
        RowReason.TOO_MANY_CELLS,
        _l("This row has more cells than the header. Put quotation marks round a text with a comma."),
    ),
    (RowReason.NOT_A_ROW, _l("This is a total, not an exhibitor. Delete the row, or leave it out.")),
    (StandReason.NO_BOOTH, _l("The booth is blank. Write its code.")),
    (StandReason.NOT_A_BOOTH, _l("This is not a booth code. Write the code that stands on the plan.")),
    (
        StandReason.UNKNOWN_BOOTH,
        _l("This booth is not on the plan. Correct the code, or add the booth to the plan."),
    ),
    (
        StandReason.UNKNOWN_HALL,
        _l("This hall is not on the plan. Correct its name, or import its plan first."),
    ),
    (StandReason.SEVERAL_HALLS, _l("Several halls have this booth. Add the hall.")),
    (
        StandReason.SEVERAL_STANDS,
        _l("Several booths on the plan answer to this code. Write the full code of one."),
    ),
    (
        StandReason.UNCLEAR_RANGE,
        _l("This may be a range or two booths. List every code, separated by commas."),
    ),
    (TextReason.NUL, _l("The text has a character that cannot be kept. Type it again.")),
    (TextReason.SURROGATE, _l("The text has half a character in it. Type it again.")),
    (TextReason.OVERRIDE, _l("The text has a hidden sign that turns its direction. Type it again.")),
    (TextReason.TOO_LONG, _l("The text is too long. Shorten it.")),
    (Outcome.TAKEN, _l("Taken")),
    (Outcome.MERGED, _l("Merged")),
    (Outcome.REFUSED, _l("Not taken")),
    (RowNote.NEW_EXHIBITOR, _l("New exhibitor")),
    (RowNote.FURTHER_BOOTH, _l("A further booth of an exhibitor already there")),
    (RowNote.CO_EXHIBITOR, _l("Co-exhibitor on a booth that somebody holds")),
    (RowNote.ALREADY_THERE, _l("Already there; nothing changes")),
    (RowNote.WITHOUT_BOOTH, _l("Without a booth so far")),
    (RowNote.SOME_CODES_UNKNOWN, _l("Some of its codes are not on the plan")),
    (RowNote.HALLS_IGNORED, _l("The hall column names no hall of the plan and was left out")),
    (RowNote.SIMILAR_NAME, _l("Another exhibitor's name differs by accents only; look whether they are one")),
    (RowNote.NAME_NORMALISED, _l("The name was spelled with hidden or split characters and has been mended")),
    (RowNote.EMAIL_MOVED, _l("An e-mail address was moved out of the website column")),
    (RowNote.EMAIL_UNREAD, _l("The e-mail address cannot be read and was left out")),
    (RowNote.WEBSITE_UNREAD, _l("The website cannot be read and was left out")),
    (RowNote.STARS_UNREAD, _l("The stars cannot be read and were left out")),
    (RowNote.TEXT_LEFT_OUT, _l("A text was too long and was left out")),
    (
        RowNote.STORY_OVER,
        _l("The description is %(over)s characters longer than what fits in print and was left out"),
    ),
    (RowNote.TAX_CODE_UNREAD, _l("The tax code cannot be read and was left out")),
    (RowNote.PHONE_UNREAD, _l("The phone number cannot be read and was left out")),
    (RowNote.COUNTRY_UNREAD, _l("The country cannot be told; the fair's country was taken")),
    (
        RowNote.GROUP_UNREAD,
        _l("The product group cannot be told; the products stand in the first group until it is changed"),
    ),
    (ListKind.EXHIBITORS, _l("Exhibitors of this fair, with their booths")),
    (ListKind.PRODUCERS, _l("Producers without a booth, for any fair")),
    (RunRefusal.NOT_CHECKED, _l("Say what the columns of “%(file)s” hold first.")),
    (RunRefusal.FILE_GONE, _l("The file “%(file)s” is not kept any more. Send it again.")),
    (Part.HOLDER, _l("Holder")),
    (Part.CO_EXHIBITOR, _l("Co-exhibitor")),
    (Part.ALREADY_THERE, _l("Already there")),
    (WithoutBooth.REFUSE, _l("Refuse exhibitors without a booth")),
    (WithoutBooth.ADMIT, _l("Take exhibitors without a booth")),
    (
        HealthFault.DATABASE_SILENT,
        _l("The database does not answer (%(why)s). Look at FAIRAPP_DATABASE_URL and whether it runs."),
    ),
    (HealthFault.DATABASE_OLD, _l("The database is older than this program. Run: fairapp migrate")),
    (
        HealthFault.KEYS_OPEN,
        _l("Others on this machine can read %(file)s. Take their rights away: chmod go= %(file)s"),
    ),
    (
        HealthFault.CODES_WRONG,
        _l("QR codes come out wrong on this machine. Print nothing; run “make setup” again."),
    ),
    (
        HealthFault.TEXTS_OVER,
        _l(
            "Texts longer than what fits in print: %(number)s (%(names)s). "
            "They are printed whole on a further page; ask their makers to shorten them."
        ),
    ),
    (HealthFault.INSTANCE_READ_ONLY, _l("Nothing can be written in %(folder)s. Give the service the right.")),
    (
        HealthFault.DEMO_IN_PUBLIC,
        _l("Demo accounts are open to the public. Use a new FAIRAPP_INSTANCE without the demo."),
    ),
    (
        HealthFault.PLAIN_HTTP,
        _l("The public address %(address)s is not https. Put it behind https and set FAIRAPP_BASE_URL."),
    ),
    (HealthFault.BROKEN_LINKS, _l("Rows point to nothing in: %(tables)s. Go back to the last good copy.")),
    (
        HealthFault.CLAIMS_WITHOUT_DAYS,
        _l("Claims that hold no day of their fair: %(number)s. Release them and assign them again."),
    ),
    (
        HealthFault.DAYS_WITHOUT_CLAIM,
        _l("Days held by claims that have ended: %(number)s. Assign and release these booths once more."),
    ),
    (
        HealthFault.BOOTHS_WITHOUT_OUTLINE,
        _l("Booths without an outline: %(number)s (%(codes)s). Import the plan again."),
    ),
    (
        HealthFault.FILES_GONE,
        _l("Pictures whose files are gone: %(number)s (%(files)s). Bring back the folder of files."),
    ),
    (
        HealthFault.LETTERS_GIVEN_UP,
        _l("Letters that could not be sent: %(number)s. Look at FAIRAPP_MAIL and at the addresses."),
    ),
    (
        HealthFault.LETTERS_WAITING,
        _l("Letters that have waited for an hour: %(number)s. Look whether the worker runs."),
    ),
    (
        HealthFault.JOBS_STUCK,
        _l("Long work that never ended: %(number)s. Look whether the worker runs, then start it again."),
    ),
    (ExportPage.EXHIBITORS, _l("Exhibitors")),
    (ExportPage.BOOTHS, _l("Booths")),
    (ExportPage.APPLICATIONS, _l("Applications")),
    (ExportPage.BADGES, _l("Badges")),
    (ExportColumn.NAME, _l("Name")),
    (ExportColumn.NAME_LATIN, _l("Name in Latin letters")),
    (ExportColumn.KIND, _l("Kind")),
    (ExportColumn.COUNTRY, _l("Country")),
    (ExportColumn.PROVINCE, _l("Province")),
    (ExportColumn.COMMUNE, _l("Commune")),
    (ExportColumn.ADDRESS, _l("Address")),
    (ExportColumn.TAX_CODE, _l("Tax code")),
    (ExportColumn.PHONE, _l("Phone")),
    (ExportColumn.EMAIL, _l("E-mail")),
    (ExportColumn.WEBSITE, _l("Website")),
    (ExportColumn.HOLDS, _l("Holds booths")),
    (ExportColumn.SHARES, _l("Shares booths")),
    (ExportColumn.PRODUCTS, _l("Products")),
    (ExportColumn.ADMITTED, _l("Admitted")),
    (ExportColumn.HALL, _l("Hall")),
    (ExportColumn.BOOTH, _l("Booth")),
    (ExportColumn.OTHER_CODES, _l("Further codes")),
    (ExportColumn.AREA, _l("Area (m²)")),
    (ExportColumn.FORM, _l("Open sides")),
    (ExportColumn.ZONE, _l("Zone")),
    (ExportColumn.HOLDER, _l("Holder")),
    (ExportColumn.BY_DAYS, _l("By days")),
    (ExportColumn.CO_EXHIBITORS, _l("Co-exhibitors")),
    (ExportColumn.BLOCKED, _l("Kept back because")),
    (ExportColumn.STATE, _l("State")),
    (ExportColumn.BOOTH_KIND, _l("Kind of booth")),
    (ExportColumn.BOOTHS, _l("Booths")),
    (ExportColumn.SUBMITTED, _l("Submitted")),
    (ExportColumn.DECIDED, _l("Decided")),
    (ExportColumn.REASON, _l("Reason")),
    (ExportColumn.EXHIBITOR, _l("Exhibitor")),
    (ExportColumn.DUTY, _l("Duty")),
    (ExportColumn.NAMED, _l("Named")),
    (Field.NAME, _l("Name")),
    (Field.OTHER_NAME, _l("Other name")),
    (Field.KIND, _l("Kind of organisation")),
    (Field.TAX_CODE, _l("Tax code")),
    (Field.BOOTH, _l("Booth")),
    (Field.HALL, _l("Hall")),
    (Field.COUNTRY, _l("Country")),
    (Field.PROVINCE, _l("Province")),
    (Field.COMMUNE, _l("Commune")),
    (Field.ADDRESS, _l("Address")),
    (Field.CONTACT, _l("Contact person")),
    (Field.EMAIL, _l("E-mail")),
    (Field.PHONE, _l("Phone")),
    (Field.WEBSITE, _l("Website")),
    (Field.DESCRIPTION, _l("Description")),
    (Field.GROUP, _l("Product group")),
    (Field.PRODUCTS, _l("Products")),
    (Field.STARS, _l("Stars")),
)
