"""Host names of an account: how they are compared, which parameters hold one, how they follow the domain."""

from __future__ import annotations

from apnscp.opcenter.services import names
from apnscp.opcenter.services.values import Values

HOSTS = (("apache", "webserver"), ("ftp", "ftpserver"), ("mail", "mailserver"), ("mail", "smtpserver"))
"""Parameters with a host name that follows siteinfo,domain."""


def host_of(value: str, domain: str) -> str:
    """Return the full host name of a prefix ("www.") or the host name that `value` already is.

    domain: siteinfo,domain (docs/panel.md, section 6)
    """
    return value + domain if value.endswith(".") else value


def follow_rename(document: Values, old: str, new: str) -> Values:
    """Return a document in which host names of the domain `old` are of the domain `new`; it shares the services that stay.

    Prefixes stay as they are: they follow by themselves (docs/panel.md, section 8, EditDomain).
    """
    renamed = dict(document)
    for service, parameter in HOSTS:
        value = renamed.get(service, {}).get(parameter)
        if isinstance(value, str) and (value == old or value.endswith("." + old)):
            renamed[service] = {**renamed[service], parameter: value.removesuffix(old) + new}
    return renamed


def host_form(text: str) -> str:
    """Return a host name as the store holds it: lower case, in ASCII form where it has one."""
    bare = text.strip().lower()
    try:
        return bare if bare.isascii() else names.domain(bare)
    except ValueError:
        return bare
