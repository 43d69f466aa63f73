"""Random lives of accounts against a small model that knows nothing of the store.

100 examples on each database; `APNSCP_FUZZ=2000` runs that many, with fresh random numbers each time.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from apnscp.opcenter.settings.tables import setting_table
from apnscp.opcenter.sites.tables import COMPUTED, host_table, site_data_table, site_table
from apnscp.opcenter.store.tables import fact_table, outbox_table, sql_metadata
from apnscp.opcenter.store.transactions import reading, writing
from apnscp.opcenter.usage.tables import usage_table
from apnscp.opcenter.users.tables import user_table
from apnscp.server.testing import EmulatedPanel
from apnscp.wire.errors import FaultReceived

FUZZ = int(os.environ.get("APNSCP_FUZZ", "0"))
DOMAINS = [f"{name}.example" for name in ("ant", "bee", "cat", "dog", "eel", "fox", "gnu", "hen", "jay")]
ADMINS = ["ada", "bob", "cleo", "dan", "eva", "fay"]
INVOICES = ["I-1", "I-2", "I-3"]
PLANS: dict[str, dict[str, Any]] = {
    "basic": {
        "diskquota.quota": 4000,
        "bandwidth.threshold": 50,
        "cgroup.memory": 512,
        "users.max": 500,
        "pgsql.enabled": 0,
    },
    "pro": {
        "diskquota.quota": 20000,
        "bandwidth.threshold": 500,
        "cgroup.memory": 2048,
        "users.max": None,
        "pgsql.enabled": 1,
    },
}
FIELDS = list(PLANS["basic"])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "diskquota.quota": st.sampled_from([1, 4000, 20000, None]),
    "bandwidth.threshold": st.sampled_from([50, 500, 7]),
    "cgroup.memory": st.sampled_from([512, 2048, 64]),
    "users.max": st.sampled_from([500, None, 3]),
    "pgsql.enabled": st.sampled_from([0, 1]),
}
WHO = st.integers(0, 10_000)
"""Number of a name among those that mean something at the moment, and a few that may not."""
SOME_DOMAINS = st.lists(st.sampled_from(DOMAINS), max_size=2, unique=True)
Row = dict[str, Any]


class Impossible(Exception):
    """The model says that a site cannot be changed so."""


class Model:
    """What accounts ought to be: plain dictionaries by site id."""

    def __init__(self) -> None:
        self.sites: dict[int, Row] = {}
        self.last = 0

    def name(self, who: int) -> str:
        """Return a name by its number: ids, host names, invoices that are held, and some that need not be."""
        hosts = [
            name for row in self.sites.values() for name in (row["domain"], row["domain"].upper(), *row["aliases"])
        ]
        ids = [f"site{number}" for number in self.sites]
        names: list[str] = [*ids, *hosts, *INVOICES, f"site{self.last + 1}", DOMAINS[who % len(DOMAINS)]]
        return names[who % len(names)]

    def named(self, who: str) -> list[int]:
        """Return whom a who means: an id, a host name, or an invoice."""
        name = who.lower()
        if name.startswith("site"):
            return [number for number in self.sites if f"site{number}" == name]
        if "." in name:
            return [number for number, row in self.sites.items() if name in {row["domain"], *row["aliases"]}]
        return sorted(number for number, row in self.sites.items() if who in (row["invoice"], row["parent"]))

    def check(self, number: int, row: Row) -> None:
        """Refuse a row whose names another site holds."""
        others = [other for key, other in self.sites.items() if key != number]
        held = {name for other in others for name in (other["domain"], *other["aliases"])}
        taken = {row["domain"], *row["aliases"]} & held or row["domain"] in row["aliases"]
        if taken or row["admin"] in {other["admin"] for other in others}:
            raise Impossible

    def add(self, row: Row) -> None:
        """Add a site or refuse it."""
        self.check(0, row)
        self.last += 1
        self.sites[self.last] = row

    def each(self, who: str, work: Callable[[Row], None]) -> bool:
        """Change each site that is meant and tell whether all could be; a failure leaves the others done."""
        members = self.named(who)
        done = bool(members)
        for number in members:
            row = copy.deepcopy(self.sites[number])
            work(row)
            try:
                self.check(number, row)
                self.sites[number] = row
            except Impossible:
                done = False
        return done


def moved(row: Row, plan: str | None, *, reset: bool) -> None:
    """Put a row on a plan: values that were the old plan's move, with reset all, without a plan's name none to null."""
    old, new = PLANS[row["plan"]], PLANS[plan or row["plan"]]
    for name in FIELDS:
        follows = (plan is not None or new[name] is not None) if reset else row["values"][name] == old[name]
        if follows:
            row["values"][name] = new[name]
    row["plan"] = plan or row["plan"]


class Lives(RuleBasedStateMachine):
    """One panel, emptied for each example."""

    panel: EmulatedPanel

    @initialize()
    def empty(self) -> None:
        self.model = Model()
        with writing(self.panel.app.panel.engine) as db:
            for table in (host_table, user_table, site_data_table, usage_table, outbox_table, site_table):
                db.execute(
                    table.delete().where(table.c.site_id.is_not(None)) if table is user_table else table.delete()
                )
            db.execute(fact_table.delete().where(fact_table.c.name == "last_site_id"))
        self.add("ant.example", "ada", ["bee.example"], "I-1", None, None, None)
        self.add("cat.example", "bob", [], None, "I-1", "pro", 77)
        self.add("dog.example", "cleo", [], None, "I-1", None, None)
        self.change(1, {"users.max": 3}, {}, lambda row: row["values"].update({"users.max": 3}), dry=False)

    @rule(
        domain=st.sampled_from(DOMAINS), admin=st.sampled_from(ADMINS), aliases=SOME_DOMAINS,
        invoice=st.sampled_from([None, *INVOICES]), parent=st.sampled_from([None, *INVOICES]),
        plan=st.sampled_from([None, *PLANS]), quota=st.sampled_from([None, 77]),
    )  # fmt: skip
    def add(
        self, domain: str, admin: str, aliases: list[str], invoice: str | None, parent: str | None,
        plan: str | None, quota: int | None,
    ) -> None:  # fmt: skip
        values = dict(PLANS[plan or "basic"]) | ({} if quota is None else {"diskquota.quota": quota})
        row = {
            "domain": domain, "admin": admin, "aliases": aliases, "invoice": invoice, "parent": parent,
            "plan": plan or "basic", "values": values, "reason": None,
        }  # fmt: skip
        options: dict[str, Any] = {
            "aliases": {"aliases": aliases}, "billing,invoice": invoice, "billing.parent_invoice": parent,
        }  # fmt: skip
        options |= {"siteinfo.plan": plan} if plan else {}
        options |= {} if quota is None else {"diskquota.quota": str(quota)}

        def expected() -> bool:
            try:
                self.model.add(row)
            except Impossible:
                return False
            return True

        self.both("admin:add-site", (domain.upper(), admin, options), expected)

    @rule(who=WHO, data=st.data(), name=st.sampled_from(FIELDS), dry=st.booleans())
    def edit(self, who: int, data: st.DataObject, name: str, dry: bool) -> None:
        value = data.draw(VALUES[name])
        self.change(who, {name: value}, {}, lambda row: row["values"].update({name: value}), dry)

    @rule(who=WHO, plan=st.sampled_from(list(PLANS)), reset=st.booleans(), dry=st.booleans())
    def change_plan(self, who: int, plan: str, reset: bool, dry: bool) -> None:
        flags = {"reset": "true"} if reset else {}
        self.change(who, {"siteinfo.plan": plan}, flags, lambda row: moved(row, plan, reset=reset) if (
            reset or plan != row["plan"]) else None, dry)  # fmt: skip

    @rule(who=WHO, dry=st.booleans())
    def reset(self, who: int, dry: bool) -> None:
        self.change(who, {}, {"reset": True}, lambda row: moved(row, None, reset=True), dry)

    @rule(who=WHO, domain=st.sampled_from(DOMAINS), dry=st.booleans())
    def rename_domain(self, who: int, domain: str, dry: bool) -> None:
        self.change(who, {"siteinfo.domain": domain}, {}, lambda row: row.update(domain=domain), dry)

    @rule(who=WHO, admin=st.sampled_from(ADMINS), dry=st.booleans())
    def rename_administrator(self, who: int, admin: str, dry: bool) -> None:
        self.change(who, {"siteinfo.admin_user": admin}, {}, lambda row: row.update(admin=admin), dry)

    @rule(who=WHO, aliases=SOME_DOMAINS, dry=st.booleans())
    def set_aliases(self, who: int, aliases: list[str], dry: bool) -> None:
        self.change(who, {"aliases.aliases": aliases}, {}, lambda row: row.update(aliases=aliases), dry)

    @rule(who=WHO, invoice=st.sampled_from([None, *INVOICES]), key=st.sampled_from(["invoice", "parent"]))
    def set_invoice(self, who: int, invoice: str | None, key: str) -> None:
        name = {"invoice": "billing.invoice", "parent": "billing.parent_invoice"}[key]
        self.change(who, {name: invoice}, {}, lambda row: row.update({key: invoice}), dry=False)

    @rule(
        number=WHO,
        option=st.sampled_from([{"diskquota.quota": -1}, {"no.such": 1}, {"siteinfo.plan": "none-such"}]),
    )
    def edit_what_cannot_be(self, number: int, option: Row) -> None:
        who = self.model.name(number)
        self.both("admin:edit-site", (who, option), lambda: False)

    @rule(number=WHO, reason=st.sampled_from(["overdue", "spam\n# hidden"]))
    def suspend(self, number: int, reason: str) -> None:
        who = self.model.name(number)
        work = lambda row: row.update(reason=reason)  # noqa: E731 - one expression, used once
        self.both("admin:deactivate-site", (who, {"reason": reason}), lambda: self.model.each(who, work))

    @rule(number=WHO)
    def activate(self, number: int) -> None:
        who = self.model.name(number)
        work = lambda row: row.update(reason=None)  # noqa: E731 - one expression, used once
        self.both("admin:activate-site", (who,), lambda: self.model.each(who, work))

    @rule(number=WHO, match=st.sampled_from([None, "spam", "hidden"]), dry=st.booleans())
    def delete(self, number: int, match: str | None, dry: bool) -> None:
        who = self.model.name(number)

        def expected() -> bool:
            members = self.model.named(who)
            for number in members:
                reason = self.model.sites[number]["reason"]
                if not dry and (match is None or match in (reason or "")):
                    del self.model.sites[number]
            return bool(members)

        flags = ({"dry-run": True} if dry else {}) | ({"match": match} if match else {})
        self.both("admin:delete-site", (who, flags), expected)

    def change(self, number: int, options: Row, flags: Row, work: Callable[[Row], None], dry: bool) -> None:
        """Edit in the panel and in the model; a dry run tells the same of success and changes nothing."""
        who = self.model.name(number)
        before = copy.deepcopy(self.model.sites)
        if not dry:
            self.both("admin:edit-site", (who, options, flags), lambda: self.model.each(who, work))
            return

        def expected() -> bool:
            # each site is tried against the others as they are: a dry run leaves them so
            outcomes = []
            for number in self.model.named(who):
                outcomes.append(self.model.each(f"site{number}", work))
                self.model.sites = copy.deepcopy(before)
            return bool(outcomes) and all(outcomes)

        self.both("admin:edit-site", (who, options, [*([flags] if flags else []), "dry-run"]), expected)

    def both(self, command: str, arguments: tuple[Any, ...], expected: Callable[[], bool]) -> None:
        """Call the panel and the model; they agree on success, and what changed nothing there changed nothing here."""
        rows, sites = self.rows(), copy.deepcopy(self.model.sites)
        try:
            succeeded = self.panel.call(command, *arguments) is True
        except FaultReceived as fault:
            assert fault.text
            succeeded = False
        assert succeeded == expected(), (command, arguments)
        if self.model.sites == sites and command != "admin:deactivate-site":
            assert self.rows() == rows, (command, arguments)

    def rows(self) -> dict[str, list[Any]]:
        """Return every row that a call could change."""
        with reading(self.panel.app.panel.engine) as db:
            tables = [
                table
                for table in sql_metadata.sorted_tables
                if table
                in (site_table, host_table, user_table, site_data_table, usage_table, outbox_table, setting_table)
            ]
            return {table.name: sorted(map(repr, db.execute(select(table)))) for table in tables}

    @invariant()
    def the_panel_is_as_the_model(self) -> None:
        fields = ["siteinfo", "aliases.aliases", "billing", *FIELDS, "mysql.dbaseprefix", "pgsql.dbaseprefix"]
        rows = self.panel.call("admin:collect", fields) or {}
        assert {key: self.shown(row) for key, row in rows.items()} == {
            f"site{number}": {key: value for key, value in row.items() if key != "reason"}
            | {"active": row["reason"] is None}
            for number, row in self.model.sites.items()
        }
        for service in ("mysql", "pgsql"):
            prefixes = [row[service]["dbaseprefix"] for row in rows.values() if row[service]["dbaseprefix"]]
            assert len(set(prefixes)) == len(prefixes)
        assert all(row["pgsql"]["dbaseprefix"] for row in rows.values() if row["pgsql"]["enabled"])

    @staticmethod
    def shown(row: Row) -> Row:
        """Return a row of collect in the shape of the model."""
        values = {name: row[name.partition(".")[0]][name.partition(".")[2]] for name in FIELDS}
        return {
            "domain": row["domain"], "admin": row["siteinfo"]["admin_user"], "aliases": row["aliases"]["aliases"],
            "invoice": row["billing"]["invoice"], "parent": row["billing"]["parent_invoice"],
            "plan": row["siteinfo"]["plan"], "values": values, "active": row["active"],
        }  # fmt: skip

    @invariant()
    def hosts_users_and_columns_agree_with_the_documents(self) -> None:
        with reading(self.panel.app.panel.engine) as db:
            documents = {row.id: (decoded(row.doc), row) for row in db.execute(select(site_table))}
            hosts = set(
                map(tuple, db.execute(select(host_table.c.name, host_table.c.site_id, host_table.c.is_primary)))
            )
            users = set(
                map(
                    tuple,
                    db.execute(
                        select(user_table.c.site_id, user_table.c.name).where(user_table.c.site_id.is_not(None))
                    ),
                )
            )
        assert hosts == {entry for number, (doc, _) in documents.items() for entry in hosts_in(number, doc)}
        assert users == {(number, doc["siteinfo"]["admin_user"]) for number, (doc, _) in documents.items()}
        for number, (doc, row) in documents.items():
            assert doc["siteinfo"]["admin"] == f"admin{number}"
            for (service, name), column in COMPUTED.items():
                held = getattr(row, column.name)
                assert doc[service][name] == (json.loads(held) if isinstance(doc[service][name], list) else held)


def decoded(doc: Any) -> Any:
    return json.loads(doc) if isinstance(doc, str) else doc


def hosts_in(number: int, doc: Any) -> Iterator[tuple[str, int, int]]:
    yield doc["siteinfo"]["domain"], number, 1
    yield from ((alias, number, 0) for alias in doc["aliases"]["aliases"])


def test_random_lives_agree_with_the_model_and_leave_the_store_whole(each_panel: EmulatedPanel) -> None:
    machine = type("LivesOfThisPanel", (Lives,), {"panel": each_panel})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=FUZZ or 100,
            stateful_step_count=14,
            deadline=None,
            database=None,
            derandomize=not FUZZ,
            suppress_health_check=list(HealthCheck),
        ),
    )
