"""The administrator as whom a surrogate acts for the length of a block."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from apnscp.core.context import Caller, Context
from apnscp.core.registry import Command
from apnscp.core.roles import Role
from apnscp.opcenter.sites import records
from apnscp.opcenter.users import people
from apnscp.surrogates import calls


class Administrator:
    """Calls methods as the administrator of the panel, in the transaction of the surrogate's own call."""

    def __init__(self, ctx: Context, entry: Command) -> None:
        """Act for the call of `ctx`, which is one of `entry`.

        Where that writes, calls by users of the same account wait for each other, so that what is counted stays true.
        """
        if entry.mode == "write" and ctx.caller.site_id:
            records.load(ctx.db, ctx.caller.site_id, lock=True)
        first = people.first_of_panel(ctx.db)
        assert first is not None
        caller = Caller(Role.ADMIN, first.name, user_id=first.id, ip=ctx.caller.ip, gate=ctx.caller.gate)
        self._ctx: Context | None = replace(ctx, caller=caller, own_site=None)
        self._entry = entry

    def call(self, method: str, *arguments: Any, **named: Any) -> Any:
        """Call a method as the administrator and return its answer; arguments by place or by name.

        method: in either spelling
        Raises what the method raises, UnknownMethod for an unknown one, RuntimeError after the end of the block.
        """
        if self._ctx is None:
            raise RuntimeError("the block in which the surrogate acted as the administrator has ended")
        command = self._ctx.panel.registry.find(method)
        calls.require_allowed(self._ctx, command, self._entry.cli_name)
        return calls.run(self._ctx, command, arguments, named, self._entry)

    def end(self) -> None:
        """Take no more calls."""
        self._ctx = None
