"""Roles: what a caller may not call reads like what does not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from apnscp.core.php_types import Kind, Type
from apnscp.core.registry import REGISTRY, Command
from apnscp.core.roles import Role

Send = Callable[..., bytes]
ADMINISTRATORS_ALONE = (
    "admin_add_site", "admin_collect", "admin_delete_site", "admin_get_domains", "admin_hijack", "rampart_ban",
    "auth_set_extended_auth_flag", "auth_set_temp_password",
)  # fmt: skip


def absent(name: str) -> bytes:
    return f"Procedure '{name}' not present".encode()


@pytest.mark.parametrize(("user", "role"), [(None, Role.SITE), ("uma", Role.USER)], ids=["site", "user"])
def test_every_method_of_other_roles_reads_as_unknown(
    neighbours: Any, send: Send, user: str | None, role: Role
) -> None:
    session = neighbours.session(user)
    refused = [command for command in REGISTRY if not command.allows(role)]
    for command in refused:
        answer = send(neighbours.panel, command, [], session)
        assert absent(command.name) in answer, command.cli_name
        assert absent("no_such") in answer.replace(command.name.encode(), b"no_such")
    assert {command.name for command in refused} >= set(ADMINISTRATORS_ALONE)


def test_the_administrator_has_no_account_to_call_as(neighbours: Any, send: Send) -> None:
    for command in [command for command in REGISTRY if not command.allows(Role.ADMIN)]:
        assert absent(command.name) in send(neighbours.panel, command, [], None), command.cli_name


def test_every_administrators_method_is_closed_to_accounts() -> None:
    open_to_accounts = [
        command.name
        for command in REGISTRY
        if command.module in ("admin", "scope", "config") and (command.allows(Role.SITE) or command.allows(Role.USER))
    ]
    assert open_to_accounts == []


def test_back_end_methods_and_extended_ones_are_closed_to_plain_callers() -> None:
    def described(roles: Role) -> Command:
        return Command("x", "y", lambda: None, roles, "read", (), Type(Kind.BOOL), "")

    everybody = (Role.ADMIN, Role.SITE, Role.USER)
    assert not any(described(Role.ALL | Role.SERVER_EXEC).allows(role) for role in everybody)
    assert not any(described(Role.ALL | Role.EXTAUTH).allows(role) for role in everybody)
    assert all(described(Role.ALL | Role.EXTAUTH).allows(role | Role.EXTAUTH) for role in everybody)


def test_admin_api_off_takes_the_life_cycle_away(neighbours: Any) -> None:
    from apnscp.opcenter.settings.config import put

    with neighbours.panel.inside() as ctx:
        put(ctx.db, "auth.admin_api", False)
    for method in ("add_site", "edit_site", "delete_site", "activate_site", "deactivate_site", "hijack"):
        text = neighbours.panel.fault(f"admin:{method}", "a.com", "alice")
        assert text == f"Procedure 'admin_{method}' not present"
    assert neighbours.panel.call("admin:get-domains") != []
