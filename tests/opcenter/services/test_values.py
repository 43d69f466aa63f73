"""Every parameter of every service takes what it should and refuses the rest."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.core.errors import Refused
from apnscp.opcenter.services.catalogue import SERVICES, ServiceParameter
from apnscp.opcenter.services.values import defaults, masked, normalise, normalise_all, resolve, without_secrets

SHA512 = "$6$saltsalt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/"

# address: (what a client sends, what is stored, what is refused)
ROWS: dict[str, tuple[Any, Any, Any]] = {
    "aliases,aliases": ("['B.example','c.example']", ["b.example", "c.example"], ["no_dot"]),
    "aliases,max": ("5", 5, -1),
    "apache,webuser": ("None", None, "two words"),
    "apache,jail": (True, 1, "2"),
    "apache,webserver": ("WWW.", "www.", "www"),
    "apache,subnum": ("null", None, "many"),
    "auth,passwd": ("1", 1, "secret"),
    "auth,tpasswd": ("s3cret pass", "s3cret pass", "with\nbreak"),
    "auth,cpasswd": (SHA512, SHA512, "plain"),
    "auth,pwoverride": (False, 0, "maybe"),
    "auth,iprestrict": ("DEFAULT", "DEFAULT", -1),
    "bandwidth,threshold": ("50.5", 50.5, "-1"),
    "bandwidth,units": ("tb", "TB", "PB"),
    "bandwidth,rollover": ("28", 28, 32),
    "billing,invoice": (12345, "12345", "x" * 35),
    "billing,parent_invoice": ("master-invoice-123", "master-invoice-123", "tab\there"),
    "billing,addons": ("[a,5]", ["a", "5"], {"name": "a"}),
    "billing,ctime": ("1700000000", 1700000000, "yesterday"),
    "cgroup,memory": (1024.0, 1024, 10.5),
    "cgroup,proclimit": (4096, 4096, 4097),
    "cgroup,cpu": ("None", None, "-5"),
    "cgroup,cpuweight": ("1", 1, 0),
    "cgroup,io": (0, 0, "1k"),
    "cgroup,ioweight": (100, 100, []),
    "cgroup,writebw": ("1.5", 1.5, "fast"),
    "cgroup,readbw": (None, None, True),
    "cgroup,writeiops": ("100", 100, 1.5),
    "cgroup,readiops": (100, 100, "1e3"),
    "cgroup,cpupin": ("0,1", [0, 1], ["first"]),
    "cgroup,delegator": ("example.com", "example.com", "two\nlines"),
    "crontab,permit": ("true", 1, None),
    "diskquota,quota": ("5000", 5000, "abc"),
    "diskquota,units": ("T", "TB", "bytes"),
    "diskquota,fquota": ("", None, -1),
    "diskquota,amnesty": (0, 0, "never"),
    "diskquota,group": ("team_1", "team_1", "../team"),
    "dns,provider": ("PowerDNS", "powerdns", "bind"),
    "dns,key": ("keyring:cloudflare", "keyring:cloudflare", "two\nlines"),
    "dns,proxyaddr": ("192.0.2.1", ["192.0.2.1"], ["2001:db8::1"]),
    "dns,proxy6addr": (["2001:DB8:0::1"], ["2001:db8::1"], "192.0.2.1"),
    "files,mounts": (["/layer"], ["/layer"], ["a\nb"]),
    "files,fsopt": ("noexec", "noexec", "a\0b"),
    "ftp,ftpserver": ("ftp.example.com", "ftp.example.com", "-ftp."),
    "ipinfo,ipaddrs": ({0: "192.0.2.1"}, ["192.0.2.1"], "192.0.2.256"),
    "ipinfo,nbaddrs": ("[192.0.2.1, 192.0.2.2]", ["192.0.2.1", "192.0.2.2"], "192.0.2.0/24"),
    "ipinfo,namebased": ("0", 0, 3),
    "ipinfo6,ipaddrs": ("2001:db8::1", ["2001:db8::1"], "fe80::1%eth0"),
    "ipinfo6,nbaddrs": ([], [], ["::g"]),
    "ipinfo6,namebased": (1.0, 1, "1.5"),
    "mail,preference": ("10", 10, 65536),
    "mail,mailserver": ("mail.", "mail.", "."),
    "mail,smtpserver": ("smtp.Example.com", "smtp.example.com", "smtp..example.com"),
    "mail,webmail": ("webmail.example.com", ["webmail.example.com"], {"a": "b"}),
    "mail,provider": ("null", None, "exchange"),
    "mail,key": ({"user": "u", "token": "t"}, {"user": "u", "token": "t"}, 1e400),
    "mlist,provider": ("majordomo", "majordomo", "mailman"),
    "mlist,max": (0, 0, "0x10"),
    "mysql,dbaseadmin": ("Shop", "shop", "x"),
    "mysql,dbaseprefix": ("shop", "shop_", "sh op_"),
    "mysql,dbasenum": (999, 999, -1),
    "mysql,passwd": ("hunter2", "hunter2", "x" * 257),
    "pgsql,dbaseadmin": ("shop.1", "shop.1", "shop'--"),
    "pgsql,dbaseprefix": ("user_", "user_", "_"),
    "pgsql,dbasenum": ("null", None, 1000),
    "pgsql,passwd": (None, None, ["a"]),
    "pgsql,tablespace": ("fast", "fast", "a b"),
    "rampart,max": ("-1", -1, None),
    "rampart,whitelist": ("[192.0.2.7/24,2001:db8::1]", ["192.0.2.0/24", "2001:db8::1"], "example.com"),
    "reseller,parent_id": ("7", 7, "seven"),
    "reseller,reseller_id": (0, 0, None),
    "siteinfo,domain": ("Bücher.Example", "xn--bcher-kva.example", "localhost"),
    "siteinfo,admin_user": ("MyAdmin", "myadmin", "1admin"),
    "siteinfo,admin": ("admin12", "admin12", "root"),
    "siteinfo,email": ("[a@b.example,c@D.example]", ["a@b.example", "c@d.example"], "nobody"),
    "siteinfo,notes": ("two\nlines", "two\nlines", "bell\x07"),
    "siteinfo,plan": ("pro", "pro", "../../etc"),
    "spamfilter,provider": ("rspamd", "rspamd", None),
    "ssh,jail": ("on", 1, -1),
    "ssh,port_index": ("999", 999, 0),
    "tomcat,permit": ("", 0, "x"),
    "users,max": ("4096", 4096, 4097),
}

PARAMETERS = [parameter for service in SERVICES.values() for parameter in service.parameters.values()]
SWITCHES = [parameter for parameter in PARAMETERS if parameter.name == "enabled"]
VERSIONS = [parameter for parameter in PARAMETERS if parameter.name == "version"]


def _address(parameter: ServiceParameter) -> str:
    return parameter.address


def test_the_table_has_30_services_and_81_parameters_of_their_own() -> None:
    assert len(SERVICES) == 30
    assert len(PARAMETERS) - 2 * 30 == 81


def test_every_parameter_has_a_row_in_this_test() -> None:
    assert {parameter.address for parameter in PARAMETERS if parameter.name not in ("enabled", "version")} == set(ROWS)


@pytest.mark.parametrize("address", ROWS)
def test_a_parameter_stores_the_normal_form(address: str) -> None:
    sent, stored, _ = ROWS[address]
    service, name = address.split(",")
    value = normalise(service, name, sent)
    assert (value, type(value)) == (stored, type(stored))


@pytest.mark.parametrize("address", ROWS)
def test_a_parameter_refuses_what_it_cannot_hold_and_says_what_it_takes(address: str) -> None:
    service, name = address.split(",")
    with pytest.raises(Refused) as refusal:
        normalise(service, name, ROWS[address][2])
    assert refusal.value.text.startswith(f"{address}: ")
    assert refusal.value.text.endswith(f" is not {SERVICES[service].parameters[name].accepts}")


@pytest.mark.parametrize("parameter", SWITCHES, ids=_address)
def test_a_service_is_switched_on_by_any_truth_and_by_nothing_else(parameter: ServiceParameter) -> None:
    for truth in (True, 1, "1", "true", "True"):
        value = normalise(parameter.service, "enabled", truth)
        assert (value, type(value)) == (1, int)
    with pytest.raises(Refused, match=f"^{parameter.service},enabled: `2' is not "):
        normalise(parameter.service, "enabled", 2)


@pytest.mark.parametrize("parameter", VERSIONS, ids=_address)
def test_a_version_is_one_of_two(parameter: ServiceParameter) -> None:
    assert normalise(parameter.service, "version", "3.1") == 3.1
    with pytest.raises(Refused, match=r"is not 3.0 or 3.1$"):
        normalise(parameter.service, "version", 4)


@pytest.mark.parametrize("service", ["apache", "auth", "billing", "siteinfo"])
def test_a_mandatory_service_cannot_be_switched_off(service: str) -> None:
    with pytest.raises(Refused, match=f"^{service},enabled: `0' is not 1$"):
        normalise(service, "enabled", "0")


def test_any_other_service_can_be_switched_off() -> None:
    assert normalise("ssh", "enabled", "false") == 0


@pytest.mark.parametrize("parameter", PARAMETERS, ids=_address)
def test_every_default_is_its_own_normal_form(parameter: ServiceParameter) -> None:
    if not parameter.required:
        assert normalise(parameter.service, parameter.name, parameter.default) == parameter.default


def test_the_document_of_defaults_is_complete() -> None:
    document = defaults()
    assert len(document) == 30
    assert document["diskquota"] == {
        "version": 3.1,
        "enabled": 1,
        "quota": 4000,
        "units": "MB",
        "fquota": None,
        "amnesty": None,
        "group": None,
    }
    assert [service for service in document if not document[service]["enabled"]] == ["pgsql", "reseller", "tomcat"]


def test_documents_of_defaults_share_nothing() -> None:
    defaults()["aliases"]["aliases"].append("spoilt.example")  # type: ignore[union-attr]
    assert defaults()["aliases"]["aliases"] == []


def test_an_unknown_service_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(Refused, match=r"^Unknown service `diskqouta'; did you mean `diskquota'\?$"):
        normalise("diskqouta", "quota", 1)


def test_a_service_name_of_2019_is_refused_with_the_present_one() -> None:
    with pytest.raises(Refused, match=r"did you mean `ftp'"):
        normalise("proftpd", "enabled", 1)


def test_an_unknown_parameter_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(Refused, match=r"^Unknown parameter `diskquota,qouta'; did you mean `quota'\?$"):
        normalise("diskquota", "qouta", 1)


@pytest.mark.parametrize(
    "address", ["auth,passwd", "auth,tpasswd", "auth,cpasswd", "mysql,passwd", "pgsql,passwd", "dns,key"]
)
def test_a_refused_secret_is_not_repeated(address: str) -> None:
    service, name = address.split(",")
    with pytest.raises(Refused) as refusal:
        normalise(service, name, "tell\nnobody")
    assert "nobody" not in refusal.value.text
    assert "(hidden)" in refusal.value.text


def test_a_long_refused_value_is_shortened_to_one_line() -> None:
    with pytest.raises(Refused) as refusal:
        normalise("diskquota", "quota", "a\n" + "b" * 100_000)
    assert len(refusal.value.text) < 200
    assert "\n" not in refusal.value.text


def test_strict_refuses_an_unknown_parameter_among_known_ones() -> None:
    with pytest.raises(Refused, match=r"Unknown parameter `ssh,port'"):
        normalise_all({"ssh": {"jail": 1, "port": 22}})


def test_without_strict_unknown_names_are_left_out_and_listed() -> None:
    taken, ignored = normalise_all({"ssh": {"jail": "1", "port": 22}, "gopher": {"enabled": 1}}, strict=False)
    assert taken == {"ssh": {"jail": 1}}
    assert ignored == ["ssh,port", "gopher,enabled"]


def test_without_strict_a_bad_value_is_still_refused() -> None:
    with pytest.raises(Refused, match=r"ssh,jail"):
        normalise_all({"ssh": {"jail": "x"}}, strict=False)


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("apache,jail", 1),
        ("auth,iprestrict", 50),
        ("dns,provider", None),
        ("dns,key", None),
        ("dns,proxyaddr", None),
        ("dns,proxy6addr", None),
        ("mail,provider", "builtin"),
        ("mail,key", None),
        ("mlist,provider", "majordomo"),
        ("rampart,max", 0),
        ("siteinfo,plan", "basic"),
        ("spamfilter,provider", "spamassassin"),
    ],
)
def test_default_reads_as_the_panels_own_setting(address: str, value: Any) -> None:
    service, name = address.split(",")
    assert resolve(service, name, "DEFAULT", {}) == value


def test_every_default_can_be_resolved() -> None:
    unresolved = [p.address for p in PARAMETERS if resolve(p.service, p.name, p.default, {}) == "DEFAULT"]
    assert unresolved == []


def test_default_reads_as_what_the_operator_set() -> None:
    settings: dict[str, Any] = {
        "dns.provider_default": "powerdns",
        "auth.ip_restriction_limit": "-1",
        "dns.proxy_ip4": "192.0.2.1",
        "mail.spam_filter": "rspamd",
        "httpd.use_fpm": False,
        "opcenter.default_plan": "",
    }
    assert resolve("dns", "provider", "DEFAULT", settings) == "powerdns"
    assert resolve("auth", "iprestrict", "DEFAULT", settings) == -1
    assert resolve("dns", "proxyaddr", "DEFAULT", settings) == ["192.0.2.1"]
    assert resolve("spamfilter", "provider", "DEFAULT", settings) == "rspamd"
    assert resolve("apache", "jail", "DEFAULT", settings) == 0
    assert resolve("siteinfo", "plan", "DEFAULT", settings) == "basic"


def test_a_value_that_is_not_default_is_read_as_it_is() -> None:
    assert resolve("rampart", "max", 7, {"rampart.delegated_whitelist": 4}) == 7


def test_write_only_values_leave_a_document_before_it_is_stored() -> None:
    document = {"auth": {"tpasswd": "s3cret", "pwoverride": 0}, "mysql": {"passwd": "s3cret", "enabled": 1}}
    assert without_secrets(document) == {  # type: ignore[arg-type]
        "auth": {"tpasswd": None, "pwoverride": 0},
        "mysql": {"passwd": None, "enabled": 1},
    }


def test_messages_show_secrets_masked() -> None:
    assert masked("auth", "tpasswd", "s3cret") == "(hidden)"
    assert masked("dns", "key", "s3cret") == "(hidden)"
    assert masked("auth", "tpasswd", None) is None
    assert masked("ssh", "jail", 1) == 1


ODDITIES: list[Any] = [
    None, True, False, 0, -1, 3.1, float("nan"), float("inf"), 10**30, "", " ", "null", " null ", "NULL",
    "DEFAULT", "default", "\ud800", "a\0b", "x" * 5000, "[", "[]", "['a'", "{}", "a,b", "1,2",
    "é.example", "xn--", "١٢", "1_0", "%s %d", ["%s"], [[]], [None], [True], ["a", ["b"]], {}, {"a": 1},
    {0: "a"}, {"0": "b"}, b"x", (1, 2), {0: {0: {}}}, "::1/0", "1.2.3.4/33",
]  # fmt: skip


@pytest.mark.parametrize("parameter", PARAMETERS, ids=_address)
def test_whatever_is_sent_is_refused_or_has_a_form_that_stays_the_same(parameter: ServiceParameter) -> None:
    for oddity in ODDITIES:
        try:
            stored = normalise(parameter.service, parameter.name, oddity)
        except Refused as refusal:
            assert refusal.text.startswith(f"{parameter.address}: ")
            assert "\n" not in refusal.text
        else:
            assert normalise(parameter.service, parameter.name, stored) == stored
