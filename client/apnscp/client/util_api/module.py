"""Modules and methods of a panel as Python objects, ``client.admin`` and ``client.admin.collect``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from apnscp.wire.soap.kinds import Value

if TYPE_CHECKING:
    from apnscp.client.util_api.api import UtilAPI


class Module:
    """The methods of one module."""

    def __init__(self, client: UtilAPI, name: str) -> None:
        """Keep the client and the module's name."""
        self._client = client
        self._name = name

    def __getattr__(self, method: str) -> Callable[..., Value]:
        """Return a method of the module by its name."""
        if method.startswith("_"):
            raise AttributeError(method)
        return bound_method(self._client, f"{self._name}_{method}")

    def __dir__(self) -> list[str]:
        """List the methods of the module."""
        prefix = f"{self._name.lower()}_"
        return sorted(name[len(prefix) :] for name in self._client.wsdl_methods if name.startswith(prefix))

    def __repr__(self) -> str:
        """Show client and module."""
        return f"{self._client!r}.{self._name}"


def bound_method(client: UtilAPI, name: str) -> Callable[..., Value]:
    """Return a function that calls a method of the panel, and bears its name."""

    def method(*args: Value, **kwargs: Value) -> Value:
        return client.call(name, *args, **kwargs)

    method.__name__ = method.__qualname__ = name
    return method
