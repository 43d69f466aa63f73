"""What happens to subdomains when their site changes."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.server.testing import EmulatedPanel


@pytest.fixture
def each_site(each_panel: EmulatedPanel) -> Any:
    each_panel.call("admin:add-site", "a.test", "ada", {"aliases.aliases": ["c.test"]})
    session = each_panel.call("admin:hijack", "a.test")
    for name in ("shop.a.test", "blog", "wiki.c.test"):
        each_panel.call("web:add-subdomain", name, "x", session=session)

    def edit(values: dict[str, Any]) -> list[str]:
        each_panel.call("admin:edit-site", "site1", values)
        return list(each_panel.call("web:list-subdomains", session=session))

    return edit


def test_a_rename_takes_the_subdomains_along(each_site: Any) -> None:
    assert each_site({"siteinfo.domain": "b.test"}) == ["blog", "shop.b.test", "wiki.c.test"]


def test_the_subdomains_of_a_removed_alias_go_with_it(each_site: Any) -> None:
    assert each_site({"aliases.aliases": []}) == ["blog", "shop.a.test"]


def test_an_alias_that_becomes_the_domain_keeps_its_own_subdomains(each_site: Any) -> None:
    assert each_site({"siteinfo.domain": "c.test", "aliases.aliases": ["a.test"]}) == [
        "blog", "shop.a.test", "wiki.c.test",
    ]  # fmt: skip


def test_an_alias_that_takes_the_domain_s_place_takes_its_subdomains_where_it_has_none_of_the_name(
    each_panel: EmulatedPanel, each_site: Any
) -> None:
    session = each_panel.call("admin:hijack", "a.test")
    each_panel.call("web:add-subdomain", "shop.c.test", "own", session=session)
    assert each_site({"siteinfo.domain": "c.test", "aliases.aliases": []}) == ["blog", "shop.c.test", "wiki.c.test"]
    assert each_panel.call("web:get-docroot", "shop.c.test", session=session) == "/var/www/own"
