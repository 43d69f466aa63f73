"""Single facts of a panel: its generation, its highest site id so far, its clock."""

from __future__ import annotations

from sqlalchemy import BigInteger, Connection, Text, bindparam, cast, select

from apnscp.opcenter.store.tables import fact_table

_NAMED = fact_table.c.name == bindparam("of_name")
_VALUE = select(fact_table.c.value).where(_NAMED)
_COUNT_UP = (
    fact_table.update()
    .where(_NAMED)
    .values(value=cast(cast(fact_table.c.value, BigInteger) + bindparam("by", type_=BigInteger), Text))
    .returning(fact_table.c.value)
)


def fact(connection: Connection, name: str, default: str = "") -> str:
    """Return a single fact of the panel."""
    found = connection.execute(_VALUE, {"of_name": name}).scalar()
    return default if found is None else str(found)


def set_fact(connection: Connection, name: str, value: str) -> None:
    """Keep a single fact of the panel."""
    if connection.execute(fact_table.update().where(fact_table.c.name == name).values(value=value)).rowcount == 0:
        connection.execute(fact_table.insert().values(name=name, value=value))


def count_up(connection: Connection, name: str, by: int = 1) -> int:
    """Raise a counting fact and return its new value; writers wait for one another here, so that none counts twice."""
    found = connection.execute(_COUNT_UP, {"of_name": name, "by": by}).scalar()
    if found is None:
        set_fact(connection, name, str(by))
    return by if found is None else int(found)


def begin_generation(connection: Connection) -> None:
    """Begin a new generation: what workers cached of settings, keys, clock and fault rules holds no longer."""
    count_up(connection, "generation")
