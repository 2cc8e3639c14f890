"""The command ``draw``: recompute a published draw, without a database and without trusting anybody."""

from __future__ import annotations

from pathlib import Path

import click

from fairapp.cli.saying import shell_language, tell
from fairapp.i18n import gettext as _
from fairapp.i18n import speaking
from fairapp.i18n.phrases import phrase
from fairapp.rules.draw_file import Proof, verify
from fairapp.rules.draw_order import MOST_BYTES, DrawFault, DrawFileWrong, entrants_of

SHOWN = 20


@click.group()
def draw() -> None:
    """Check draws that a fair has published."""


@draw.command(name="verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--commitment", default="", help="The check sum that was published before the draw.")
@click.option("--json", "as_json", is_flag=True, help="Say it as one JSON line.")
def verify_draw(file: Path, commitment: str, as_json: bool) -> None:
    """Recompute the order in FILE from what it says; a changed file is refused with its reason."""
    with speaking(shell_language()):
        try:
            proof = verify(_content(file), commitment)
        except DrawFileWrong as wrong:
            if as_json:
                tell({"sound": False, "reason": wrong.fault.value, "where": wrong.where}, "", as_json)
                raise SystemExit(1) from None
            where = f" ({wrong.where})" if wrong.where else ""
            raise click.ClickException(phrase(wrong.fault) + where) from None
        order = list(proof.order)
        figures = {"sound": True, "commitment": proof.commitment, "revealed": bool(order), "order": order}
        tell(figures, _said(proof), as_json)


def _content(file: Path) -> bytes:
    if file.stat().st_size > MOST_BYTES:
        raise DrawFileWrong(DrawFault.TOO_LARGE)
    return file.read_bytes()


def _said(proof: Proof) -> str:
    names = {each.number: each.name for each in entrants_of(proof.terms)}
    facts = {"number": proof.terms["draw"], "fair": proof.terms["fair"], "entrants": len(names)}
    if not proof.order:
        said = _(
            "Draw %(number)s of %(fair)s is sealed with %(entrants)s entrants; not revealed yet.", **facts
        )
        return f"{said}\n{proof.commitment}"
    first = [
        f"{place:>4}. {number} {names[number]}".rstrip()
        for place, number in enumerate(proof.order[:SHOWN], 1)
    ]
    return "\n".join(
        [
            _("Draw %(number)s of %(fair)s is sound: the order of %(entrants)s entrants is right.", **facts),
            _("Compare the check sum with the one that you noted before the draw:"),
            f"  {proof.commitment}",
            _("Compare the public value with its source (%(source)s):", source=proof.terms["public_source"]),
            f"  {proof.public_value}",
            *first,
            *(["   …"] if len(proof.order) > SHOWN else []),
        ]
    )
