"""Spyne imports on every Python: newer versions are simulated by taking away what they took away."""

from __future__ import annotations

import subprocess
import sys

import pytest

from apnscp.server.soap.compat import parse_header

SIMULATION = """
import importlib.abc, sys, warnings
warnings.simplefilter("error")

class Gone(importlib.abc.MetaPathFinder):
    '''Refuse what Python 3.13 no longer has, and the lazy modules of the old six that 3.12 no longer imports.'''
    def find_spec(self, name, path=None, target=None):
        if name == "cgi" or name.startswith("spyne.util.six.moves"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.modules.pop("cgi", None)
sys.meta_path.insert(0, Gone())
warnings.simplefilter("ignore", SyntaxWarning)
import apnscp.server.soap
from apnscp import modules
from apnscp.core.registry import REGISTRY
from apnscp.server.soap.application import SoapApplication
modules.load_all()
app = SoapApplication(REGISTRY)
assert "common_whoami" in app.handles
assert not any(type(finder).__module__ == "spyne.util.six" for finder in sys.meta_path)
print("fine", sys.modules["cgi"].parse_header("text/xml; charset=utf-8"))
"""


def test_spyne_starts_where_cgi_and_the_lazy_modules_of_six_are_gone() -> None:
    done = subprocess.run([sys.executable, "-c", SIMULATION], capture_output=True, text=True, timeout=60)
    assert done.stdout == "fine ('text/xml', {'charset': 'utf-8'})\n", done.stderr


def test_without_the_shim_the_same_simulation_fails() -> None:
    code = SIMULATION.replace("import apnscp.server.soap\n", "import spyne\n", 1).replace('"error"', '"ignore"')
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "ModuleNotFoundError" in done.stderr


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("text/xml", ("text/xml", {})),
        (
            'multipart/related; boundary="a b"; type=text/xml',
            ("multipart/related", {"boundary": "a b", "type": "text/xml"}),
        ),
        ("attachment; filename=x", ("attachment", {"filename": "x"})),
    ],
)
def test_headers_are_split_as_cgi_did(line: str, expected: tuple[str, dict[str, str]]) -> None:
    assert parse_header(line) == expected
