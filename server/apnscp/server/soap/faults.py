"""From our errors to Spyne's faults, and what the log may hold of them."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING

from spyne import Fault

from apnscp.core.errors import ApnscpError, UnknownMethod
from apnscp.opcenter.store.errors import meaning
from apnscp.server.faults import UNEXPECTED, status_of
from apnscp.wire.errors import WireError
from apnscp.wire.soap.version import SOAP_12

if TYPE_CHECKING:
    from apnscp.server.soap.transport import SoapCall

UNKNOWN_IN_12 = ("rpc:ProcedureNotPresent", "Procedure not present")
"""What PHP's server says in SOAP 1.2 of a method that it does not have (docs/wire.md, "SOAP 1.2")."""

log = logging.getLogger("apnscp.soap")


def as_fault(call: SoapCall, error: Exception) -> Fault:
    """Return the fault for an error and set the HTTP status that belongs to it.

    An unexpected exception becomes a fixed sentence with a request id; its trace goes to the log only.
    """
    if isinstance(error, Fault):
        return error
    error = meaning(error) or error
    answer = status_of(error)
    call.refused(error, answer)
    if isinstance(error, UnknownMethod) and call.answered_in() is SOAP_12:
        return Fault(*UNKNOWN_IN_12)
    if isinstance(error, ApnscpError):
        return Fault(answer.code, error.text)
    if isinstance(error, WireError):
        return Fault(error.fault_code, str(error))
    request = secrets.token_hex(6)
    log.error("request %s failed", request, exc_info=error)
    return Fault("Server", UNEXPECTED % request)
