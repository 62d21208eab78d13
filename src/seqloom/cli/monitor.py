"""`seqloom monitor`: whether live streams are still what a model was trained on."""

import os
import re
from pathlib import Path
from typing import Any

import click
from rich.markup import escape
from rich.table import Table

from seqloom.artifact import load
from seqloom.cli.console import shown, stdout
from seqloom.cli.talk import print_json, say
from seqloom.errors import MissingFileError, StorageError
from seqloom.monitor import Alert, Facts, Retention, Webhook, asked, moment_of, replayed
from seqloom.report import remark, server_of, shown_means, verdict_of, watch_report
from seqloom.store import open_store

SERVER = re.compile(r"https?://.+")
FILE = re.compile(r"(?:sqlite:///)?(?!\w+://)(.+)")
TOKEN = "SEQLOOM_TOKEN"  # noqa: S105 - the name of a variable
COLOURS = {"drift": "bold red", "ok": "green", "insufficient": "dim"}


@click.command("monitor")
@click.argument("model", type=click.Path())
@click.option("--store", "url", required=True, metavar="URL", help="Where its records are, or a server: http://…")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write a report there: .html or .json.")
@click.option("--since", help="Only records made since: 2024-03-01, 7d, 12h.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--webhook", metavar="URL", help="Send each alert that stands there, as JSON.")
@click.option("--keep", type=float, metavar="DAYS", help="Afterwards forget records that are older.")
@click.option("--fail-on-alert", is_flag=True, help="End with exit code 1 where something drifted.")
def command(
    model: str,
    url: str,
    output: Path | None,
    since: str | None,
    webhook: str | None,
    keep: float | None,
    *,
    as_json: bool,
    fail_on_alert: bool,
) -> int:
    """Tell whether the live streams of MODEL are still what it was trained on.

    The records of the store are read from the first one on, or from --since. The token of a server stands in
    SEQLOOM_TOKEN.
    """
    bundle = load(model)
    retention = None if keep is None else Retention(keep)
    sender = None if webhook is None else Webhook(webhook)
    first = 0 if since is None else moment_of(since)
    served = SERVER.fullmatch(url) is not None
    standing = asked(url, os.environ.get(TOKEN)) if served else _from_store(Facts.of(bundle), url, first, retention)
    if sender is not None:
        for alert in standing["alerts"]["active"]:
            sender.send(Alert.from_json(alert))
        sender.close()
        say(f"sent {sender.sent} of {len(standing['alerts']['active'])} alerts")
    if output is not None:
        watch_report(standing, f"Streams of {Path(model).name}").save(output)
    if as_json:
        print_json(standing)
    else:
        stdout().print(_table(standing))
        if standing.get("classes"):
            stdout().print(_classes(standing["classes"]))
        if standing.get("server"):
            click.echo(server_of(standing["server"]))
        click.echo(verdict_of(standing))
    return 1 if fail_on_alert and standing["alerts"]["active"] else 0


def _from_store(facts: Facts, url: str, first: int, retention: Retention | None) -> dict[str, Any]:
    """How the records of a store make everything stand."""
    path = FILE.fullmatch(url)
    if path and not Path(path[1]).exists():
        fix = "name the store the streams are kept in"
        raise MissingFileError(path[1], expected="a store", came="nothing there", fix=fix)
    try:
        with open_store(url) as store:
            standing = replayed(facts, store, first).standing()
            if retention is not None:
                say(f"forgot {retention.forget(store, limit=None)} records")
    except StorageError as error:
        if "another server owns" not in error.came:
            raise
        fix = "ask that server: --store http://HOST:PORT"
        raise StorageError(error.where, expected=error.expected, came=error.came, fix=fix) from error
    return standing


def _table(standing: dict[str, Any]) -> Table:
    """One row for each signal."""
    counts = standing["counts"]
    title = f"{counts['records']} records of {counts['streams_followed']} streams"
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for name, justify in (("signal", "left"), ("of", "left"), ("state", "left"), ("usual", "right"), ("now", "right")):
        table.add_column(name, justify="right" if justify == "right" else "left", overflow="fold")
    table.add_column("excess", justify="right")
    table.add_column("remark", overflow="fold")
    for one in standing["signals"]:
        usual, now = shown_means(one)
        excess = "-" if one["state"] == "insufficient" else f"{one['excess']:.2f}"
        style = COLOURS.get(one["state"], "")
        table.add_row(
            one["name"], one["kind"], f"[{style}]{one['state']}[/]", shown(usual), shown(now), excess, remark(one)
        )
    return table


def _classes(classes: list[dict[str, Any]]) -> Table:
    """One row for each class of which a truth was told."""
    table = Table(box=None, pad_edge=False)
    table.add_column("class", overflow="fold")
    for name in ("true", "answered", "right", "precision", "recall"):
        table.add_column(name, justify="right")
    for one in classes:
        counts = (str(one[name]) for name in ("true", "answered", "right"))
        table.add_row(escape(one["label"]), *counts, shown(one["precision"]), shown(one["recall"]))
    return table
