"""An account on one of the database servers: what its metadata says of it, and how its names are made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.databases.kinds import KINDS, Kind
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site

_NAME = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_ALSO = {"postgresql": "pgsql", "postgres": "pgsql"}


@dataclass(frozen=True)
class Account:
    """A site on a database server."""

    site: Site
    kind: Kind

    @property
    def _values(self) -> dict[str, Any]:
        return self.site.metadata[self.kind.service]

    @property
    def enabled(self) -> bool:
        """Tell whether the service is on."""
        return bool(self._values["enabled"])

    @property
    def prefix(self) -> str | None:
        """Return what names of databases and users begin with."""
        found = self._values["dbaseprefix"]
        return None if found is None else str(found)

    @property
    def main_user(self) -> str | None:
        """Return the database user that the account always has, and that may do everything."""
        found = self._values["dbaseadmin"]
        return None if found is None else str(found)

    @property
    def limit(self) -> int | None:
        """Return how many databases the account may have, None for any number."""
        found = self._values["dbasenum"]
        return found if isinstance(found, int) else None

    def is_main(self, user: str) -> bool:
        """Tell whether a name is the main user's."""
        return user == self.main_user

    def full_name(self, name: str) -> str:
        """Return a name with the prefix, which is added where it is missing."""
        prefix = self.prefix or ""
        return name if name.startswith(prefix) else prefix + name

    def new_name(self, name: str, longest: int, what: str) -> str:
        """Return the full name of something to be made.

        longest: characters; what: for messages, such as "a database". Raises Refused.
        """
        self._require_service()
        full = self.full_name(name)
        if not _NAME.fullmatch(full) or full == self.prefix:
            raise Refused("`%s' cannot be the name of %s: letters, digits, `_' and `-' can", name[:80], what)
        if len(full) > longest:
            raise Refused(
                "`%s' is too long for %s: %d characters with the prefix at the most", full[:80], what, longest
            )
        return full

    def _require_service(self) -> None:
        service = self.kind.service
        if not self.enabled:
            raise Refused("%s is off for this account (%s,enabled); nothing new can be made", self.kind.title, service)
        if self.prefix is None:
            raise Refused("This account has no database prefix; the administrator sets %s,dbaseprefix", service)


def own(ctx: Context, kind: Kind, *, lock: bool = False) -> Account:
    """Return the caller's account on a server.

    lock: keep other writers of the account out until the end of the call, so that what is counted stays true
    """
    site = records.load(ctx.db, ctx.caller.site_id, lock=True) if lock else records.own(ctx)
    return Account(site, kind)


def kind_named(name: str) -> Kind:
    """Return the server with a name: mysql, pgsql or postgresql. Raises Refused for any other."""
    wanted = name.strip().lower()
    for kind in KINDS:
        if kind.service == _ALSO.get(wanted, wanted):
            return kind
    raise Refused("Unknown database server `%s'; there are mysql and pgsql", name[:64])
