"""What a test does to a panel before the code under test calls it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from apnscp.core.context import Context
from apnscp.opcenter.lifecycle import jobs
from apnscp.opcenter.lifecycle.requests import read_options
from apnscp.opcenter.plans import library
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.identifiers import require_one
from apnscp.opcenter.usage import given
from apnscp.server.administrator import as_administrator
from apnscp.server.app import App
from apnscp.server.testing import seeds

Size = str | int
"""Bytes, or text such as ``3GB``."""


class PanelSetup:
    """Fills a panel; nothing of it leaves calls in the journal."""

    app: App

    def inside(self) -> AbstractContextManager[Context]:
        """Open a writing transaction as the administrator: ``with panel.inside() as ctx``."""
        return as_administrator(self.app.panel)

    def seed(self, *sites: seeds.Described | Sequence[seeds.Described], **parameters: Any) -> list[str]:
        """Add sites, all or none; return their domains.

        sites: domains, maps of parameters, lists of both; a number adds as many sites, exampleN.test
        parameters: of each site, or of the one where none is listed: domain, admin, plan, email, invoice,
            parent_invoice, aliases, password, suspended (true, or the reason), or a map ``{"diskquota.quota": 5000}``
        Raises Refused for what the panel would refuse.
        """
        with self.inside() as ctx:
            return [seeds.plant(ctx, site) for site in seeds.described(sites, parameters)]

    def plan(self, name: str, options: Mapping[str, Any] | None = None, *, base: str | None = None) -> str:
        """Make a plan and return its name; what it leaves out comes from the default plan.

        options: values by ``service.parameter``, such as ``{"diskquota.quota": 5000}``
        base: a plan whose own values are copied first
        Raises Refused for a name that is taken or none, for an unknown base, and for values that no plan may hold.
        """
        with self.inside() as ctx:
            library.plans_of(ctx).create(name, base, read_options(dict(options or {})).values)
        return name

    def usage(
        self, site: str, *, storage: Size | None = None, bandwidth: Size | None = None, bandwidth_in: Size | None = None,
        bandwidth_out: Size | None = None, memory: Size | None = None, inodes: int | None = None, cpu: int | None = None,
        procs: int | None = None,
    ) -> None:  # fmt: skip
        """Set what a site uses; what is not named stays as it is.

        site: site id, domain or alias
        storage, memory: bytes, or text such as ``3GB``; bandwidth: the same, transfer in the running cycle, one part in
            and ten out; bandwidth_in, bandwidth_out: the same, each direction by itself
        inodes: files; cpu: seconds of processor time in 24 hours; procs: processes
        Raises Refused for an unknown site, and for what is no size or number.
        """
        sizes = {
            "storage": storage, "bandwidth": bandwidth, "bandwidth_in": bandwidth_in, "bandwidth_out": bandwidth_out,
            "memory": memory,
        }  # fmt: skip
        counts = {"inodes": inodes, "cpu": cpu, "procs": procs}
        told = {name: given.size(value) for name, value in sizes.items() if value is not None}
        told |= {name: given.count(value) for name, value in counts.items() if value is not None}
        with self.inside() as ctx:
            given.give(ctx.db, records.load(ctx.db, require_one(ctx, site)), told, ctx.clock)

    def run_jobs(self) -> list[jobs.Done]:
        """Do all jobs of the panel now, due or not, and return what each did: its name, lines and errors."""
        return list(jobs.run_due(self.inside, all_of_them=True))
