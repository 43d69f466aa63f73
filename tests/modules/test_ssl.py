"""Private keys, requests and certificates (docs/panel.md, section 27), judged by the command openssl as well."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.peers import require


class Files:
    """What a test hands to openssl, as files of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, line: str, **texts: str) -> str:
        """Run a command of openssl in which a word such as ``crt`` is a file with the text of that name."""
        for name, text in texts.items():
            (self.folder / name).write_text(text)
        words = [str(self.folder / word) if word in texts else word for word in line.split()]
        command = [require("openssl"), *words]
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr


@pytest.fixture
def openssl(tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
def pair(two: Any) -> tuple[str, str]:
    """Give a private key and a self-signed certificate for www.alpha.test."""
    return make_pair(two)


def make_pair(two: Any, host: str = "www.alpha.test") -> tuple[str, str]:
    key = two("ssl:generate-privatekey")
    csr = two("ssl:generate-csr", key, host, "US", "Georgia", "Atlanta", "Alpha", "Web", "a@mail.test", ["alpha.test"])
    return key, two("ssl:sign-certificate", csr, key, 30)


def test_openssl_accepts_keys_requests_and_certificates(two: Any, openssl: Files) -> None:
    key = two("ssl:generate-privatekey", 2048, session=two.ann)
    assert "Key is valid" in openssl("pkey -check -noout -in key", key=key)
    csr = two("ssl:generate-csr", key, "*.alpha.test", "us", "", "", "", "", "", ["alpha.test"])
    assert "verify OK" in openssl("req -verify -noout -subject -in csr", csr=csr)
    crt = two("ssl:sign-certificate", csr, key, 10, 77)
    assert openssl("verify -attime 1767268900 -CAfile crt crt", crt=crt).endswith(": OK\n")
    shown = openssl("x509 -noout -subject -serial -ext subjectAltName -in crt", crt=crt)
    assert "C=US,CN=*.alpha.test" in shown.replace(" ", "")  # OpenSSL 3.5 writes less space
    assert "serial=4D" in shown
    assert "DNS:*.alpha.test, DNS:alpha.test" in shown


def test_a_certificate_is_told_as_php_tells_it(two: Any, pair: tuple[str, str]) -> None:
    found = two("ssl:parse-certificate", pair[1], session=two.ann)
    assert found["name"] == "/C=US/ST=Georgia/L=Atlanta/O=Alpha/OU=Web/CN=www.alpha.test/emailAddress=a@mail.test"
    assert found["subject"] == found["issuer"]
    assert found["subject"]["ST"] == "Georgia"
    assert found["version"] == 2
    assert int(found["serialNumber"]) == int(found["serialNumberHex"], 16)
    assert (found["validFrom"], found["validTo"]) == ("260101120000Z", "260131120000Z")
    assert found["validTo_time_t"] - found["validFrom_time_t"] == 30 * 86_400
    assert found["signatureTypeSN"] == "RSA-SHA256"
    assert found["extensions"]["subjectAltName"] == "DNS:www.alpha.test, DNS:alpha.test"
    assert found["extensions"]["basicConstraints"] == "CA:FALSE"
    assert found["extensions"]["keyUsage"] == "Digital Signature, Key Encipherment"


def test_keys_and_requests_are_described(two: Any, pair: tuple[str, str]) -> None:
    key = pair[0]
    info = two("ssl:privkey-info", key)
    assert (info["bits"], info["type"]) == (2048, 0)
    assert info["key"].startswith("-----BEGIN PUBLIC KEY-----")
    csr = two("ssl:generate-csr", key, "www.alpha.test", "DE")
    assert two("ssl:request-info", csr) == {
        "C": "DE", "CN": "www.alpha.test", "subjectAltName": ["www.alpha.test"],
    }  # fmt: skip
    assert two("ssl:is-self-signed", pair[1]) is True
    assert two("ssl:get-alternative-names", pair[1]) == ["www.alpha.test", "alpha.test"]


def test_what_belongs_together_is_told_apart(two: Any, pair: tuple[str, str]) -> None:
    other, _ = make_pair(two)
    key, crt = pair
    assert two("ssl:valid", crt, key) is True
    assert two("ssl:valid", crt, other) is False
    assert two("ssl:valid", "nothing", key) is False
    assert two("ssl:verify-x509-key", crt, key) is True
    assert two("ssl:verify-x509-key", crt, other) is False
    assert two("ssl:verify-key", key) is True
    assert two("ssl:verify-key", crt) is False
    assert two("ssl:verify-certificate-chain", crt, crt) == 1
    assert two("ssl:verify-certificate-chain", crt, make_pair(two, "b.alpha.test")[1]) == 0


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["a b"], "host: `a b' is not a host name"),
        (["alpha.test", "USA"], "country: `USA' is not a code of two letters such as US"),
        (["alpha.test", "", "x" * 65], "ST: "),
        (["alpha.test", "", "", "", "", "", "nobody"], "email: `nobody' is not an e-mail address"),
        (["alpha.test", "", "", "", "", "", "", ["-"]], "san: `-' is not a host name"),
    ],
)
def test_a_field_of_a_request_that_cannot_be_is_named(
    two: Any, pair: tuple[str, str], arguments: list[Any], text: str
) -> None:
    assert two.fault("ssl:generate-csr", pair[0], *arguments).startswith(text)


def test_bad_keys_certificates_and_numbers_are_refused(two: Any, pair: tuple[str, str]) -> None:
    key, crt = pair
    csr = two("ssl:generate-csr", key, "alpha.test")
    assert two.fault("ssl:generate-privatekey", 384).startswith("bits: 384 is not a size of keys; 2048 is usual")
    assert two.fault("ssl:generate-privatekey", 8193).startswith("bits: 8193")
    assert two.fault("ssl:privkey-info", crt).startswith("This is not a private key in PEM")
    assert two.fault("ssl:parse-certificate", key).startswith("This is not a certificate in PEM")
    assert two.fault("ssl:request-info", key).startswith("This is not a request in PEM")
    assert two.fault("ssl:sign-certificate", csr, key, 0).startswith("days: 0 is not from 1 to 36500")
    assert two.fault("ssl:sign-certificate", csr, key, 1, -4).startswith("serial: -4 is not a positive number")
    assert two.fault("ssl:sign-certificate", csr, make_pair(two)[0]).startswith("The private key is not that of")


def test_a_certificate_is_installed_read_and_removed(each_two: Any) -> None:
    two = each_two
    key, crt = make_pair(two)
    assert two("ssl:cert-exists") is False
    assert two("ssl:get-certificates") == []
    assert two("ssl:install", key, crt) is True
    assert two.panel.messages == (
        ("info", "site1 (alpha.test): the web server takes the certificate up with its next reload"),
    )
    assert two("ssl:cert-exists") is True
    assert two("ssl:key-exists") is True
    assert two("ssl:get-certificates") == [
        {"crt": "server.crt", "key": "server.key", "chain": None, "host": "192.0.2.10"}
    ]
    assert two("ssl:get-certificate") == crt
    assert two("ssl:get-private-key", "server") == key
    assert two("ssl:get-public-key", "server.key")["bits"] == 2048
    assert two("ssl:cert-exists", session=two.bob) is False
    assert (
        two.fault("ssl:get-certificate", "bundle.crt") == "Unknown file `bundle.crt'; there is server.key, server.crt"
    )
    assert two.fault("ssl:get-csr", "server").startswith("Unknown file `server.csr'")
    assert two.fault("ssl:delete", "other.key", "server.crt").startswith("Unknown file `other.key'")
    assert two("ssl:delete", "server.key", "server.crt") is True
    assert two("ssl:cert-exists") is False
    assert two.fault("ssl:get-private-key").endswith("no file, since no certificate is installed")


def test_a_private_key_is_never_stored_or_logged_in_clear(two: Any, pair: tuple[str, str]) -> None:
    two("ssl:install", *pair)
    inner = pair[0].splitlines()[1]
    with two.panel.inside() as ctx:
        stored = ctx.db.exec_driver_sql("SELECT sealed_key FROM certificate").scalar()
        journal = [str(row) for row in ctx.db.exec_driver_sql("SELECT arguments FROM journal").all()]
    assert inner not in stored
    assert not any(inner in line for line in journal)


def test_installing_needs_ssl_and_a_pair(two: Any, pair: tuple[str, str]) -> None:
    key, crt = pair
    assert two.fault("ssl:install", make_pair(two)[0], crt).startswith("The certificate is not of this private key")
    assert two.fault("ssl:install", key, crt, make_pair(two)[1]).startswith("The chain is not valid: ")
    two.panel.clock.advance(31 * 86_400)
    two.alice = two.panel.call("admin:hijack", "alpha.test")
    assert two("ssl:install", key, crt) is True
    assert two.panel.messages[0][1] == "The certificate is valid from 2026-01-01 to 2026-01-31 and so not now"
    two.panel.call("admin:edit-site", "site1", {"ssl.enabled": 0})
    assert two("ssl:enabled") is False
    assert two.fault("ssl:install", key, crt).startswith("site1 (alpha.test) has ssl switched off")


def test_every_user_may_ask_whether_certificates_are_permitted(two: Any) -> None:
    assert two("ssl:permitted", session=two.ann) is True
