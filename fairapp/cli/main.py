"""The command ``fairapp``: every room brings its own commands, read only when they are called."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from fairapp import __version__

if TYPE_CHECKING:
    from flask import Flask

COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("serving", "Serve the pages."),
    "worker": ("serving", "Send letters and do long work."),
    "start": ("serving", "Migrate, load the demo on the first start, serve and work."),
    "demo": ("demo", "Load the demo fair with its accounts."),
    "accounts": ("accounts", "Add accounts and grant roles."),
    "fairs": ("fairs", "Add fairs."),
    "import": ("importing", "Bring in plans, exhibitors and producers."),
    "badges": ("printing", "Print the badges of a fair."),
    "signs": ("documents", "Print one sign per booth."),
    "catalogue": ("documents", "Print the catalogue of a fair."),
    "proof": ("proofing", "Print a list of names in any script, and read it back."),
    "export": ("exporting", "Write a fair into an XLSX file."),
    "draw": ("draws", "Check a draw that a fair has published."),
    "check": ("checking", "Check the configuration and the health of the data."),
    "allocate": ("allocating", "Place everybody of a fair who has no booth."),
    "solve": ("solving", "Plan a fair given in the public format."),
    "mend": ("solving", "Answer withdrawals from a plan, in the public format."),
    "migrate": ("serving", "Bring the database to the newest shape."),
}

COMMAND_NAMES = {"import": "import_"}


class Rooms(click.Group):
    """A group that reads a room's module only when one of its commands is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command ``name`` of its room's module."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(
            import_module(f"fairapp.cli.{module}"), COMMAND_NAMES.get(cmd_name, cmd_name)
        )
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in ``--help``, without reading any room."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.group(cls=Rooms)
@click.version_option(__version__, prog_name="fairapp")
@click.pass_context
def fairapp(ctx: click.Context) -> None:
    """Trade fairs for small makers: applications, booths, badges, catalogues and gates."""


def run(make_app: Callable[[], Flask], arguments: list[str] | None = None) -> Any:
    """Run the command line; ``make_app`` puts the application together when a command needs it."""
    return fairapp.main(args=arguments, prog_name="fairapp", obj=make_app)
