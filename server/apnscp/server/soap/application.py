"""The Spyne application: services of the registry, our protocol, our description."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from spyne import Application
from spyne.interface import InterfaceDocumentsBase
from spyne.interface.wsdl import Wsdl11

from apnscp.core.errors import Refused
from apnscp.core.registry import Command, canonical
from apnscp.server.soap.faults import as_fault
from apnscp.server.soap.protocol import RpcEncoded
from apnscp.server.soap.services import borrowed, operations, services
from apnscp.wire.soap.description import Template
from apnscp.wire.soap.names import API

PARTS_KEPT = 32
"""Parts of the description, by the modules that they hold, that are kept ready."""


class Description(Wsdl11):
    """The description, written once from the registry and given the address that each client used."""

    def __init__(self, interface: Any) -> None:
        """Wait for the commands that the application sets."""
        super().__init__(interface)
        self.template = lru_cache(PARTS_KEPT)(self._template)

    def build_interface_document(self, url: str) -> None:
        """Write the description for an address."""
        self.document = self.template().at(url)

    def get_interface_document(self) -> bytes | None:
        """Return what was written last."""
        return getattr(self, "document", None)

    def _template(self, modules: frozenset[str] = frozenset()) -> Template:
        """Write the description of all methods, or of those of some modules.

        Raises Refused for a module without any method.
        """
        commands = self.interface.app.commands
        known = sorted({command.module for command in commands})
        for name in sorted(modules.difference(known)):
            raise Refused("Unknown module `%s'; there are %s", name[:64], ", ".join(known))
        return Template(operations(command for command in commands if not modules or command.module in modules))


class Documents(InterfaceDocumentsBase):
    """Holds our description in Spyne's interface."""

    def __init__(self, interface: Any) -> None:
        """Make it for `interface`."""
        super().__init__(interface, wsdl11=Description(interface))


class SoapApplication(Application):
    """All methods of a registry behind Spyne."""

    def __init__(self, commands: Iterable[Command], *, at_once: bool = True) -> None:
        """Offer `commands`, at least one of them emulated.

        at_once: whether Spyne is told of all emulated ones now, or of each one when it is called first
        """
        self.commands = list(commands)
        self.handles: dict[str, list[Any]] = {}
        emulated = [command for command in self.commands if command.emulated]
        told = emulated if at_once else emulated[:1]
        known = {command.name for command in told}
        self._later = {canonical(command.name): command for command in self.commands if command.name not in known}
        super().__init__(
            services(told),
            API,
            name="apnscp",
            in_protocol=RpcEncoded(parse_xsi_type=False),
            out_protocol=RpcEncoded(parse_xsi_type=False),
            documents_container=Documents,
        )
        methods = self.interface.service_method_map
        self.handles = {name.rpartition("}")[2]: handles for name, handles in methods.items()}

    def handles_of(self, operation: str) -> list[Any] | None:
        """Return what Spyne knows of an operation, by its canonical name; None when there is no such operation."""
        if operation not in self.handles and operation in self._later:
            known = next(iter(self.handles.values()))
            self.handles[operation] = [borrowed(known[0], self._later[operation])]
        return self.handles.get(operation)

    def call_wrapper(self, ctx: Any) -> Any:
        """Carry out the call; exceptions become faults here and nowhere else."""
        try:
            return ctx.udc.call(ctx.descriptor.udd["command"], ctx.in_object)
        except Exception as error:
            raise as_fault(ctx.udc, error) from error
