"""The command that prints a list of texts as a proof sheet, and reads them back."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path

import click
from flask import Flask

from fairapp.adapters.files import write_whole
from fairapp.adapters.pdf.proof import ProofText, print_proof, read_back
from fairapp.i18n import LANGUAGES, speaking
from fairapp.i18n.phrases import phrase
from fairapp.rules.badge_samples import script_of

MakeApp = Callable[[], Flask]
LARGEST, MOST = 5 * 1024 * 1024, 10_000
_LANGUAGES = {
    "THAI": "th",
    "LAO": "lo",
    "KHMER": "km",
    "MYANMAR": "my",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "JAPANESE": "ja",
    "CJK": "zh",
    "CJK-HANT": "zh-Hant",
    "HANGUL": "ko",
    "DEVANAGARI": "hi",
    "ARABIC": "ar",
    "HEBREW": "he",
}


@click.command()
@click.argument("source", metavar="FILE.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), required=True, help="The PDF."
)
@click.option("--column", default="", help="The column to print: text or name, or the first one.")
@click.option("--lang", "language", type=click.Choice(sorted(LANGUAGES)), default="vi", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
@click.pass_obj
def proof(make_app: MakeApp, source: Path, out: Path, column: str, language: str, as_json: bool) -> None:
    """Print the texts of a list as badges, signs and the catalogue would set them.

    Each stands regular and bold; what no font has is told, and what PDFium reads otherwise. A column lang
    says the language of each text, a column script how it is written; without them its letters decide.
    """
    body = BytesIO()
    report, places = print_proof(body, source.stem, language, _texts(source, column, language))
    wrong = read_back(body.getvalue(), places)
    try:
        write_whole(out.absolute(), body.getvalue(), mode=0o644)
    except OSError as fault:
        raise click.ClickException(f"Cannot write {out}: {fault.strerror}") from fault
    with speaking("en"):
        for each in report:
            click.echo(f"{each.record}: {phrase(each.reason)}", err=True)
    for record, read in wrong.items():
        click.echo(f"{record}: read back as {read!r}", err=True)
    figures = {"texts": report.printed, "read_back": report.printed - len(wrong), "findings": len(report)}
    if as_json:
        click.echo(json.dumps(figures | {"out": str(out)}, ensure_ascii=False))
    else:
        whole = figures["read_back"]
        click.echo(f"{report.printed} texts in {out}, {whole} read back as they are, {len(report)} findings.")


def _texts(source: Path, column: str, language: str) -> Iterator[ProofText]:
    if source.stat().st_size > LARGEST:
        raise click.ClickException(f"{source} is larger than 5 MB: print it in parts.")
    try:
        rows = csv.DictReader(StringIO(source.read_text(encoding="utf-8-sig"), newline=""))
        titles = {title.strip().casefold(): title for title in rows.fieldnames or () if title}
    except (UnicodeDecodeError, csv.Error) as fault:
        raise click.ClickException(f"{source} is not a CSV file in UTF-8.") from fault
    if column and column.casefold() not in titles:
        raise click.ClickException(f"{source} has no column {column}.")
    asked = (column.casefold(), "text", "name", *titles)
    title = next((titles[each] for each in asked if each in titles), None)
    if title is None:
        raise click.ClickException(f"{source} has no columns.")
    return _rows(source, rows, title, titles, language)


def _rows(
    source: Path, rows: csv.DictReader[str], title: str, titles: dict[str, str], language: str
) -> Iterator[ProofText]:
    try:
        for number, row in enumerate(islice(rows, MOST), start=2):
            text = row[title] or ""
            said = row.get(titles.get("lang", ""), "") or ""
            script = row.get(titles.get("script", ""), "") or script_of(text)
            yield ProofText(
                str(number), text, said.strip() or _LANGUAGES.get(script.strip().upper(), language)
            )
    except csv.Error as fault:
        raise click.ClickException(f"{source} is not a CSV file in UTF-8.") from fault
