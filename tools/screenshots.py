"""Make the pictures of docs/images anew: pages of a panel with some life in it, in both themes and both widths."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from apnscp.server.testing import EmulatedPanel, make_panel
from apnscp.server.testing.serving import serving
from apnscp.server.testing.stores import make_template, open_store
from tests import browsers

IMAGES = Path(__file__).parents[1] / "docs" / "images"
WIDTHS, THEMES = ("desktop", "phone"), ("light", "dark")


@contextmanager
def lively_panel(folder: Path) -> Iterator[EmulatedPanel]:
    """Give a panel with accounts, suspensions, bans and calls, a refused one among them."""
    with closing_engine(folder) as engine:
        for panel in make_panel(engine, folder, demo=True):
            panel.seed(57)
            panel.call(
                "admin:edit-site", "test-domain.com", {"diskquota.quota": 6000, "siteinfo.notes": "moved in May"}
            )
            panel.call("admin:deactivate-site", "test-domain-child2.com", {"reason": "invoice overdue since 12 May"})
            panel.call("rampart:ban", "203.0.113.7", "sshd")
            panel.usage("test-domain.com", storage="3.1GB", bandwidth="21GB")
            panel.fault("admin:add-site", "test-domain.com", "newcomer")
            panel.flush()
            yield panel


@contextmanager
def closing_engine(folder: Path) -> Iterator[Engine]:
    """Open a fresh store in a folder and close it afterwards."""
    engine = open_store(make_template(folder))
    try:
        yield engine
    finally:
        engine.dispose()


def main() -> None:
    """Write every picture."""
    IMAGES.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="apnscp-pictures-"))
    try:
        with lively_panel(folder) as panel, serving(panel.wsgi) as address, browsers.chromium() as browser:
            site = panel.call("admin:hijack", "test-domain.com", None, "UI")
            root = panel.call("admin:hijack", "localhost", None, "UI")
            pages = {
                "dashboard": (site, "/apps/dashboard"),
                "journal": (root, "/journal"),
                "call": (root, "/journal/1"),
                "site-form": (root, "/sites/1/edit"),
                "modules": (root, "/modules?q=suspend"),
            }
            for name, (session, path) in pages.items():
                for width in WIDTHS:
                    for theme in THEMES:
                        with browsers.opened(browser, address, width=width, theme=theme) as page:
                            page.goto(f"{path}{'&' if '?' in path else '?'}esprit_id={session}")
                            page.screenshot(path=IMAGES / f"{name}-{width}-{theme}.png")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
