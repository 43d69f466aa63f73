"""Calls that a surrogate makes: as the same caller or as the administrator, in the transaction of its own call."""

from __future__ import annotations

import pytest

from apnscp.server.testing import EmulatedPanel
from apnscp.surrogates import Surrogate, load
from apnscp.surrogates.administrator import Administrator
from tests.surrogates.conftest import Panels, Written

HELPER = """
    class Helper(Surrogate):
        @command(Role.SITE)
        def read(self, method: str, args: list = []):
            return self.call(method, *args)

        @command(Role.SITE, "write")
        def write(self, method: str, args: list = []):
            return self.call(method, *args)

        @command(Role.SITE, "write")
        def twice(self, fails: bool):
            self.call("common:set-email", "first@example.com")
            try:
                self.call("common:set-email", "nonsense")
            except Refused as refusal:
                if fails:
                    raise
                return refusal.text

        @command(Role.SITE, "write")
        def sites(self, quota: int):
            with self.as_administrator() as admin:
                admin.call("admin:edit-site", "INV-1", opts={"diskquota.quota": quota})
            raise Refused("On second thoughts")

        @command(Role.SITE, "write")
        def power(self, method: str, args: list = []):
            with self.as_administrator() as admin:
                return admin.call(method, *args)

        @command(Role.SITE)
        def late(self):
            with self.as_administrator() as admin:
                pass
            return admin.call("admin:get-domains")

        @command(Role.SITE)
        def wrong(self):
            return self.call("common:get-service-value", "billing", klass="invoice")
"""


@pytest.fixture
def panel(panels: Panels) -> EmulatedPanel:
    return panels(helper=HELPER)


@pytest.fixture
def session(panel: EmulatedPanel) -> str:
    found: str = panel.call("admin:hijack", "example.com")
    return found


def test_another_method_is_called_as_the_same_caller(panel: EmulatedPanel, session: str) -> None:
    assert panel.call("helper:read", "common:whoami", session=session, key="") == "example-com"
    assert panel.call("helper:read", "site_get_account_quota", session=session, key="") == panel.call(
        "site:get-account-quota", session=session, key=""
    )


def test_what_the_caller_may_not_call_its_surrogate_may_not_call_either(panel: EmulatedPanel, session: str) -> None:
    text = panel.fault("helper:read", "admin:get-domains", session=session, key="")
    assert text == "helper:read calls admin:get-domains, which its caller may not call"
    assert panel.fault("helper:read", "no:such", session=session, key="") == "Procedure 'no:such' not present"


def test_a_method_that_reads_calls_none_that_writes(panel: EmulatedPanel, session: str) -> None:
    text = panel.fault("helper:read", "common:set-email", ["me@example.com"], session=session, key="")
    assert text == ('helper:read only reads and calls common:set-email, which writes; give it @command(mode="write")')


def test_arguments_are_checked_as_from_outside(panel: EmulatedPanel, session: str) -> None:
    text = panel.fault("helper:write", "common:set-email", [["no", "text"]], session=session, key="")
    assert text == "Parameter `email' must be text; an array of 2 is not"
    text = panel.fault("helper:read", "common:whoami", ["me"], session=session, key="")
    assert text == "Too many arguments: common:whoami takes none, not 1"


def test_a_wrong_name_of_a_parameter_is_an_error_of_the_surrogate(panel: EmulatedPanel, session: str) -> None:
    assert "Something went wrong inside the panel" in panel.fault("helper:wrong", session=session, key="")


def test_a_call_that_fails_is_undone_and_the_rest_is_kept(panel: EmulatedPanel, session: str) -> None:
    assert panel.call("helper:twice", False, session=session, key="") == ("`nonsense' is not an e-mail address")
    assert panel.call("common:get-email", session=session, key="") == "first@example.com"


def test_all_is_undone_when_the_surrogate_fails(panel: EmulatedPanel, session: str) -> None:
    before = panel.call("common:get-email", session=session, key="")
    panel.fault("helper:twice", True, session=session, key="")
    assert panel.call("common:get-email", session=session, key="") == before


def test_a_group_is_changed_in_the_one_transaction_of_the_surrogate(panel: EmulatedPanel, session: str) -> None:
    panel.seed(60, parent_invoice="INV-1")
    assert panel.fault("helper:sites", 777, session=session, key="") == "On second thoughts"
    rows = panel.call("admin:collect", ["diskquota.quota"])
    assert len(rows) == 61 and not [site for site, row in rows.items() if row["diskquota"]["quota"] == 777]


def test_as_administrator_a_surrogate_calls_what_its_caller_may_not(panel: EmulatedPanel, session: str) -> None:
    assert panel.call("helper:power", "admin:get-domains", session=session, key="") == {1: "example.com"}
    assert panel.call("helper:power", "common:whoami", session=session, key="") == "admin"
    assert panel.call("common:whoami", session=session, key="") == "example-com"


def test_as_administrator_a_surrogate_calls_nothing_that_the_administrator_may_not(
    panel: EmulatedPanel, session: str
) -> None:
    text = panel.fault("helper:power", "site:get-account-quota", session=session, key="")
    assert text == "helper:power calls site:get-account-quota, which its caller may not call"
    panel.call("scope:set", "cp.config", "auth", "admin_api", False, key=panel.key)
    text = panel.fault("helper:power", "admin:deactivate-site", ["example.com"], session=session, key="")
    assert text == "helper:power calls admin:deactivate-site, which its caller may not call"


def test_what_the_administrator_changed_is_seen_afterwards(panels: Panels) -> None:
    panel = panels(
        helper="""
        class Helper(Surrogate):
            @command(Role.SITE, "write")
            def suspend(self):
                before = self.call("common:get-service-value", "siteinfo", "email")
                with self.as_administrator() as admin:
                    admin.call("admin:edit-site", "example.com", {"siteinfo.email": "new@example.com"})
                return [before, self.call("common:get-service-value", "siteinfo", "email")]
        """
    )
    session = panel.call("admin:hijack", "example.com")
    assert panel.call("helper:suspend", session=session, key="")[1] == "new@example.com"


def test_the_administrator_is_gone_after_the_block(panel: EmulatedPanel, session: str) -> None:
    assert "Something went wrong inside the panel" in panel.fault("helper:late", session=session, key="")
    assert {name for name in vars(Administrator) if not name.startswith("_")} == {"call", "end"}


def test_a_helper_acts_as_administrator_only_for_a_method_that_names_its_roles(panels: Panels) -> None:
    panel = panels(
        billing="""
        class Billing(Surrogate):
            def get_invoice(self):
                return self._all()

            @command(Role.SITE)
            def get_hosting_subscription(self):
                return self._all()

            def _all(self):
                with self.as_administrator() as admin:
                    return admin.call("admin:get-domains")[1]
        """
    )
    session = panel.call("admin:hijack", "example.com")
    assert "Something went wrong inside the panel" in panel.fault("billing:get-invoice", session=session, key="")
    assert panel.call("billing:get-hosting-subscription", session=session, key="") == "example.com"


def test_the_journal_names_who_called_and_what_was_called(panel: EmulatedPanel, session: str) -> None:
    panel.call("helper:power", "admin:get-domains", session=session, key="")
    (call,) = panel.calls("helper:power")
    assert (call.user, call.site_id, call.outcome) == ("example-com", 1, "ok")
    assert panel.calls("admin:get-domains") == []


def test_the_command_list_of_a_key_is_about_what_is_called_from_outside(panel: EmulatedPanel, session: str) -> None:
    from apnscp.core.errors import Refused
    from apnscp.opcenter.access import key_rules

    registry = panel.app.panel.registry
    assert key_rules.read_commands(["helper:*"], registry) == "helper:*"
    with pytest.raises(Refused, match="Unknown command or profile `helper:"):
        key_rules.read_commands(["helper:*"])
    with panel.inside() as ctx:
        from apnscp.opcenter.access import keys
        from apnscp.opcenter.users import people

        owner = people.require(ctx.db, 1, "example-com")
        rules = keys.Rules(commands="helper:read")
        limited = keys.make(ctx.db, ctx.panel.secret, owner, comment="", now=ctx.clock.unix(), rules=rules)
    assert panel.call("helper:read", "common:whoami", key=limited) == "example-com"
    assert panel.fault("common:whoami", key=limited) == "The API key may not call common:whoami (its rule `commands')"


def test_no_method_of_the_panel_is_hidden_by_a_tool_of_surrogates(written: Written) -> None:
    registry = load(written(helper=HELPER))
    tools = {name for name in vars(Surrogate) if not name.startswith("_")} | {"ctx"}
    assert tools == {"call", "as_administrator", "ctx"}
    assert not [command.cli_name for command in registry if command.method in tools]
