"""The command `seqloom`: finds the subcommand, turns errors into one line and an exit code."""

import importlib
import sys
import warnings
from contextlib import nullcontext
from typing import Any

import click

from seqloom.cli.late_shapes import late_shapes
from seqloom.cli.loading import loading
from seqloom.errors import SeqloomError, SettingsError
from seqloom.version import __version__

# The door knows only names and help lines, so that `seqloom --help` loads no command and none of their libraries.
COMMANDS = {
    "fit": "Train a model on a table, judge it beside simple alternatives, save it.",
    "backtest": "Forecast from several points in time, and compare with what came.",
    "tune": "Search the best settings, and judge them beside the defaults.",
    "evaluate": "Judge a saved model on a table.",
    "predict": "Predict with a saved model.",
    "explain": "Show what a model's answers rest on, how gradients flow, what its states hold, where it errs.",
    "stream": "Answer readings on a pipe, one line each; with --store nothing answered is ever lost.",
    "serve": "Serve a saved model to live streams.",
    "monitor": "Tell whether live streams are still what a model was trained on.",
    "generate": "Let a saved model write, compose or draw.",
    "registry": "Keep versions of a model, and say which of them is used.",
    "retrain": "Train a challenger on new data, test it beside the champion, promote it if it wins.",
    "recipe": "List, run or copy out the recipes.",
    "doctor": "Show versions, threads, devices and a short speed check.",
}
EXTRAS = frozenset({"serve"})
"""Commands that need packages of an extra of the same name."""
ANSWERING = frozenset({"stream", "serve"})
"""Commands that do nothing but answer, and whose clients wait until they are there again."""
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
        try:
            with loading(), late_shapes() if cmd_name in ANSWERING else nullcontext():
                command: click.Command = importlib.import_module(f"seqloom.cli.{cmd_name}").command
        except ModuleNotFoundError as error:
            if cmd_name not in EXTRAS or (error.name or "").startswith("seqloom"):
                raise
            expected, fix = f"the packages of the extra '{cmd_name}'", f"pip install 'seqloom[{cmd_name}]'"
            raise SettingsError(f"seqloom {cmd_name}", expected=expected, came=f"no {error.name}", fix=fix) from error
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
    """Run one command and return its exit code; errors become one line on stderr unless `debug`.

    Warnings of libraries are not shown, unless `debug` or Python's own option -W asks for them.
    """
    with warnings.catch_warnings():
        if not debug and not sys.warnoptions:
            warnings.simplefilter("ignore")
        try:
            result: Any = seqloom.main(args=arguments, prog_name="seqloom", standalone_mode=False)
        except Exception as error:
            if debug and not isinstance(error, click.ClickException | click.Abort | click.exceptions.Exit):
                raise
            return _told(error)
        except KeyboardInterrupt as error:
            return _told(error)
    return result if isinstance(result, int) else 0


def _told(error: BaseException) -> int:
    """Say on stderr what went wrong, in one line, and give the exit code."""
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case click.exceptions.NoArgsIsHelpError():
            error.show()
            return error.exit_code
        case click.UsageError(ctx=context):
            help_command = f"{context.command_path} --help" if context is not None else "seqloom --help"
            line, code = f"{error.format_message().rstrip('.')}; see {help_command}", error.exit_code
        case click.ClickException():
            line, code = error.format_message(), error.exit_code
        case KeyboardInterrupt() | click.Abort():
            line, code = "interrupted", INTERRUPTED
        case SeqloomError():
            line, code = str(error), error.exit_code
        case _:
            line = f"unexpected {type(error).__name__}: {error}; run again with --debug for details"
            code = 1
    click.echo(f"seqloom: {' '.join(line.split())}", err=True)
    return code
