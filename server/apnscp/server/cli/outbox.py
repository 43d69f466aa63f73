"""``apnscpd outbox``: the messages that the panel would have sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import click

from apnscp.opcenter.store.outbox import Mail, sent
from apnscp.opcenter.store.transactions import reading
from apnscp.server.cli.decorators import errors_as_lines, pass_settings
from apnscp.server.panel_factory import existing_store
from apnscp.server.settings import Settings


@click.command("outbox")
@click.option("--to", metavar="ADDRESS", help="Only messages to this address.")
@click.option("--last", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many at the most.")
@pass_settings
@errors_as_lines
def outbox(settings: Settings, /, to: str | None, last: int) -> None:
    """Print the mail that the panel would have sent.

    These are notices of passwords, addresses and names that changed.
    """
    with existing_store(settings) as engine, reading(engine) as db:
        messages = sent(db, to=to, last=last)
    click.echo("\n".join(line for message in messages for line in _lines(message)) if messages else "No messages")


def _lines(message: Mail) -> Iterator[str]:
    yield f"Date: {datetime.fromtimestamp(message.ts, UTC):%Y-%m-%d %H:%M:%S} UTC"
    yield f"To: {message.recipient}"
    yield f"Subject: {message.subject}"
    yield ""
    yield from (f"  {line}" for line in message.body.splitlines())
    yield ""
