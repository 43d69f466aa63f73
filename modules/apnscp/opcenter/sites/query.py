"""Collecting values over sites: `admin:collect` without SOAP (docs/panel.md, section 11).

Parameters with a column of their own are read from it; others are picked out of the document by the database, so that a
document is decoded here only when a whole service is wanted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.services.catalogue import SERVICES
from apnscp.opcenter.services.host_names import host_form
from apnscp.opcenter.services.matching import matches
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.services.rules import is_null
from apnscp.opcenter.services.values import ALWAYS_SET, TAKES_DEFAULT, completed, resolve
from apnscp.opcenter.sites.identifiers import by_invoice, find_one, site_name
from apnscp.opcenter.sites.query_names import require_condition, require_keyed, require_service, warn_unknown
from apnscp.opcenter.sites.records import decoded
from apnscp.opcenter.sites.tables import COMPUTED, site_table
from apnscp.wire.soap.kinds import Shape, Shaped

DEFAULT_FIELDS = (
    ("siteinfo", "email"), ("siteinfo", "admin_user"), ("aliases", "aliases"), ("billing", "invoice"),
    ("billing", "parent_invoice"),
)  # fmt: skip
_SWITCHES = frozenset(
    (service.name, parameter.name)
    for service in SERVICES.values()
    for parameter in service.parameters.values()
    if parameter.rule == "switch"
)
_LISTS = (("siteinfo", "email"), ("aliases", "aliases"))
"""Parameters whose column may hold a list as JSON text."""
_TEXT_COLUMNS = {path: column for path, column in COMPUTED.items() if path not in _LISTS}
_AT_ONCE = 400
Path = tuple[str, str]
CollectedRow = dict[str, Any] | Shaped


@dataclass
class Query:
    """What a collect reads and how it filters.

    fields: parameters asked for, in order; services: whole services asked for; whole: the entire document
    filters: parameters to compare in Python, with the value that was asked for
    conditions: comparisons that the database makes
    """

    fields: list[Path] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    whole: bool = False
    filters: dict[Path, Any] = field(default_factory=dict)
    conditions: list[ColumnElement[bool]] = field(default_factory=list)


def collect(
    ctx: Context, params: Sequence[Any] | Mapping[Any, Any] | None, query: Any, identifiers: Sequence[Any]
) -> Iterator[tuple[str, CollectedRow]]:
    """Go through the sites that match, as (key, row) pairs, read while they are consumed.

    params: None for every service, empty for the default fields, else "service", "service.param" or "service,param"
    query: None or a map; "service.param", "service,param" or nested, `active`, `domain`; all must match
    identifiers: site ids, domains, aliases or invoices; a row's key is the identifier as it was passed, ``siteNN`` for
        members of an invoice and without identifiers
    Raises Refused for an unknown service, and for a condition on an unknown parameter; one that is asked for brings a warning.
    """
    spec = Query()
    _read_fields(spec, params)
    _read_query(spec, query)
    warn_unknown(ctx, spec.fields)
    return _rows(ctx, spec, _targets(ctx, identifiers) if identifiers else None)


def documents(ctx: Context, identifiers: Sequence[Any]) -> Iterator[tuple[int, Metadata]]:
    """Go through (site id, document) pairs of the sites that identifiers name, of all when there are none."""
    statement = select(site_table.c.id, site_table.c.doc).order_by(site_table.c.id)
    if identifiers:
        statement = statement.where(site_table.c.id.in_({site_id for _, site_id in _targets(ctx, identifiers)}))
    for site_id, raw in _fetched(ctx.db, statement):
        yield site_id, completed(decoded(raw))


def _read_fields(spec: Query, params: Sequence[Any] | Mapping[Any, Any] | None) -> None:
    if params is None:
        spec.whole = True
        spec.order = list(SERVICES)
        return
    wanted = list(_paths(params)) or list(DEFAULT_FIELDS)
    before = None
    for service, parameter in wanted:
        require_service(service, before)
        before = service if parameter is None else None
        if service not in spec.order:
            spec.order.append(service)
        if parameter is None:
            spec.services.append(service)
        elif (service, parameter) not in spec.fields:
            spec.fields.append((service, parameter))


def _paths(params: Sequence[Any] | Mapping[Any, Any]) -> Iterator[tuple[str, str | None]]:
    entries = params.items() if isinstance(params, Mapping) else enumerate(params)
    for key, entry in entries:
        names = entry if isinstance(entry, list | dict) else [entry]
        names = list(names.values()) if isinstance(names, dict) else names
        for name in names:
            service, parameter = _split(str(name) if isinstance(key, int) else f"{key}.{name}")
            yield service, parameter


def _split(name: str) -> tuple[str, str | None]:
    service, mark, parameter = name.replace(",", ".", 1).partition(".")
    return service.strip(), parameter.strip() if mark else None


def _read_query(spec: Query, query: Any) -> None:
    for path, wanted in _conditions(query):
        if path == ("active", ""):
            spec.conditions.append(_active(wanted))
            continue
        require_condition(path)
        column = _TEXT_COLUMNS.get(path)
        if column is not None and is_null(wanted):
            spec.conditions.append(column.is_(None))
        elif column is not None and isinstance(wanted, str | int) and not isinstance(wanted, bool):
            spec.conditions.append(column == _spelled(path, str(wanted)))
        else:
            spec.filters[path] = wanted


def _spelled(path: Path, text: str) -> str:
    return host_form(text) if path == ("siteinfo", "domain") else text


def _conditions(query: Any) -> Iterator[tuple[Path, Any]]:
    if not query:
        return
    if not isinstance(query, Mapping):
        raise Refused("A query is a map such as [billing.invoice:ABC-1] or [active:false]; a list was given")
    require_keyed(query)
    for key, wanted in query.items():
        service, parameter = _split(str(key))
        if parameter is not None:
            yield (service, parameter), wanted
        elif service == "active":
            yield ("active", ""), wanted
        elif service == "domain":
            yield ("siteinfo", "domain"), wanted
        elif isinstance(wanted, Mapping):
            yield from (((service, str(name)), value) for name, value in wanted.items())
        else:
            yield (service, "enabled"), wanted


def _active(wanted: Any) -> ColumnElement[bool]:
    falsy = wanted in (False, 0, None, "") or str(wanted).strip().lower() in ("0", "false")
    return site_table.c.suspended_at.is_not(None) if falsy else site_table.c.suspended_at.is_(None)


def _targets(ctx: Context, identifiers: Sequence[Any]) -> list[tuple[str, int]]:
    """Return (key, site id) for each identifier, those of an invoice keyed by their site id."""
    found: list[tuple[str, int]] = []
    for identifier in identifiers:
        text = str(identifier)
        one = find_one(ctx.db, text)
        members = [] if one is not None and not text.strip().isdigit() else by_invoice(ctx.db, text.strip())
        if members:
            found.extend((site_name(member), member) for member in members)
        elif one is not None:
            found.append((text, one))
        else:
            ctx.info("`%s' names no site and is left out", text)
    return list(dict(found).items())


def _rows(ctx: Context, spec: Query, targets: list[tuple[str, int]] | None) -> Iterator[tuple[str, CollectedRow]]:
    reader = _RowBuilder(ctx, spec)
    if targets is None:
        for row in _fetched(ctx.db, reader.statement.order_by(site_table.c.id)):
            built = reader.build(row)
            if built is not None:
                yield site_name(row[0]), built
        return
    for start in range(0, len(targets), _AT_ONCE):
        part = targets[start : start + _AT_ONCE]
        ids = {site_id for _, site_id in part}
        by_id = {row[0]: row for row in _fetched(ctx.db, reader.statement.where(site_table.c.id.in_(ids)))}
        for key, site_id in part:
            built = reader.build(by_id[site_id]) if site_id in by_id else None
            if built is not None:
                yield key, built


def _fetched(db: Connection, statement: Select[Any]) -> Iterator[Sequence[Any]]:
    """Go through rows while they are read; SQLite's as the driver gives them, which takes half as long.

    The option is the statement's: on the connection it would hold for all that the call does afterwards.
    """
    if db.dialect.name != "sqlite":
        yield from db.execute(statement, execution_options={"yield_per": _AT_ONCE})
        return
    result = db.execute(statement)
    try:
        while rows := result.cursor.fetchmany(_AT_ONCE):
            yield from rows
    finally:
        result.close()


class _RowBuilder:
    """Turns rows of the store into rows of the answer."""

    def __init__(self, ctx: Context, spec: Query) -> None:
        self._spec = spec
        self._settings = ctx.settings
        self._decode = spec.whole or bool(spec.services)
        paths = list(dict.fromkeys([*spec.fields, *spec.filters]))
        self._columns = [] if self._decode else [path for path in paths if path in COMPUTED]
        self._picked = [] if self._decode else [path for path in paths if path not in COMPUTED and _is_known(path)]
        self._names = [(service, [name for owner, name in spec.fields if owner == service]) for service in spec.order]
        self._defaults = {path: resolve(*path, "DEFAULT", self._settings) for path in TAKES_DEFAULT}
        self._last = 3 + len(self._columns)
        self._lists = [place for place, path in enumerate(self._columns, 3) if path in _LISTS]
        self._places = {path: place for place, path in enumerate([*self._columns, *self._picked], 3)}
        self._shape = self._shaped()
        self.statement = self._statement(ctx.db)

    def _shaped(self) -> Shape:
        """Return the shape of rows read from columns: leaf 0 is null, 1 is `active`, 2 is `domain`, then the values."""
        keys: dict[str, Any] = {
            service: {name: self._places.get((service, name), 0) for name in names} for service, names in self._names
        }
        return Shape(keys | {"active": 1, "domain": 2})

    def _statement(self, db: Connection) -> Select[Any]:
        columns: list[ColumnElement[Any]] = [site_table.c.id, site_table.c.suspended_at, site_table.c.domain]
        columns += [COMPUTED[path] for path in self._columns]
        if self._decode:
            columns.append(site_table.c.doc)
        elif self._picked:
            columns.append(picked(db, self._picked))
        return select(*columns).where(and_(True, *self._spec.conditions))

    def build(self, row: Sequence[Any]) -> CollectedRow | None:
        """Return the answer's row, None when a filter does not match."""
        if not self._decode:
            return self._from_columns(row)
        values = self._from_document(row)
        if values is not None:
            values["active"] = row[1] is None
            values["domain"] = row[2]
        return values

    def _from_columns(self, row: Sequence[Any]) -> Shaped | None:
        leaves = [None, row[1] is None, *row[2 : self._last]]
        for place in self._lists:
            text = leaves[place]
            if text == "[]":
                leaves[place] = []
            elif text and text[0] == "[":
                leaves[place] = json.loads(text)
        if self._picked:
            raw = row[-1]
            found = decoded(raw)
            for path, value in zip(self._picked, found, strict=False):
                value = ALWAYS_SET.get(path) if value is None else value
                leaves.append(self._defaults.get(path, value) if value == "DEFAULT" else value)
        for path, wanted in self._spec.filters.items():
            if not matches(leaves[self._places.get(path, 0)], wanted, switch=path in _SWITCHES):
                return None
        return Shaped(self._shape, leaves)

    def _from_document(self, row: Sequence[Any]) -> dict[str, Any] | None:
        raw = row[-1]
        metadata: dict[str, Any] = completed(decoded(raw))
        for (service, name), value in self._defaults.items():
            if metadata[service].get(name) == "DEFAULT":
                metadata[service][name] = value
        for (service, name), wanted in self._spec.filters.items():
            if not matches(metadata[service].get(name), wanted, switch=(service, name) in _SWITCHES):
                return None
        if self._spec.whole:
            return metadata
        return {
            service: metadata[service]
            if service in self._spec.services
            else {name: metadata[service].get(name) for name in names}
            for service, names in self._names
        }


def _is_known(path: Path) -> bool:
    return path[0] in SERVICES and path[1] in SERVICES[path[0]].parameters


def picked(db: Connection, paths: Sequence[Path]) -> ColumnElement[Any]:
    """Return a column that holds the values of several parameters as one JSON array.

    paths: (service, parameter) pairs from the table of services
    """
    if db.dialect.name == "postgresql":
        return func.json_build_array(*(func.json_extract_path(site_table.c.doc, *path) for path in paths))
    # two paths at least, so that SQLite answers an array and not the bare value
    return func.json_extract(site_table.c.doc, *(_json_path(path) for path in paths), "$.siteinfo.version")


def _json_path(path: Path) -> str:
    return "$." + ".".join('"' + name.replace('"', "") + '"' for name in path)
