"""What a billing surrogate says is what the dashboard of an account shows."""

from __future__ import annotations

from pathlib import Path

from apnscp.server.testing import make_panel
from apnscp.server.testing.stores import make_template, open_store

EXAMPLES = Path(__file__).parents[2] / "examples" / "surrogates"


def test_the_example_of_the_guide_makes_every_account_one_year_old_on_its_dashboard(tmp_path: Path) -> None:
    engine = open_store(make_template(tmp_path))
    for panel in make_panel(engine, tmp_path, surrogates=EXAMPLES):
        panel.clock.freeze("2026-11-25")
        panel.call("admin:add-site", "example.com", "bob", {"billing.invoice": "INV-1"})
        cookie = {"Cookie": f"esprit_id={panel.call('admin:hijack', 'example.com', None, 'UI')}"}
        page = panel.request("GET", "/apps/dashboard", headers=cookie).body.decode()
        assert "<dt>Customer since</dt><dd>2025-11-25</dd>" in page
    engine.dispose()
