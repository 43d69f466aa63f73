"""The form over all services, made from the services table: what a site has, what its plan says, what may be put there.

A form carries the texts that it was made with, so that only what its user changed is sent on, whatever happened to the
site meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from apnscp.core.errors import Refused
from apnscp.opcenter.services.catalogue import SERVICES, ServiceParameter
from apnscp.opcenter.services.values import Values
from apnscp.server.web.administration import fields
from apnscp.server.web.forms import STALE

APART = frozenset({"siteinfo,admin"})
"""What the form does not have: the panel assigns it."""
PLAN = "siteinfo,plan"
"""What stands in front of the services, since it changes many of them."""
NAMES = frozenset({"siteinfo,domain", "siteinfo,admin_user"})
"""What the form of a new site asks for in front of all others."""


@dataclass(frozen=True)
class Field:
    """One parameter in the form.

    text: of its input; default, plan, own: values for people; differs: own value and plan's are not the same
    changed: the user of the form changed it; error: what is wrong with it, None while nothing is
    """

    parameter: ServiceParameter
    text: str
    default: str
    plan: str
    own: str
    differs: bool
    changed: bool = False
    error: str | None = None

    @property
    def kind(self) -> str:
        """Return which input it has."""
        return fields.kind(self.parameter)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return what may be chosen, with a present value that is no longer among it."""
        known = fields.choices(self.parameter)
        return known if self.text in dict(known) else [(self.text, self.text or "none (null)"), *known]

    @property
    def bounds(self) -> dict[str, str]:
        """Return the attributes of an input for numbers."""
        return fields.bounds(self.parameter)


@dataclass(frozen=True)
class Group:
    """A service in the form, with its fields."""

    service: str
    fields: list[Field]

    @property
    def opened(self) -> bool:
        """Tell whether it is shown open: something in it was changed, or is wrong."""
        return any(each.changed or each.error for each in self.fields)

    @property
    def differing(self) -> int:
        """Return in how many parameters the site differs from its plan."""
        return sum(each.differs for each in self.fields)


@dataclass
class Filled:
    """What the user of a form wrote.

    base: texts that the form was made with, by address; texts: those that are not as they were made
    errors: what is wrong, by address
    """

    base: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def options(self) -> dict[str, Any]:
        """Return what was changed as options of a call: "service.parameter" to value."""
        known = editable()
        return {name.replace(",", ".", 1): fields.sent(known[name], text) for name, text in self.texts.items()}

    def check(self) -> None:
        """Look at every value that was changed, and note what is wrong."""
        known = editable()
        for name, text in self.texts.items():
            found = fields.problem(known[name], fields.sent(known[name], text))
            if found is not None:
                self.errors[name] = found

    def blame(self, refusal: str) -> str | None:
        """Put a refusal beside the field that it is about; return it where it is about none."""
        name, _, text = refusal.partition(": ")
        if name not in editable():
            return refusal
        self.errors[name] = text
        return None


def editable(but: Iterable[str] = APART) -> dict[str, ServiceParameter]:
    """Return the parameters that a form has, by address: neither passwords, which have forms of their own, nor versions."""
    return {
        parameter.address: parameter
        for service in SERVICES.values()
        for parameter in service.parameters.values()
        if not parameter.write_only and parameter.name != "version" and parameter.address not in but
    }


def texts_of(document: Mapping[str, Mapping[str, Any]], but: Iterable[str] = APART) -> dict[str, str]:
    """Return the texts of a form for a document."""
    return {name: fields.written(each, document[each.service][each.name]) for name, each in editable(but).items()}


def groups(
    document: Mapping[str, Mapping[str, Any]], plan: Values, filled: Filled, but: Iterable[str] = APART
) -> list[Group]:
    """Return the form for a document.

    plan: values of its plan; filled: what the user wrote already, which is shown instead of the document's values
    """
    made = texts_of(document, but)
    return [
        group for name in SERVICES if (group := Group(name, list(_fields(name, document, plan, filled, made)))).fields
    ]


def read(form: MultiDict[str, str], but: Iterable[str] = APART) -> Filled:
    """Return what the user of a form wrote; raises Refused for a form that this panel did not make."""
    base = _base(form.get("base", ""), but)
    texts = {name: _last(form, name) for name in base if name in form}
    return Filled(base, {name: text for name, text in texts.items() if _same(text) != _same(base[name])})


def _base(text: str, but: Iterable[str]) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        raise Refused(STALE) from None
    known = editable(but)
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise Refused(STALE)
    return {name: value for name, value in found.items() if name in known}


def _fields(
    service: str, document: Mapping[str, Mapping[str, Any]], plan: Values, filled: Filled, made: Mapping[str, str]
) -> Iterator[Field]:
    for parameter in SERVICES[service].parameters.values():
        name = parameter.address
        if name not in made or name == PLAN:
            continue
        own, planned = document[service][parameter.name], plan[service][parameter.name]
        yield Field(
            parameter,
            filled.texts.get(name, made[name]),
            fields.for_people(parameter, parameter.default),
            fields.for_people(parameter, planned),
            fields.for_people(parameter, own),
            own != planned and name not in NAMES,
            name in filled.texts,
            filled.errors.get(name),
        )


def _last(form: MultiDict[str, str], name: str) -> str:
    """Return the last value of a name: a box that is ticked comes after the hidden one that stands for off."""
    return form.getlist(name)[-1]


def _same(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
