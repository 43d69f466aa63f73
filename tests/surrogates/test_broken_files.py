"""What is wrong with a file of surrogates is one line at the start, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from apnscp.core.registry import REGISTRY
from apnscp.surrogates import SurrogateError, load
from tests.surrogates.conftest import Written

CASES = {
    "a syntax error": ("class Billing(Surrogate)\n", 2, "expected ':'"),
    "another base": (
        "class Billing:\n    pass\n", 2,
        "Billing does not inherit Surrogate; write `class Billing(Surrogate):'",
    ),
    "no class": ("x = 1\n", 1, "there is no class; write `class Billing(Surrogate):'"),
    "two surrogates": (
        "class Billing(Surrogate):\n    pass\n\nclass Other(Surrogate):\n    pass\n", 5,
        "a file holds one surrogate, and this is a second; a file for each module",
    ),
    "an unknown method of super": (
        "class Billing(Surrogate):\n    def get_invoice(self):\n        return super().get_invoise()\n", 4,
        "the module billing has no method get_invoise beneath this one; did you mean get_invoice?",
    ),
    "an unknown method in a call": (
        "class Billing(Surrogate):\n    def get_invoice(self):\n        return self.call('site:get-acount-quota')\n", 4,
        "unknown method `site:get-acount-quota'; did you mean site:get-account-quota?",
    ),
    "an unknown method in a call as administrator": (
        "class Billing(Surrogate):\n    @command(Role.SITE)\n    def get_invoice(self):\n"
        "        with self.as_administrator() as boss:\n            return boss.call('admin:get-domain')\n", 6,
        "unknown method `admin:get-domain'; did you mean admin:get-domains?",
    ),
    "a parameter without a type": (
        "class Billing(Surrogate):\n    @command(Role.SITE)\n    def pay(self, amount):\n        pass\n", 3,
        "pay: `amount' has no type; write `amount: str', or what it is",
    ),
    "a parameter of another name than the inherited one": (
        "class Billing(Surrogate):\n    def get_status(self, bill=''):\n        pass\n", 3,
        "get_status: `bill' has no type; write `bill: str', or what it is",
    ),
    "a type that is not there": (
        "class Billing(Surrogate):\n    @command(Role.SITE)\n    def pay(self, amount: 'Money'):\n        pass\n", 3,
        "a type of pay cannot be read: name 'Money' is not defined",
    ),
    "a default that PHP has not": (
        "class Billing(Surrogate):\n    @command(Role.SITE)\n    def pay(self, amount: str = ()):\n        pass\n", 3,
        "pay: `amount' has a default that PHP has not; write None, and make it in the method",
    ),
    "a parameter by name only": (
        "class Billing(Surrogate):\n    @command(Role.SITE)\n    def pay(self, *, amount: str):\n        pass\n", 3,
        "pay: `amount' has no place; callers give arguments in order, so write it without *",
    ),
    "fewer parameters than the overridden method": (
        "class Billing(Surrogate):\n    def get_status(self):\n        pass\n", 3,
        "get_status takes fewer arguments than billing:get-status; write get_status(self, invoice)",
    ),
    "a further required parameter": (
        "class Billing(Surrogate):\n    def is_billed(self, deep: bool):\n        pass\n", 3,
        "is_billed: `deep' needs a default, since billing:is-billed is called without it",
    ),
    "a required parameter behind an inherited default": (
        "class Billing(Surrogate):\n    def get_status(self, invoice, deep: bool):\n        pass\n", 3,
        "get_status: `deep' needs a default, since `invoice' before it has one",
    ),
    "a new method without roles": (
        "class Billing(Surrogate):\n    def pay(self):\n        pass\n", 3,
        "pay is new and says not who may call it: write @command(Role.SITE) above it, or begin its name with _",
    ),
    "roles that are none": (
        "class Billing(Surrogate):\n    @command('admin')\n    def pay(self):\n        pass\n", 3,
        "TypeError: roles are Role.ADMIN, Role.SITE and Role.USER, with | between them, or Role.ALL",
    ),
    "the role of the back end": (
        "class Billing(Surrogate):\n    @command(Role.SERVER_EXEC)\n    def pay(self):\n        pass\n", 3,
        "TypeError: roles are Role.ADMIN, Role.SITE and Role.USER, with | between them, or Role.ALL",
    ),
    "command without parentheses": (
        "class Billing(Surrogate):\n    @command\n    def pay(self):\n        pass\n", 3,
        "TypeError: write @command(Role.SITE), with its roles in parentheses",
    ),
    "a mode that is none": (
        "class Billing(Surrogate):\n    @command(Role.SITE, 'long')\n    def pay(self):\n        pass\n", 3,
        "TypeError: mode is \"read\" or \"write\", not 'long'",
    ),
    "two methods of one name": (
        "class Billing(Surrogate):\n    def get_invoice(self):\n        pass\n\n    def get_invoice(self):\n        pass\n", 6,
        "get_invoice stands in line 3 already; keep one of them",
    ),
    "two names of one method": (
        "class Billing(Surrogate):\n    @command(Role.SITE)\n    def pay(self):\n        pass\n\n"
        "    @command(Role.SITE)\n    def pay_(self):\n        pass\n", 7,
        "`pay_' and `pay' are both billing:pay; keep one of them",
    ),
    "the name of a tool": (
        "class Billing(Surrogate):\n    @command(Role.SITE)\n    def call(self):\n        pass\n", 3,
        "`call' is a tool of every surrogate; name the method otherwise",
    ),
    "capitals": (
        "class Billing(Surrogate):\n    @command(Role.SITE)\n    def payNow(self):\n        pass\n", 3,
        "`payNow' must be written in lower case, since callers may write any",
    ),
    "a static method": (
        "class Billing(Surrogate):\n    @staticmethod\n    def get_invoice():\n        pass\n", 3,
        "get_invoice must be a plain method, which takes self",
    ),
    "no self": (
        "class Billing(Surrogate):\n    def get_invoice():\n        pass\n", 3, "get_invoice takes no self",
    ),
    "a coroutine": (
        "class Billing(Surrogate):\n    async def get_invoice(self):\n        pass\n", 3,
        "get_invoice must be a plain method; calls run in threads, where nothing is awaited",
    ),
    "the administrator where roles are inherited": (
        "class Billing(Surrogate):\n    def get_invoice(self):\n        with self.as_administrator():\n            pass\n", 3,
        "get_invoice acts as the administrator, so name who may call it with @command(Role.SITE)",
    ),
    "an import that fails": ("import no_such_library\n", 2, "ModuleNotFoundError: No module named 'no_such_library'"),
    "an error while it is imported": (
        "def limit():\n    return 1 / 0\n\nLIMIT = limit()\n", 3, "ZeroDivisionError: division by zero",
    ),
    "an exit": ("raise SystemExit('no')\n", 2, "SystemExit: no"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_is_one_line_with_file_and_line(case: str, written: Written) -> None:
    text, line, reason = CASES[case]
    folder = written()
    head = "from apnscp.surrogates import Refused, Role, Surrogate, command\n"
    (folder / "billing.py").write_text(head + text)
    before = len(REGISTRY)
    with pytest.raises(SurrogateError) as caught:
        load(folder)
    assert str(caught.value) == f"{folder / 'billing.py'}:{line}: {reason}"
    assert len(REGISTRY) == before


def test_a_method_of_the_back_end_alone_cannot_be_made(written: Written) -> None:
    folder = written(
        auth="""
        class Auth(Surrogate):
            @command(Role.ALL)
            def verify_password(self, password: str) -> bool:
                return True
        """
    )
    with pytest.raises(SurrogateError) as caught:
        load(folder)
    assert str(caught.value) == (
        f"{folder / 'auth.py'}:3: auth:verify-password is for the back end of ApisCP alone, and nobody may call it;"
        " name the method otherwise"
    )


def test_an_error_in_a_file_that_others_import_names_that_file(written: Written) -> None:
    folder = written(_prices="x = unknown\n", billing="from ._prices import x\n")
    with pytest.raises(SurrogateError) as caught:
        load(folder)
    assert str(caught.value) == f"{folder / '_prices.py'}:2: NameError: name 'unknown' is not defined"


@pytest.mark.parametrize("name", ["Billing", "my_billing", "2billing", "bill-ing"])
def test_a_file_that_no_module_can_be_named_after_is_refused(name: str, written: Written) -> None:
    folder = written(**{name: "class Billing(Surrogate):\n    pass\n"})
    with pytest.raises(SurrogateError) as caught:
        load(folder)
    assert str(caught.value) == (
        f"{folder / name}.py: a module's name has lower-case letters and digits; name the file so, or begin it with _"
    )


def test_a_folder_without_surrogates_is_refused(tmp_path: Path) -> None:
    (tmp_path / "_prices.py").touch()
    (tmp_path / "README.md").touch()
    with pytest.raises(SurrogateError) as caught:
        load(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: holds no surrogates; put a file there that is named after its module, such as billing.py"
    )


def test_files_are_read_anew_each_time_and_leave_nothing_compiled(written: Written) -> None:
    folder = written(billing="class Billing(Surrogate):\n    def get_invoice(self) -> int:\n        return 1\n")
    assert load(folder).find("billing:get-invoice").returns.php == "int"
    text = (folder / "billing.py").read_text()
    (folder / "billing.py").write_text(text.replace("int", "str"))
    assert load(folder).find("billing:get-invoice").returns.php == "string"
    assert [path.name for path in folder.iterdir()] == ["billing.py"]


def test_what_was_imported_is_forgotten_with_the_methods(written: Written) -> None:
    import gc
    import sys

    folder = written(forgotten="class Forgotten(Surrogate):\n    pass\n")
    registry = load(folder)
    assert [name for name in sys.modules if name.endswith(".forgotten")]
    del registry
    gc.collect()
    assert [name for name in sys.modules if name.endswith(".forgotten")] == []
