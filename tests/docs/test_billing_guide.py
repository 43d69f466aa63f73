"""The panel's billing guide, as its users type it, from an empty panel to the end of a group of accounts."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("served-guide")

PAGE = "docs/billing-guide.md"
COLLECT = "cpcmd admin:collect '[siteinfo.domain,diskquota.quota,ssh.enabled]'"
GUIDE = (
    "AddDomain -c siteinfo,domain=test-domain.com -c siteinfo,admin_user=test-admin"
    " -c billing,invoice=master-invoice-123",
    "AddDomain -c siteinfo,domain=test-domain-child1.com -c siteinfo,admin_user=test-child-1"
    " -c billing,parent_invoice=master-invoice-123",
    "AddDomain -c siteinfo,domain=test-domain-child2.com -c siteinfo,admin_user=test-child-2"
    " -c billing,parent_invoice=master-invoice-123",
    f"{COLLECT} '[billing.parent_invoice:master-invoice-123]'",
    f"""{COLLECT} '["billing,parent_invoice":master-invoice-123]'""",
    f"{COLLECT} '[billing:[parent_invoice:master-invoice-123]]'",
    "EditDomain -c diskquota,quota=5000 master-invoice-123",
    f"{COLLECT} '[billing:[parent_invoice:master-invoice-123]]'",
    f"{COLLECT} '[billing:[invoice:master-invoice-123]]'",
    "cpcmd -o json admin:collect '[]' '[billing:[parent_invoice:master-invoice-123]]' | jq -r 'keys[]'"
    " | while read -r SITE ; do EditDomain -c diskquota,quota=5000 $SITE ; done",
    "SuspendDomain master-invoice-123",
    "cpcmd admin:collect '[]' '[billing.parent_invoice:master-invoice-123]'",
    "cpcmd -d test-domain-child2.com auth:is-inactive",
    "ActivateDomain master-invoice-123",
    "DeleteDomain --dry-run master-invoice-123",
    "SuspendDomain test-domain-child2.com",
    "DeleteDomain --dry-run --since=now master-invoice-123",
    "cpcmd scope:set opcenter.account-cleanup '30 days'",
    "cpcmd scope:set cp.config auth subordinate_site_sso false",
)
"""The commands of the guide, in its order."""


def test_page_shows_every_command_of_the_guide_in_its_order(document: Any) -> None:
    shown = iter(document(PAGE).commands)
    missing = [command for command in GUIDE if command not in shown]
    assert missing == []
    assert document(PAGE).not_run == {}


def test_sessions_of_the_guide_print_what_the_page_says(document: Any, served_empty: Any) -> None:
    document(PAGE).run(served_empty)
