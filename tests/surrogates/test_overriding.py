"""A surrogate over a module of the panel: what it inherits, what it changes, what it adds."""

from __future__ import annotations

from apnscp.core.registry import REGISTRY
from apnscp.core.roles import Role
from apnscp.server.testing import EmulatedPanel
from apnscp.surrogates import load
from tests.surrogates.conftest import Panels, Written

UNKNOWN = "Procedure '%s' not present"


def session(panel: EmulatedPanel) -> str:
    found: str = panel.call("admin:hijack", "example.com")
    return found


def test_the_method_that_is_overridden_is_called_with_super(panels: Panels) -> None:
    panel = panels(
        billing="""
        class Billing(Surrogate):
            def get_invoice(self):
                return "paid " + super().get_invoice()
        """
    )
    assert panel.call("billing:get-invoice", session=session(panel), key="") == "paid INV-1"


def test_an_override_inherits_roles_parameters_answer_and_documentation(written: Written) -> None:
    folder = written(
        billing="""
        class Billing(Surrogate):
            def get_invoice_from_domain(self, domain):
                return "INV-9"

            def get_status(self, *args):
                return super().get_status(*args) + 1
        """
    )
    registry = load(folder)
    for name in ("billing:get-invoice-from-domain", "billing:get-status"):
        mine, theirs = registry.find(name), REGISTRY.find(name)
        assert (mine.roles, mine.parameters, mine.returns, mine.doc, mine.shape) == (
            theirs.roles, theirs.parameters, theirs.returns, theirs.doc, theirs.shape,
        )  # fmt: skip


def test_an_override_may_say_all_of_that_itself(written: Written) -> None:
    folder = written(
        billing='''
        class Billing(Surrogate):
            @command(Role.ADMIN | Role.SITE, deprecated=True)
            def get_status(self, invoice: str = "none", depth: int = 1) -> dict[str, int]:
                """Return all that is known of an invoice."""
                return {invoice: depth}
        '''
    )
    found = load(folder).find("billing:get-status")
    assert (found.roles, found.deprecated, found.returns.php) == (Role.ADMIN | Role.SITE, True, "array")
    assert found.doc == "Return all that is known of an invoice."
    assert [parameter.php() for parameter in found.parameters] == ["string $invoice", "int $depth"]
    assert [parameter.default for parameter in found.parameters] == ["none", 1]


def test_a_caller_without_the_role_finds_no_method(panels: Panels) -> None:
    panel = panels(
        billing="""
        class Billing(Surrogate):
            @command(Role.SITE)
            def get_balance(self) -> float:
                return 12.5
        """
    )
    assert panel.fault("billing:get-balance") == UNKNOWN % "billing_get_balance"
    assert panel.call("billing:get-balance", session=session(panel), key="") == 12.5


def test_methods_that_the_surrogate_does_not_name_stay_as_they_are(panels: Panels) -> None:
    panel = panels(
        billing="""
        class Billing(Surrogate):
            def get_payment_method(self):
                return "invoice by mail"
        """
    )
    site = session(panel)
    assert panel.call("billing:get-payment-method", session=site, key="") == "invoice by mail"
    assert panel.call("billing:get-invoice", session=site, key="") == "INV-1"
    assert REGISTRY.find("billing:get-invoice") is panel.app.panel.registry.find("billing:get-invoice")


def test_a_method_that_was_only_listed_becomes_real(panels: Panels) -> None:
    panel = panels(
        billing="""
        class Billing(Surrogate):
            def get_referrals(self):
                return ["a friend"]
        """
    )
    assert not REGISTRY.find("billing:get-referrals").emulated
    assert panel.call("billing:get-referrals", session=session(panel), key="") == ["a friend"]


def test_super_of_a_method_that_is_only_listed_says_so(panels: Panels) -> None:
    panel = panels(
        billing="""
        class Billing(Surrogate):
            def get_referrals(self):
                return super().get_referrals()
        """
    )
    text = panel.fault("billing:get-referrals", session=session(panel), key="")
    assert text == "billing:get-referrals is known to ApisCP, not emulated; docs/coverage.md lists what is"


def test_further_names_of_a_method_follow_it(panels: Panels) -> None:
    panel = panels(
        misc="""
        class Misc(Surrogate):
            def list_commands(self, filter=""):
                return {"only": [filter]}
        """
    )
    for name in ("misc:list-commands", "misc:l"):
        assert panel.call(name, "x") == {"only": ["x"]}


def test_arguments_arrive_as_the_inherited_types(panels: Panels) -> None:
    panel = panels(
        admin="""
        class Admin(Surrogate):
            def add_site(self, domain, admin, opts={}, flags={}):
                opts["siteinfo.email"] = domain + "@mail.test"
                return super().add_site(domain, admin, opts, flags=flags)
        """
    )
    assert panel.call("admin:add-site", "new.com", "newadmin", {"auth.tpasswd": "a long pass word"}) is True
    assert panel.call("admin:get-address-from-domain", "new.com") == "new.com@mail.test"
    assert panel.call("admin:get-address-from-domain", "example.com") != "example.com@mail.test"


def test_rows_that_super_returns_can_be_read_like_any_map(panels: Panels) -> None:
    panel = panels(
        admin="""
        class Admin(Surrogate):
            def collect(self, *args):
                rows = super().collect(*args)
                rows["site1"]["note"] = len(rows)
                return rows
        """
    )
    assert panel.call("admin:collect", ["billing.invoice"])["site1"] == {
        "billing": {"invoice": "INV-1"}, "active": True, "domain": "example.com", "note": 1,
    }  # fmt: skip


def test_classes_in_files_that_begin_with_an_underscore_are_shared(panels: Panels) -> None:
    panel = panels(
        _prices="""
        class Priced(Surrogate):
            PRICE = 7

            def get_invoice(self):
                return f"{super().get_invoice()}: {self.PRICE}"
        """,
        billing="""
        from ._prices import Priced

        class Billing(Priced):
            PRICE = 8
        """,
    )
    assert panel.call("billing:get-invoice", session=session(panel), key="") == "INV-1: 8"


def test_an_unexpected_error_in_a_surrogate_tells_nothing_of_it(panels: Panels) -> None:
    panel = panels(
        billing="""
        class Billing(Surrogate):
            def get_invoice(self):
                return {}["secret"]
        """
    )
    assert "secret" not in panel.fault("billing:get-invoice", session=session(panel), key="")
    assert panel.calls("billing:get-invoice")[0].outcome == "unexpected error"


def test_what_a_surrogate_refuses_is_refused_like_by_any_method(panels: Panels) -> None:
    panel = panels(
        billing="""
        class Billing(Surrogate):
            def is_billed(self):
                raise Refused("Nobody knows")
        """
    )
    site = session(panel)
    assert panel.fault("billing:is-billed", session=site, key="") == "Nobody knows"
    assert panel.call("billing:is-billed", session=site, key="", abort_on=None) is False
    assert panel.messages == (("error", "Nobody knows"),)
