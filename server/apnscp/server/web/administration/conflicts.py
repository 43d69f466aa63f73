"""Two changes of one site at the same time: what each of them wants, and a form that goes on from there."""

from __future__ import annotations

from typing import NamedTuple

from apnscp.opcenter.sites.records import Site
from apnscp.server.web.administration import service_form
from apnscp.server.web.administration.service_form import Filled


class Changed(NamedTuple):
    """A parameter that was changed meanwhile, as texts of its input.

    before: when the form was made; now: in the site; own: what the user of the form wrote, None for one left alone
    """

    name: str
    before: str
    now: str
    own: str | None


Conflict = list[Changed]


def of(filled: Filled, site: Site) -> Conflict:
    """Return what was changed in a site since a form was made; empty where that is nothing which the form shows."""
    present = service_form.texts_of(site.metadata)
    return [
        Changed(name, text, present[name], filled.texts.get(name))
        for name, text in filled.base.items()
        if text != present[name]
    ]


def merged(filled: Filled, site: Site) -> Filled:
    """Return a form made from the site as it is now, with all that its user wrote and that is still a change."""
    present = service_form.texts_of(site.metadata)
    texts = {name: text for name, text in filled.texts.items() if text != present[name]}
    return Filled(present, texts, filled.errors)
