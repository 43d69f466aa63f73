"""Quota projects: storage limits that accounts share by naming them in diskquota,group (docs/panel.md, section 20)."""

from __future__ import annotations

import re

from sqlalchemy import Connection, insert, select, update

from apnscp.core.errors import Refused
from apnscp.opcenter.sites.tables import InDocument, site_table
from apnscp.opcenter.usage.tables import quota_project_table

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,31}\Z", re.ASCII)
LARGEST = 2**63 - 1

ProjectLimits = dict[str, int]
"""blocks in KB and inodes; 0 is no limit."""


def create(db: Connection, name: str) -> None:
    """Make a project without limits; raises Refused for a name that is taken or cannot be one."""
    if not _NAME.match(name):
        raise Refused(
            "`%s' is not a valid name for a project: a letter and up to 31 letters, digits, `_' or `-'", name[:64]
        )
    if find(db, name) is not None:
        raise Refused("Project `%s' exists already; diskquota:project-set changes it", name)
    db.execute(insert(quota_project_table).values(name=name, blocks=0, inodes=0))


def find(db: Connection, name: str) -> ProjectLimits | None:
    """Return the limits of a project, None when there is none of that name."""
    columns = quota_project_table.c.blocks, quota_project_table.c.inodes
    row = db.execute(select(*columns).where(quota_project_table.c.name == name)).first()
    return None if row is None else {"blocks": row.blocks, "inodes": row.inodes}


def require(db: Connection, name: str) -> ProjectLimits:
    """Return the limits of a project; raises Refused when there is none of that name."""
    found = find(db, name)
    if found is None:
        raise Refused("Unknown project `%s'; %s", name[:64], _known(db))
    return found


def set_limits(db: Connection, name: str, blocks: int, inodes: int) -> None:
    """Limit a project.

    blocks: KB; inodes: files; 0 is no limit. Raises Refused for an unknown project and for negative limits.
    """
    require(db, name)
    for word, value in (("blocks", blocks), ("inodes", inodes)):
        if not 0 <= value <= LARGEST:
            raise Refused("%s must be 0 (no limit) or more, not `%d'", word, value)
    db.execute(
        update(quota_project_table).where(quota_project_table.c.name == name).values(blocks=blocks, inodes=inodes)
    )


def members(db: Connection, name: str) -> list[int]:
    """Return the ids of the accounts whose diskquota,group names a project."""
    named = InDocument("diskquota", "group") == name
    return list(db.execute(select(site_table.c.id).where(named).order_by(site_table.c.id)).scalars())


def _known(db: Connection) -> str:
    names = list(
        db.execute(select(quota_project_table.c.name).order_by(quota_project_table.c.name).limit(20)).scalars()
    )
    return f"there are {', '.join(names)}" if names else "diskquota:project-create makes one"
