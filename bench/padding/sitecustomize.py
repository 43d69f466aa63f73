"""Pads the registry of each process that the benchmark's server starts.

The interpreter imports this by its name because the benchmark puts the folder on PYTHONPATH: workers are spawned and
inherit nothing else. APNSCP_BENCH_PADDING says how many methods to add.
"""

from __future__ import annotations

import os


def pad(count: int) -> None:
    from apnscp.core.php_types import Kind, Type
    from apnscp.core.registry import REGISTRY, Command, Parameter
    from apnscp.core.roles import Role

    parameters = (
        Parameter("site", Type(Kind.STR)),
        Parameter("options", Type(Kind.MAP), None),
        Parameter("flag", Type(Kind.BOOL), False),
    )
    for number in range(count):
        name = f"method_{number:04}"
        doc = f"Pad the description ({number})."
        REGISTRY.add(Command("padding", name, _echo, Role.ADMIN, "read", parameters, Type(Kind.MIXED), doc))


def _echo(_ctx: object, site: str, options: object = None, flag: bool = False) -> object:
    return [site, options, flag]


if os.environ.get("APNSCP_BENCH_PADDING"):
    pad(int(os.environ["APNSCP_BENCH_PADDING"]))
