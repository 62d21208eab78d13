"""The command `seqloom`: finds the subcommand, turns errors into one line and an exit code."""

import importlib
import sys
from typing import Any

import click

from seqloom.errors import SeqloomError
from seqloom.version import __version__

# The door knows only names and help lines, so that `seqloom --help` loads no command and none of their libraries.
COMMANDS = {
    "fit": "Train a model on a table, judge it beside simple alternatives, save it.",
    "evaluate": "Judge a saved model on a table.",
    "predict": "Predict with a saved model.",
    "recipe": "List, run or copy out the recipes.",
    "doctor": "Show versions, threads, devices and a short speed check.",
}
INTERRUPTED = 130


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """The command of this name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"seqloom.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="seqloom")
def seqloom() -> None:
    """Train, understand and run recurrent networks on sequences."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit.

    Exit codes: 0 done; 1 failed; 2 unusable arguments or input; 130 interrupted. `--debug` shows tracebacks.
    """
    words = sys.argv[1:] if arguments is None else arguments
    debug = "--debug" in words
    sys.exit(run([word for word in words if word != "--debug"], debug=debug))


def run(arguments: list[str], *, debug: bool = False) -> int:
    """Run one command and return its exit code; errors become one line on stderr unless `debug`."""
    try:
        result: Any = seqloom.main(args=arguments, prog_name="seqloom", standalone_mode=False)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except SeqloomError as error:
        if debug:
            raise
        click.echo(f"seqloom: {error}", err=True)
        return error.exit_code
    except Exception as error:
        if debug:
            raise
        click.echo(f"seqloom: unexpected {type(error).__name__}: {error}; run again with --debug for details", err=True)
        return 1
    return result if isinstance(result, int) else 0
