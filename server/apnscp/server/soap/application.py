"""The Spyne application: the methods of a registry, our protocol, our description."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from spyne import Application
from spyne.interface import InterfaceDocumentsBase
from spyne.interface.wsdl import Wsdl11

from apnscp.core.registry import Command
from apnscp.server.operations import operations
from apnscp.server.soap.faults import as_fault
from apnscp.server.soap.protocol import RpcEncoded
from apnscp.server.soap.published import PARTS_KEPT, of_modules
from apnscp.server.soap.services import Handles
from apnscp.wire.soap.description import Template
from apnscp.wire.soap.names import API


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
        return Template(operations(of_modules(self.interface.app.commands, modules)))


class Documents(InterfaceDocumentsBase):
    """Holds our description in Spyne's interface."""

    def __init__(self, interface: Any) -> None:
        """Make it for `interface`."""
        super().__init__(interface, wsdl11=Description(interface))


class SoapApplication(Application):
    """All methods of a registry behind Spyne."""

    def __init__(self, commands: Iterable[Command]) -> None:
        """Offer `commands`."""
        self.commands = list(commands)
        self.handles = Handles(self.commands)
        super().__init__(
            (),
            API,
            name="apnscp",
            in_protocol=RpcEncoded(parse_xsi_type=False),
            out_protocol=RpcEncoded(parse_xsi_type=False),
            documents_container=Documents,
        )

    def call_wrapper(self, ctx: Any) -> Any:
        """Carry out the call; exceptions become faults here and nowhere else."""
        try:
            return ctx.udc.call(ctx.descriptor.udd["command"], ctx.in_object)
        except Exception as error:
            raise as_fault(ctx.udc, error) from error
