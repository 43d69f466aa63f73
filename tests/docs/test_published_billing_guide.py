"""The commands of the vendor's billing guide, typed on an empty panel, print what the guide shows."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("served-published-guide")

MASTER = "master-invoice-123"
COLLECT = "cpcmd admin:collect '[siteinfo.domain,diskquota.quota,ssh.enabled]'"
CHILDREN = "'[billing:[parent_invoice:master-invoice-123]]'"

GUIDE: list[tuple[str, str | None]] = [
    (
        f"AddDomain -c siteinfo,domain=test-domain.com -c siteinfo,admin_user=test-admin -c billing,invoice={MASTER}",
        None,
    ),
    (
        "AddDomain -c siteinfo,domain=test-domain-child1.com -c siteinfo,admin_user=test-child-1"
        f" -c billing,parent_invoice={MASTER}",
        None,
    ),
    (
        "AddDomain -c siteinfo,domain=test-domain-child2.com -c siteinfo,admin_user=test-child-2"
        f" -c billing,parent_invoice={MASTER}",
        None,
    ),
    (f"EditDomain -c diskquota,quota=5000 {MASTER}", None),
    (
        f"{COLLECT} {CHILDREN}",
        """
        site146:
        siteinfo: { domain: test-domain-child1.com }
        diskquota: { quota: 5000 }
        ssh: { enabled: 1 }
        active: true
        domain: test-domain-child1.com
        site156:
        siteinfo: { domain: test-domain-child2.com }
        diskquota: { quota: 5000 }
        ssh: { enabled: 1 }
        active: true
        domain: test-domain-child2.com
        """,
    ),
    (
        f"{COLLECT} '[billing:[invoice:{MASTER}]]'",
        """
        site143:
        siteinfo: { domain: test-domain.com }
        diskquota: { quota: 5000 }
        ssh: { enabled: 1 }
        active: true
        domain: test-domain.com
        """,
    ),
    (
        f"cpcmd -o json admin:collect '[]' {CHILDREN} | jq -r 'keys[]' | while read -r SITE ; do\n"
        "EditDomain -c diskquota,quota=5000 $SITE\n"
        "done",
        None,
    ),
    ("cpcmd scope:set cp.config auth subordinate_site_sso false", None),
    (f"SuspendDomain {MASTER}", None),
    (
        f"cpcmd admin:collect '[]' {CHILDREN}",
        """
        site146:
        siteinfo: { email: blackhole@apiscp.com, admin_user: test-child-1 }
        aliases: { aliases: { } }
        billing: { invoice: null, parent_invoice: master-invoice-123 }
        active: false
        domain: test-domain-child1.com
        site156:
        siteinfo: { email: blackhole@apiscp.com, admin_user: test-child-2 }
        aliases: { aliases: { } }
        billing: { invoice: null, parent_invoice: master-invoice-123 }
        active: false
        domain: test-domain-child2.com
        """,
    ),
    ("cpcmd -d test-domain-child2.com auth:is-inactive", "1"),
    (f"ActivateDomain {MASTER}", None),
    (
        f"DeleteDomain --dry-run {MASTER}",
        """
        INFO : site157 (test-domain.com; no suspension date) will be deleted
        INFO : site158 (test-domain-child1.com; no suspension date) will be deleted
        INFO : site159 (test-domain-child2.com; no suspension date) will be deleted
        """,
    ),
    ("SuspendDomain test-domain-child2.com", None),
    (
        f"DeleteDomain --dry-run --since=now {MASTER}",
        "INFO : site159 (test-domain-child2.com; suspension date 2019-12-16) will be deleted",
    ),
    ("cpcmd scope:set opcenter.account-cleanup '30 days'", None),
]
"""Command -> what the guide shows of it; None where it shows nothing. Spaces stand as on its page, which drops repeated ones."""

SAME = (
    f"{COLLECT} '[billing.parent_invoice:{MASTER}]'",
    f"""{COLLECT} '["billing,parent_invoice":{MASTER}]'""",
    f"{COLLECT} {CHILDREN}",
)
"""Three spellings of one question, of which the guide says that they are the same."""


def lines(text: str) -> list[str]:
    """Return the lines of an output without what is not the same on two panels: numbers of sites, dates, spaces."""
    text = re.sub(r"\bsite\d+\b", "siteN", re.sub(r"\d{4}-\d\d-\d\d", "DATE", text))
    return [" ".join(line.split()) for line in text.strip().splitlines()]


def test_every_command_of_the_guide_works_and_prints_what_it_shows(served_empty: Any, need: Any) -> None:
    need("jq")
    for command, shown in GUIDE:
        done = served_empty.shell(command)
        assert (done.returncode, done.stderr) == (0, ""), command
        if shown is not None:
            assert lines(done.stdout) == lines(shown), command
    assert len({served_empty.shell(command).stdout for command in SAME}) == 1
