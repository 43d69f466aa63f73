"""Which settings of pip a bare system gets from the machine that makes it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

SPEC = importlib.util.spec_from_file_location("pip_settings", Path(__file__).parents[2] / "tools" / "pip_settings.py")
assert SPEC and SPEC.loader
pip_settings = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(pip_settings)

LISTED = """\
:env:.index-url='https://mirror.example/simple'
:env:.no-input='1'
global.cert='/etc/own/ca.pem'
global.constraint='/etc/own/constraints.txt'
global.extra-index-url='file:///srv/simple https://more.example/simple'
global.find-links='/srv/wheels'
global.index-url='https://other.example/simple'
list.format='json'
"""


def test_mirrors_and_certificates_are_kept_and_the_environment_wins() -> None:
    assert pip_settings.portable(pip_settings.read(LISTED)) == {
        "cert": "/etc/own/ca.pem",
        "extra-index-url": "https://more.example/simple",
        "index-url": "https://mirror.example/simple",
    }


def test_files_are_copied_into_the_system(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "ca.pem").write_text("certificates")
    pip_settings.install({"cert": str(tmp_path / "ca.pem"), "timeout": "60"}, tmp_path)
    assert (tmp_path / "etc/pip.conf").read_text() == "[global]\ncert = /etc/pip-cert.pem\ntimeout = 60\n\n"
    assert (tmp_path / "etc/pip-cert.pem").read_text() == "certificates"


def test_a_machine_without_settings_gives_none() -> None:
    assert pip_settings.portable(pip_settings.read("")) == {}
