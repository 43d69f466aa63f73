"""Methods of a panel's own in the module index of its pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from apnscp.server.testing import EmulatedPanel, make_panel
from apnscp.server.testing.stores import make_template, open_store

OWN = '''
from apnscp.surrogates import Role, Surrogate, command


class Loyalty(Surrogate):
    """Points."""

    @command(Role.SITE)
    def points(self, year: int = 2026) -> int:
        """Return the points that the account has earned."""
        return year - 2000
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "surrogates"
    folder.mkdir()
    (folder / "loyalty.py").write_text(OWN)
    return folder


def test_the_index_of_a_panel_shows_its_own_methods_and_calls_them(folder: Path, tmp_path: Path) -> None:
    engine = open_store(make_template(tmp_path))
    for panel in make_panel(engine, tmp_path, surrogates=folder):
        panel.call("admin:add-site", "example.com", "bob")
        cookie = {"Cookie": f"esprit_id={panel.call('admin:hijack', 'example.com', None, 'UI')}"}
        page = panel.request("GET", "/modules/loyalty/points", headers=cookie)
        assert page.status == 200
        assert b"Return the points that the account has earned." in page.body
        assert b"/modules/loyalty/points" in panel.request("GET", "/modules?q=points", headers=cookie).body
    engine.dispose()


def test_other_panels_of_the_process_do_not_know_them(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "example.com", "bob")
    cookie = {"Cookie": f"esprit_id={panel.call('admin:hijack', 'example.com', None, 'UI')}"}
    assert panel.request("GET", "/modules/loyalty/points", headers=cookie).status == 404
