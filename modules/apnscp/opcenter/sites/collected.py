"""What a row of admin:collect holds, for type checkers: a key for each service that the table knows."""

from typing import Any, NotRequired, TypedDict

from apnscp.opcenter.services.catalogue import SERVICES

# a type checker wants the keys spelled out; they are the table's
CollectRow = TypedDict(
    "CollectRow",
    {"domain": str, "active": bool, **dict.fromkeys(SERVICES, NotRequired[dict[str, Any]])},  # type: ignore[misc]
)
CollectRow.__doc__ = (
    "An account: primary domain, whether it is active, and parameter to value of the services asked for."
)
