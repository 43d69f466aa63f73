"""``apnscpd outbox``: the mails that the panel would have sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import click
from sqlalchemy.exc import SQLAlchemyError

from apnscp.opcenter.store.outbox import Mail, sent
from apnscp.opcenter.store.transactions import reading
from apnscp.server.panel_factory import open_panel
from apnscp.server.settings import Settings


@click.command("outbox")
@click.option("--to", metavar="ADDRESS", help="Only mails to this address.")
@click.option("--last", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many at the most.")
@click.pass_context
def outbox(context: click.Context, /, to: str | None, last: int) -> None:
    """Print the mails that the panel would have sent: notices of passwords, addresses and names that changed."""
    settings = context.obj if isinstance(context.obj, Settings) else Settings.from_env()
    if settings.ephemeral:
        raise click.UsageError(
            "An ephemeral panel keeps its mails to its server; start one with --db or a state directory"
        )
    panel, batch = open_panel(settings)
    try:
        with reading(panel.engine) as db:
            mails = sent(db, to=to, last=last)
    except SQLAlchemyError as error:
        raise click.ClickException("There is no panel in this store yet; start one with `apnscpd serve'") from error
    finally:
        batch.close()
        panel.engine.dispose()
    click.echo("\n".join(line for mail in mails for line in _lines(mail)) if mails else "No mails")


def _lines(mail: Mail) -> Iterator[str]:
    yield f"Date: {datetime.fromtimestamp(mail.ts, UTC):%Y-%m-%d %H:%M:%S} UTC"
    yield f"To: {mail.recipient}"
    yield f"Subject: {mail.subject}"
    yield ""
    yield from (f"  {line}" for line in mail.body.splitlines())
    yield ""
