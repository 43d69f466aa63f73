"""Surrogates: modules of the API that an operator writes in Python (docs/surrogates.md).

A file is named after its module and holds one class that inherits `Surrogate`.
"""

from apnscp.core.errors import Refused
from apnscp.core.moments import moved
from apnscp.core.php_types import Secret
from apnscp.core.roles import Role
from apnscp.surrogates.declared import command
from apnscp.surrogates.errors import SurrogateError
from apnscp.surrogates.loading import load
from apnscp.surrogates.surrogate import Surrogate

__all__ = ["Refused", "Role", "Secret", "Surrogate", "SurrogateError", "command", "load", "moved"]
