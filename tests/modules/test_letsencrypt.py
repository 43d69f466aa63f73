"""Certificates of the panel's own authority (docs/panel.md, section 27)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apnscp.opcenter.settings import config
from tests.modules.conftest import BORN, TwoSites
from tests.modules.test_ssl import Files

DAY = 86_400


@pytest.fixture
def served(each_two: TwoSites) -> TwoSites:
    """Give two accounts whose zones are served."""
    each_two.panel.call("scope:set", "dns.default-provider", "builtin")
    return each_two


def hosts(two: Any) -> list[str]:
    found: list[str] = two("ssl:get-alternative-names", two("ssl:get-certificate"))
    return found


def test_a_request_installs_a_certificate_that_openssl_verifies(served: Any, tmp_path: Path) -> None:
    two, openssl = served, Files(tmp_path)
    assert two("letsencrypt:exists") is False
    assert two("letsencrypt:request", ["alpha.test", "www.alpha.test"]) is True
    assert two("letsencrypt:exists") is True
    crt, chain = two("ssl:get-certificate"), two("ssl:get-certificate", "bundle.crt")
    assert openssl(f"verify -attime {BORN + DAY} -CAfile chain crt", crt=crt, chain=chain).endswith(": OK\n")
    assert "DNS:alpha.test, DNS:www.alpha.test" in openssl("x509 -noout -ext subjectAltName -in crt", crt=crt)
    assert two("ssl:verify-x509-key", crt, two("ssl:get-private-key")) is True
    assert two("ssl:verify-certificate-chain", crt, chain) == 1
    assert two("ssl:is-self-signed", crt) is False
    assert two("ssl:parse-certificate", crt)["validTo_time_t"] == BORN + 90 * DAY
    assert two("ssl:request-info", two("ssl:get-csr", "server"))["CN"] == "alpha.test"
    assert two("ssl:get-certificates")[0]["chain"] == "bundle.crt"


def test_request_replaces_append_adds_and_renew_keeps_the_hosts(served: Any) -> None:
    two = served
    two("letsencrypt:request", "alpha.test")
    assert two("letsencrypt:append", "mail.alpha.test www.alpha.test") is True
    assert hosts(two) == ["alpha.test", "mail.alpha.test", "www.alpha.test"]
    before = two("ssl:get-certificate")
    assert two("letsencrypt:renew") is True
    assert hosts(two) == ["alpha.test", "mail.alpha.test", "www.alpha.test"]
    assert two("ssl:get-certificate") != before
    two("letsencrypt:request", ["www.alpha.test"])
    assert hosts(two) == ["www.alpha.test"]
    assert two("letsencrypt:revoke") is True
    assert two("ssl:cert-exists") is False
    for command in ("renew", "revoke"):
        assert two.fault(f"letsencrypt:{command}").startswith("There is no certificate of Let's Encrypt")


def test_a_suspended_account_renews_nothing(served: Any) -> None:
    served("letsencrypt:request", "alpha.test")
    served.panel.call("admin:deactivate-site", "site1")
    assert served.fault("letsencrypt:renew").startswith("site1 (alpha.test) is suspended")


def test_hosts_elsewhere_are_skipped_or_with_strict_refused(served: Any) -> None:
    two = served
    two("dns:add-record", "alpha.test", "away", "A", "203.0.113.9")
    assert two("letsencrypt:request", ["alpha.test", "away.alpha.test", "none.alpha.test"]) is True
    assert [text for severity, text in two.panel.messages if severity == "warning"] == [
        "`away.alpha.test' has the address 203.0.113.9, which is not the account's; the host is skipped",
        "`none.alpha.test' has no address in its zone; the host is skipped",
    ]
    assert hosts(two) == ["alpha.test"]
    assert two.fault("letsencrypt:request", ["away.alpha.test"], True, True).startswith("`away.alpha.test' has the")
    assert two.fault("letsencrypt:request", ["away.alpha.test"]).startswith("No host is left")
    assert two("letsencrypt:request", ["away.alpha.test"], False) is True


def test_foreign_and_malformed_hosts_are_refused(served: Any) -> None:
    assert served.fault("letsencrypt:request", ["beta.test"]).startswith("`beta.test' is below no domain of this acc")
    assert served.fault("letsencrypt:request", ["-"]).startswith("cnames: `-' is not a host name")
    assert served.fault("letsencrypt:request", []) == "cnames: name at least one host"
    many = [f"h{number}.alpha.test" for number in range(101)]
    assert served.fault("letsencrypt:request", many).startswith("cnames: 101 hosts are more")
    served.panel.call("admin:edit-site", "site1", {"ssl.enabled": 0})
    assert served("letsencrypt:permitted") is False
    assert served("letsencrypt:supported") is True
    assert served.fault("letsencrypt:request", "alpha.test").startswith("site1 (alpha.test) has ssl switched off")


def test_challenges_are_told_solved_and_used(each_two: Any) -> None:
    two = each_two
    told = two("letsencrypt:challenges", ["*.alpha.test", "alpha.test"])
    assert [row["type"] for row in told["*.alpha.test"]] == ["dns-01"]
    assert [row["type"] for row in told["alpha.test"]] == ["http-01", "dns-01"]
    assert {row["status"] for row in told["alpha.test"]} == {"pending"}
    assert told["alpha.test"][0]["payload"].startswith(told["alpha.test"][0]["token"] + ".")
    assert two.fault("letsencrypt:request", ["*.alpha.test"]).startswith("No host is left")
    assert two("letsencrypt:solve", {"*.alpha.test": "dns", "alpha.test": "http"}) is True
    assert [row["status"] for row in two("letsencrypt:challenges", "alpha.test")["alpha.test"]] == ["valid", "pending"]
    assert two("letsencrypt:request", ["*.alpha.test", "alpha.test"], False) is True
    assert hosts(two) == ["*.alpha.test", "alpha.test"]
    assert two.fault("letsencrypt:solve", {"*.alpha.test": "http"}).startswith(
        "`*.alpha.test' has no challenge http-01"
    )
    assert two.fault("letsencrypt:solve", {"alpha.test": "mail"}).startswith("Unknown mechanism `mail'; there are dns")
    assert two.fault("letsencrypt:solve", {"beta.test": "http"}).startswith("`beta.test' is below no domain")


def test_a_wildcard_needs_zones_that_are_served(served: Any) -> None:
    assert served("letsencrypt:request", ["*.alpha.test"]) is True
    assert hosts(served) == ["*.alpha.test"]


def test_a_host_is_proved_by_the_mechanism_that_was_chosen(served: Any) -> None:
    two = served
    two("dns:add-record", "alpha.test", "away", "A", "203.0.113.9")
    assert two("letsencrypt:use-mechanism", "away.alpha.test", "dns") is True
    assert two("letsencrypt:request", "away.alpha.test") is True
    assert two("letsencrypt:use-mechanism", "away.alpha.test", None) is True
    assert two.fault("letsencrypt:request", "away.alpha.test").startswith("No host is left")
    assert two.fault("letsencrypt:use-mechanism", "*.alpha.test", "http").startswith("`*.alpha.test' can be proved by")


def test_the_first_certificate_covers_every_domain(served: Any) -> None:
    two = served
    two.panel.call("admin:edit-site", "site1", {"aliases.aliases": ["gamma.test"]})
    assert two("letsencrypt:bootstrap") is True
    assert hosts(two) == ["alpha.test", "www.alpha.test", "gamma.test", "www.gamma.test"]
    assert two("letsencrypt:bootstrap") is True
    assert two.panel.messages == (("info", "site1 (alpha.test) has a certificate of Let's Encrypt already"),)


def test_a_new_account_begins_with_a_certificate_where_that_is_asked_for(served: Any) -> None:
    panel = served.panel

    def begins(domain: str, flags: dict[str, Any], **values: Any) -> bool:
        options = {name.replace("__", "."): value for name, value in values.items()}
        panel.call("admin:add-site", domain, domain.partition(".")[0], options, flags)
        return bool(panel.call("letsencrypt:exists", session=panel.call("admin:hijack", domain)))

    assert begins("one.test", {}) is False
    assert begins("two.test", {"bootstrap": True}) is True
    assert begins("three.test", {"bootstrap": True}, ssl__enabled=0) is False
    with panel.inside() as ctx:
        config.put(ctx.db, "letsencrypt.auto_bootstrap", True)
    assert begins("four.test", {}) is True
    assert begins("five.test", {"bootstrap": False}) is False


def test_the_administrator_gets_the_certificate_of_the_panel_itself(each_two: Any) -> None:
    panel = each_two.panel
    assert panel.call("letsencrypt:request", "panel.test") is True
    assert panel.call("ssl:get-alternative-names", panel.call("ssl:get-certificate")) == ["panel.test"]
    assert panel.call("ssl:key-exists") is True
    assert each_two("ssl:cert-exists") is False
    assert [row["type"] for row in panel.call("letsencrypt:challenges", "x.test")["x.test"]] == ["http-01", "dns-01"]


def test_certificates_that_end_soon_are_renewed_by_the_panel(served: Any) -> None:
    two, panel = served, served.panel
    two("letsencrypt:request", "alpha.test")
    two("letsencrypt:request", "beta.test", session=two.bob)
    panel.call("admin:deactivate-site", "site2")
    before = two("ssl:get-certificate")

    told: list[Any] = []

    def after(days: int) -> str:
        told[:] = [job for job in panel.clock.freeze(BORN + days * DAY) if job.name == "certificate-renewal"]
        return str(two("ssl:get-certificate", session=panel.call("admin:hijack", "alpha.test")))

    assert after(79) == before
    assert told == []
    renewed = after(81)
    assert [job.lines for job in told] == [["site1 (alpha.test): certificate renewed"]]
    assert renewed != before
    assert panel.call("ssl:parse-certificate", renewed)["validTo_time_t"] == BORN + (81 + 90) * DAY
    old = two("ssl:get-certificate", session=panel.call("admin:hijack", "beta.test"))
    assert panel.call("ssl:parse-certificate", old)["validTo_time_t"] == BORN + 90 * DAY


def test_what_was_sealed_with_another_secret_is_told_and_made_anew(served: Any) -> None:
    two = served
    two("letsencrypt:request", "alpha.test")
    before = two("ssl:get-certificate", "bundle.crt")
    with two.panel.inside() as ctx:
        ctx.db.exec_driver_sql("UPDATE certificate SET sealed_key = 'lost'")
        ctx.db.exec_driver_sql("UPDATE certificate_authority SET sealed_key = 'lost'")
    assert two.fault("ssl:get-private-key").startswith("The private key was sealed with another secret")
    assert two("letsencrypt:renew") is True
    assert two("ssl:get-private-key").startswith("-----BEGIN PRIVATE KEY-----")
    assert two("ssl:get-certificate", "bundle.crt") != before
