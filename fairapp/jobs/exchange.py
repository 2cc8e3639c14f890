"""Long lists taken in beside the page, with their report."""

from __future__ import annotations

from collections.abc import Callable

from fairapp.adapters.files import FolderFiles
from fairapp.i18n import gettext as _
from fairapp.i18n import speaking
from fairapp.i18n.import_report import report_header, report_lines
from fairapp.jobs.work import Result, Work
from fairapp.rules.actors import Actor
from fairapp.store.base import transaction
from fairapp.usecases.exchange import apply_run, fates_of


def bring_in(
    work: Work,
    progress: Callable[[int, int], None],
    *,
    run_id: int,
    of_fair: int,
    account_id: int | None,
    language: str,
) -> Result:
    """Take the whole list in within one transaction; nobody is told of progress inside it, for the database
    has one writer."""
    from fairapp.adapters.sheets.writing import csv_bytes  # heavy: workbooks

    files = FolderFiles(work.settings.files)
    actor = Actor(account_id=account_id, is_system=True)
    progress(0, 2)
    with transaction() as session:
        run = apply_run(session, actor, run_id, of_fair, files, work.now)
    progress(1, 2)
    with speaking(language):
        report = csv_bytes(report_header(), report_lines(fates_of(run, files)))
        name = _("import-report-%(number)s.csv", number=run.id)
    key = files.keep(report, "csv")
    progress(2, 2)
    return Result(key, name)


LONG = {"import": bring_in}
