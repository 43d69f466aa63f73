from __future__ import annotations

from sqlalchemy import select

from apnscp.opcenter.store.tables import journal_table
from apnscp.opcenter.store.transactions import reading
from apnscp.server.testing import EmulatedPanel


def entries(panel: EmulatedPanel) -> list[tuple[str, str, str]]:
    panel.flush()
    with reading(panel.app.panel.engine) as db:
        rows = db.execute(
            select(journal_table.c.command, journal_table.c.arguments, journal_table.c.outcome).order_by(
                journal_table.c.id
            )
        )
        return [(row[0], row[1], row[2]) for row in rows]


def test_a_call_is_entered_with_its_arguments_as_a_shell_would_take_them(each_panel: EmulatedPanel) -> None:
    each_panel.call("admin:add-site", "example.com", "bob", {"billing.invoice": "I-1"})
    assert entries(each_panel) == [("admin_add_site", "example.com bob '[billing.invoice:I-1]'", "ok")]


def test_a_refused_call_is_entered_with_its_text_though_its_work_is_undone(panel: EmulatedPanel) -> None:
    panel.fault("admin:activate-site", "nowhere.example")
    assert entries(panel) == [
        (
            "admin_activate_site",
            "nowhere.example",
            "Unknown site `nowhere.example'; a site id, domain, alias or invoice is expected",
        )
    ]


def test_no_password_reaches_the_journal(panel: EmulatedPanel) -> None:
    panel.call(
        "admin:add-site", "example.com", "bob", {"auth.tpasswd": "s3cret-Word", "mysql": {"passwd": "s3cret-Word"}}
    )
    panel.call("auth:change-password", "s3cret-Word2", "bob", "example.com")
    panel.call("scope:set", "cp.config", "cache", "super_global_password", "s3cret-Word3")
    assert "s3cret" not in str(entries(panel))
    assert entries(panel)[1] == ("auth_change_password", "'(hidden)' bob example.com", "ok")


def test_an_argument_of_any_size_is_entered(panel: EmulatedPanel) -> None:
    for length in (10, 200, 201, 16_384, 50_000):
        panel.fault("admin:activate-site", "x" * length)
    found = [arguments for _, arguments, _ in entries(panel)]
    assert found == ["x" * 10, "x" * 200, "x" * 201, "x" * 16_384, "x" * 16_384 + "..."]
