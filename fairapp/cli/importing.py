"""The command ``import``: plans, exhibitors and producers from files."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import Flask

from fairapp.cli.saying import fair_with, speaking_plainly, tell, writing
from fairapp.i18n import gettext as _
from fairapp.i18n import ngettext
from fairapp.i18n.import_report import report_header, report_lines
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import SYSTEM
from fairapp.rules.columns import parse_columns
from fairapp.rules.exchange_rows import fates
from fairapp.rules.import_plan import ImportPlan, WithoutBooth
from fairapp.rules.plan_cures import propose
from fairapp.rules.plan_findings import PlanTrouble, Settlement
from fairapp.rules.plan_layers import Unit, parse_layers
from fairapp.rules.plans import PlanDraft, from_json
from fairapp.rules.sheets import Sheet
from fairapp.usecases.exchange_import import FIELDS, ImportList, import_list, plan_list
from fairapp.usecases.fairs_plans import (
    KeepDraft,
    PublishPlan,
    SettleDraft,
    keep_draft,
    publish_plan,
    settle_draft,
)

if TYPE_CHECKING:
    from fairapp.adapters.plans.features import PlanFile

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.group("import")
def import_() -> None:
    """Bring in plans, exhibitors and producers."""


@import_.command()
@click.argument("file", type=FILE)
@click.option("--fair", "fair_code", required=True, help="The fair's code.")
@click.option("--hall", default=None, help="The hall's code, where the file names none.")
@click.option(
    "--unit", type=click.Choice([unit.value for unit in Unit]), default=None, help="One unit of the drawing."
)
@click.option("--layers", default="", help="What layers hold: STANDS=booths,NO=labels,WALL=left_out")
@click.option("--keep-halls", is_flag=True, help="Keep the other halls of the newest version.")
@click.option("--draft", "as_draft", is_flag=True, help="Keep it as a draft; publish it in the browser.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.pass_obj
def plan(
    make_app: Callable[[], Flask],
    file: Path,
    fair_code: str,
    hall: str | None,
    unit: str | None,
    layers: str,
    keep_halls: bool,
    as_draft: bool,
    as_json: bool,
) -> None:
    """Read the plan FILE (GeoJSON, SVG or DXF): make its halls and booths, say what was cured or refused."""
    from fairapp.adapters.plans.measuring import survey

    read = _plan_file(file, hall, unit, layers)
    now = datetime.now(UTC)
    with writing(make_app()) as session:
        fair = fair_with(session, fair_code)
        order = KeepDraft(fair.id, read.draft, file.name, read.findings, read.reading, keep_halls)
        kept = keep_draft(session, SYSTEM, order, now)
        draft = from_json(kept.body)
        cures = propose(draft, survey(draft))
        if cures:
            settle_draft(session, SYSTEM, SettleDraft(kept.id, cures), now)
        if not as_draft:
            publish_plan(session, SYSTEM, PublishPlan(kept.id), now, secrets.randbelow)
        drawn = from_json(kept.body)
        figures = {"halls": len(drawn.halls), "booths": len(drawn.booths), "refused": len(read.refused)}
        for finding in read.refused:
            line = phrase(finding.fault, **finding.facts)
            where = _("Feature %(number)s", number=finding.number)
            click.echo(f"{where}: {line}", err=True)
        for cure in cures:
            click.echo(_cure_said(cure, draft), err=True)
        made = ngettext("%(num)s booth", "%(num)s booths", figures["booths"])
        where = ngettext("%(num)s hall", "%(num)s halls", figures["halls"])
        ends = _("The draft is kept.") if as_draft else _("The plan is published.")
    tell(figures, f"{where}, {made}. {ends}", as_json)


def _plan_file(file: Path, hall: str | None, unit: str | None, layers: str) -> PlanFile:
    """The plan in a file; what cannot be read is said in a sentence, a huge file before it is opened."""
    from fairapp.adapters.plans.features import DEFAULT_HALL
    from fairapp.adapters.plans.files import read_file
    from fairapp.adapters.plans.reading import MAX_BYTES, PlanUnreadable
    from fairapp.adapters.plans.sheets import Wanted

    try:
        if file.stat().st_size > MAX_BYTES:
            raise PlanUnreadable(PlanTrouble.TOO_LARGE, limit_mb=MAX_BYTES // 1_000_000)
        wanted = Wanted(hall or DEFAULT_HALL, Unit(unit) if unit else None, parse_layers(layers))
        return read_file(file.read_bytes(), wanted)
    except PlanUnreadable as error:
        raise click.ClickException(phrase(error.trouble, **error.facts)) from None
    except ValueError as error:
        raise click.BadParameter(
            _("“%(part)s” is not LAYER=MEANING.", part=str(error)), param_hint="--layers"
        ) from None


def _cure_said(cure: Settlement, draft: PlanDraft) -> str:
    """One cure in words: which booth, and what is done with it."""
    booths = {booth.number: booth for booth in draft.booths}
    booth = booths[cure.number]
    others = ", ".join(booths[number].code for number in cure.others if number in booths)
    done = phrase(cure.cure, new_code=cure.code, others=others, code=booth.code)
    return f"{booth.hall} {booth.code or f'#{cure.number}'}: {done}"


@import_.command()
@click.argument("file", type=FILE)
@click.option("--fair", "fair_code", required=True, help="The fair's code.")
@click.option("--columns", default="", help="What the columns mean: name=shop_name,booth=booth_id")
@click.option("--sheet", default=None, help="The page of a workbook; without it the first with rows.")
@click.option("--encoding", default=None, help="The encoding of a CSV file that cannot be told.")
@click.option("--report", type=OUT, default=None, help="Write what became of every row to this CSV file.")
@click.option("--dry-run", is_flag=True, help="Decide every row and change nothing.")
@click.option("--admit-without-booth", is_flag=True, help="Take exhibitors whose booth is blank.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.pass_obj
def exhibitors(
    make_app: Callable[[], Flask],
    file: Path,
    fair_code: str,
    columns: str,
    sheet: str | None,
    encoding: str | None,
    report: Path | None,
    dry_run: bool,
    admit_without_booth: bool,
    as_json: bool,
) -> None:
    """Take in the exhibitors of FILE (CSV or XLSX): the first on a booth holds it, later ones share it."""
    without = WithoutBooth.ADMIT if admit_without_booth else WithoutBooth.REFUSE
    _take_in(
        make_app(), "exhibitors", file, fair_code, columns, sheet, encoding, report, dry_run, without, as_json
    )


@import_.command()
@click.argument("file", type=FILE)
@click.option("--columns", default="", help="What the columns mean: name=producer,country=nation")
@click.option("--sheet", default=None, help="The page of a workbook; without it the first with rows.")
@click.option("--encoding", default=None, help="The encoding of a CSV file that cannot be told.")
@click.option("--report", type=OUT, default=None, help="Write what became of every row to this CSV file.")
@click.option("--dry-run", is_flag=True, help="Decide every row and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.pass_obj
def producers(
    make_app: Callable[[], Flask],
    file: Path,
    columns: str,
    sheet: str | None,
    encoding: str | None,
    report: Path | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take in the producers of FILE (CSV or XLSX), without any fair."""
    _take_in(
        make_app(),
        "producers",
        file,
        None,
        columns,
        sheet,
        encoding,
        report,
        dry_run,
        WithoutBooth.REFUSE,
        as_json,
    )


def _take_in(
    app: Flask,
    what: str,
    file: Path,
    fair_code: str | None,
    columns: str,
    page: str | None,
    encoding: str | None,
    report: Path | None,
    dry_run: bool,
    without: WithoutBooth,
    as_json: bool,
) -> None:
    from fairapp.adapters.sheets.reading import read_sheet

    now = datetime.now(UTC)
    with writing(app) as session:
        fair_id = None if fair_code is None else fair_with(session, fair_code).id
        sheet = read_sheet(file, sheet=page, encoding=encoding)
        mapping = parse_columns(columns, sheet.header, FIELDS[what])
        order = ImportList(fair_id, sheet.rows, mapping, len(sheet.header), without, file.name)
        if dry_run:
            done = plan_list(session, SYSTEM, order, now).plan
        else:
            done = import_list(session, SYSTEM, order, now)
        _say_findings(sheet, done)
    with speaking_plainly():
        if report is not None:
            from fairapp.adapters.sheets.writing import write_csv

            write_csv(report, report_header(), report_lines(fates(done)))
        figures = done.figures()
        sentence = _("%(rows)s rows: %(taken)s taken, %(merged)s merged, %(refused)s not taken.", **figures)
        if dry_run:
            sentence = f"{sentence} " + _("Nothing was changed.")
        tell(figures, sentence, as_json)


def _say_findings(sheet: Sheet, done: ImportPlan) -> None:
    for finding in sheet.findings:
        click.echo(phrase(finding.note, number=finding.number), err=True)
    for note in done.findings:
        click.echo(phrase(note), err=True)
