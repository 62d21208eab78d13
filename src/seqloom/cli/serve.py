"""`seqloom serve`: a saved model for live streams, over the network."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from seqloom.cli.stream import changed_of
from seqloom.cli.talk import say
from seqloom.monitor import Retention, Webhook
from seqloom.serve import Limited, Limits, ServerSettings, Source, Tokens, Watching, serve, tokens_of
from seqloom.store import open_store

TOKEN, ADMIN_TOKEN = "SEQLOOM_TOKEN", "SEQLOOM_ADMIN_TOKEN"
FILE = click.Path(path_type=Path)


@click.command("serve")
@click.argument("model", type=click.Path())
@click.option("--store", "url", default="sqlite:///streams.db", show_default=True, help="Where streams are kept.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, help="Port to listen at; 0: any free one.")
@click.option("--token-file", type=FILE, help=f"Tokens of clients, one in each line; or one in {TOKEN}.")
@click.option("--admin-token-file", type=FILE, help=f"Tokens of administrators; or one in {ADMIN_TOKEN}.")
@click.option("--records/--no-records", default=True, show_default=True, help="Keep a record of every prediction.")
@click.option(
    "--on-change",
    default="refuse",
    show_default=True,
    help="Streams of another model: refuse, reset, or replay:N, the latest N recorded readings.",
)
@click.option(
    "--follow/--no-follow",
    default=False,
    show_default=True,
    help="Take over another model that is saved in the place of MODEL, while the server runs.",
)
@click.option("--shadow", metavar="MODEL", help="Let this one read beside MODEL, and compare: GET /v1/shadow.")
@click.option("--name", default="", help="Name of the model for clients that ask for it; else that of its file.")
@click.option("--watch/--no-watch", default=True, show_default=True, help="Tell drift from what the model learned.")
@click.option("--webhook", metavar="URL", help="Send alerts there, as JSON.")
@click.option(
    "--alert-p99",
    type=float,
    default=Limited.slow,
    show_default=True,
    metavar="SECONDS",
    help="Say an alert where 99 % of a minute's answers take longer.",
)
@click.option(
    "--alert-errors",
    type=float,
    default=Limited.failing,
    show_default=True,
    metavar="SHARE",
    help="Say an alert where more of a minute's answers fail.",
)
@click.option("--keep", type=float, metavar="DAYS", help="Forget records that are older [keep all].")
@click.option("--limit-body", type=int, default=Limits.body, show_default=True, help="Bytes of a request at most.")
@click.option("--limit-hot", type=int, default=Limits.hot, show_default=True, help="Streams held in memory at most.")
@click.option("--limit-waiting", type=int, default=Limits.waiting, show_default=True, help="Calls that wait at most.")
@click.option("--limit-streams", type=int, help="Streams in the store at most; no further one is begun [no limit].")
@click.option(
    "--limit-idle", type=float, metavar="DAYS", help="Let go of streams nobody reads on with so long [never]."
)
def command(
    model: str,
    url: str,
    token_file: Path | None,
    admin_token_file: Path | None,
    *,
    on_change: str,
    webhook: str | None,
    keep: float | None,
    shadow: str | None,
    **options: Any,  # noqa: ANN401 - as click reads them
) -> None:
    """Serve MODEL: readings of streams in, predictions out, every answer durable before it is given.

    Listening at another address than this machine's own needs a token. The server ends well on SIGTERM and SIGINT: it
    answers what it has taken.
    """
    limits = Limits(
        body=options["limit_body"],
        waiting=options["limit_waiting"],
        hot=options["limit_hot"],
        kept=options["limit_streams"],
        idle=options["limit_idle"],
    )
    settings = ServerSettings(
        host=options["host"],
        port=options["port"],
        records=options["records"],
        changed=changed_of(on_change),
        follow=options["follow"],
        shadow=shadow,
        watching=_watching(webhook, keep, options),
        tokens=Tokens(_tokens(token_file, TOKEN), _tokens(admin_token_file, ADMIN_TOKEN)),
        limits=limits,
        name=str(options["name"] or Path(model).stem),
    )
    source = Source(model)
    bundle = source.load()
    with open_store(url) as store:
        serve(bundle, store, settings, lambda address: click.echo(f"serving {model} at {address}"), source)
    say("closed; every answer that was given is stored")


def _watching(webhook: str | None, keep: float | None, options: Mapping[str, float | str]) -> Watching | None:
    """What is done besides watching; None: nobody watches."""
    limits = Limited(float(options["alert_p99"]), float(options["alert_errors"]))
    if not options["watch"]:
        return None
    sender, retention = None if webhook is None else Webhook(webhook), None if keep is None else Retention(keep)
    return Watching(sender, retention, limits)


def _tokens(path: Path | None, variable: str) -> list[str]:
    """Of a file and of an environment variable."""
    found = [] if path is None else tokens_of(path)
    return [*found, os.environ[variable]] if os.environ.get(variable) else found
