"""What ``AddDomain`` prints of the site that it made."""

from __future__ import annotations

import secrets
import string
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apnscp.client.connection.panel_connection import PanelConnection

LENGTH = 16
"""Characters of a password that is made here; the panel's own have as many."""
KINDS = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
PASSWORDS = ("auth.tpasswd", "auth.cpasswd")


def make_password(options: Mapping[str, Any]) -> dict[str, str]:
    """Return the option that gives a new site a random password; empty where `options` hold a password.

    The panel would make one too, and tell nobody.
    """
    return {} if any(name in options for name in PASSWORDS) else {"auth.tpasswd": password()}


def password() -> str:
    """Return a random password of letters and digits, with one of each kind at least."""
    while True:
        made = "".join(secrets.choice("".join(KINDS)) for _ in range(LENGTH))
        if all(any(char in kind for char in made) for kind in KINDS):
            return made


def new_site(panel: PanelConnection, domain: str, admin: str, made: Mapping[str, str]) -> dict[str, Any]:
    """Return the site as a map from its identifier, ``siteN``, to domain, administrator and password.

    domain, admin: as they were typed; the panel keeps the domain in lower case
    made: what `make_password` returned; a password that the caller chose is not shown again
    Where the key may add sites and not ask for them, the domain takes the identifier's place.
    """
    site, domain, admin = _kept(panel, domain) or (domain, domain, admin)
    told = {"domain": domain} | ({"admin_user": admin} if admin else {})
    if made:
        told["password"] = made["auth.tpasswd"]
    return {site: told}


def _kept(panel: PanelConnection, domain: str) -> tuple[str, str, str] | None:
    """Return identifier, domain and administrator of a site as the panel keeps them; None where it does not tell."""
    from apnscp.client.errors import ApisError

    try:
        rows = panel.call(
            "admin:collect", ["siteinfo.domain", "siteinfo.admin_user"], {"siteinfo.domain": domain}
        ).value
    except ApisError:
        return None
    if not isinstance(rows, dict) or len(rows) != 1:
        return None
    ((site, row),) = rows.items()
    return site, row["siteinfo"]["domain"], row["siteinfo"]["admin_user"]
