"""From ``apnscpd serve`` to the first answer, and what keeps it from starting."""

from __future__ import annotations

import json
import os
import socket
import ssl
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apnscp.server import endpoint
from apnscp.server.http import health

SERVER = Any  # the Running of conftest.py, which pytest alone can import


def apnscpd(state: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "APNSCP_STATE_DIR": str(state), **more}
    command = [sys.executable, "-c", "from apnscp.server.cli.main import main; main()", *words]
    return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120)


def test_healthz_answers_on_both_listeners(server: SERVER, trusting: ssl.SSLContext) -> None:
    assert server.get("/healthz") == b"ok\n"
    with urllib.request.urlopen(f"https://localhost:{server.tls_port}/healthz", context=trusting) as answer:
        assert answer.read() == b"ok\n"


def test_banner_names_both_listeners_before_what_the_panel_says(server: SERVER) -> None:
    assert server.banner[:2] == [
        f"Serving on http://127.0.0.1:{server.port}",
        f"Serving on https://127.0.0.1:{server.tls_port}",
    ]
    assert server.banner[2:] == [f"database sqlite:///{server.state}/db/panel.sqlite3", "prepared"]


def test_state_is_readable_for_its_owner_alone(server: SERVER) -> None:
    for name in ("db", "tls", "tls/server.key", "tls/ca.key", "endpoint.json"):
        assert stat.S_IMODE((server.state / name).stat().st_mode) & 0o077 == 0, name


def test_endpoint_note_tells_address_key_and_certificate(server: SERVER) -> None:
    assert json.loads((server.state / "endpoint.json").read_text()) == {
        "url": f"http://127.0.0.1:{server.port}",
        "tls_url": f"https://127.0.0.1:{server.tls_port}",
        "key": "0" * 64,
        "ca": f"{server.state}/tls/ca.pem",
        "pid": server.process.pid,
        "db": None,
        "surrogates": None,
    }


def test_env_prints_lines_to_paste_into_a_shell(server: SERVER) -> None:
    result = apnscpd(server.state, "env")
    assert result.returncode == 0
    assert result.stdout.splitlines() == [
        f"export APNSCP_URL=http://127.0.0.1:{server.port}",
        f"export APNSCP_TLS_URL=https://127.0.0.1:{server.tls_port}",
        f"export APNSCP_KEY={'0' * 64}",
        f"export APNSCP_CA={server.state}/tls/ca.pem",
    ]


def test_ready_tells_by_its_exit_code_whether_the_server_answers(server: SERVER, tmp_path: Path) -> None:
    assert apnscpd(server.state, "ready", "--wait", "60").returncode == 0
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        silent = apnscpd(tmp_path, "ready", "--url", f"http://127.0.0.1:{unused.getsockname()[1]}")
    assert silent.returncode == 1
    assert silent.stderr.startswith("apnscpd: http://127.0.0.1:")
    assert silent.stderr.endswith(" does not answer\n")


def test_ready_does_not_take_another_server_for_the_one_of_this_state_directory(server: SERVER, tmp_path: Path) -> None:
    done = apnscpd(tmp_path, "ready", APNSCP_PORT=str(server.port))
    assert (done.returncode, done.stderr) == (
        1,
        f"apnscpd: no server runs on {tmp_path}; start one with `apnscpd serve', or name another with --url\n",
    )


def test_env_without_a_server_says_so(tmp_path: Path) -> None:
    result = apnscpd(tmp_path, "env")
    assert result.returncode == 1
    assert result.stderr == f"apnscpd: no server runs on {tmp_path}; start one with `apnscpd serve'\n"


@pytest.mark.parametrize(
    ("variable", "port", "flag"), [("PORT", "port", "--port"), ("TLS_PORT", "tls_port", "--tls-port")]
)
def test_a_port_that_a_server_of_ours_holds_is_refused_with_its_process(
    server: SERVER, refused: Callable[..., str], variable: str, port: str, flag: str
) -> None:
    number = getattr(server, port)
    other = number + 10 if number < 65526 else number - 10
    assert refused(**{f"APNSCP_{variable}": str(number)}) == (
        f"apnscpd: port {number} of 127.0.0.1 is taken by another apnscpd (pid {server.process.pid}); take another with"
        f' {flag} (make serve ARGS="{flag} {other}")\n'
    )


def test_a_server_on_every_address_is_known_by_its_port_too(server: SERVER, refused: Callable[..., str]) -> None:
    said = refused(APNSCP_HOST="0.0.0.0", APNSCP_PORT=str(server.port))
    assert said.startswith(
        f"apnscpd: port {server.port} of 0.0.0.0 is taken by another apnscpd (pid {server.process.pid});"
    )


def test_a_port_whose_owner_would_share_it_is_taken_all_the_same(refused: Callable[..., str]) -> None:
    with socket.socket() as owner:
        owner.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        owner.bind(("127.0.0.1", 0))
        owner.listen()
        port = owner.getsockname()[1]
        said = refused(APNSCP_PORT=str(port))
    assert said.startswith(f"apnscpd: port {port} of 127.0.0.1 is taken by another program; take another with --port ")


def test_a_taken_state_directory_is_refused_with_address_and_process_of_its_server(
    server: SERVER, refused: Callable[..., str]
) -> None:
    for more in ({}, {"APNSCP_EPHEMERAL": "1"}, {"APNSCP_TLS": "0"}):
        assert refused(**more, APNSCP_STATE_DIR=str(server.state)) == (
            f"apnscpd: a server runs on {server.state} already at http://127.0.0.1:{server.port} and"
            f" https://127.0.0.1:{server.tls_port} (pid {server.process.pid}); stop it, give this one a directory of its own"
            " with --state-dir, or let both use this one with --share-state-dir\n"
        )


def test_a_server_that_shares_a_state_directory_leaves_the_other_one_visible(
    started: Callable[..., SERVER],
) -> None:
    first = started(APNSCP_WORKERS="1")
    note = (first.state / "endpoint.json").read_bytes()
    second = started(APNSCP_WORKERS="1", APNSCP_SHARE_STATE_DIR="1", APNSCP_EPHEMERAL="1")
    assert second.banner[0] == f"Another server uses {first.state} too; cpcmd and apnscpd go on finding that one"
    assert (first.state / "endpoint.json").read_bytes() == note
    second.stop()
    assert (first.state / "endpoint.json").read_bytes() == note
    assert apnscpd(first.state, "ready").returncode == 0


def test_a_killed_server_keeps_nobody_out(started: Callable[..., SERVER]) -> None:
    first = started(APNSCP_WORKERS="1")
    first.process.kill()
    first.process.wait()
    assert (first.state / "endpoint.json").exists()
    assert apnscpd(first.state, "ready").returncode == 1
    second = started(APNSCP_WORKERS="1")
    assert apnscpd(first.state, "ready").returncode == 0
    assert second.stop()[0] == 0


def test_healthz_answers_only_once_the_note_of_the_server_is_there(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [sys.executable, str(Path(__file__).parent / "served_app.py")]
    environ = {**os.environ, "APNSCP_STATE_DIR": str(tmp_path), "APNSCP_PORT": str(port), "APNSCP_TLS": "0"}
    with subprocess.Popen(program, env=environ, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not health.answers(f"http://127.0.0.1:{port}"):
            continue
        note = endpoint.find(tmp_path)
        process.terminate()
    assert note is not None
    assert note.url == f"http://127.0.0.1:{port}"


def test_a_database_that_is_named_is_found_by_the_other_commands(
    started: Callable[..., SERVER], tmp_path: Path
) -> None:
    running = started(APNSCP_WORKERS="1", APNSCP_DB=f"sqlite:///{tmp_path}/other.sqlite3")
    assert json.loads((running.state / "endpoint.json").read_text())["db"] == f"sqlite:///{tmp_path}/other.sqlite3"


def test_a_taken_port_leaves_no_state_behind(server: SERVER, refused: Callable[..., str], tmp_path: Path) -> None:
    refused(APNSCP_PORT=str(server.port))
    assert not list((tmp_path / "refused").rglob("*.pem"))


def test_an_address_of_another_machine_is_one_line(refused: Callable[..., str]) -> None:
    assert refused(APNSCP_HOST="192.0.2.1") == "apnscpd: 192.0.2.1 is not an address of this machine\n"


def test_a_setting_that_cannot_be_is_one_line(refused: Callable[..., str]) -> None:
    assert refused(APNSCP_WORKERS="two") == "apnscpd: --workers (APNSCP_WORKERS) takes a whole number, not `two'\n"


def test_a_certificate_that_cannot_be_read_is_one_line(refused: Callable[..., str], tmp_path: Path) -> None:
    said = refused(APNSCP_TLS_CERT=str(tmp_path / "no.pem"), APNSCP_TLS_KEY=str(tmp_path / "no.key"))
    assert said.startswith(f"apnscpd: cannot serve TLS with {tmp_path}/no.pem and {tmp_path}/no.key: ")
    assert said.count("\n") == 1


def test_an_application_that_does_not_start_ends_the_server(refused: Callable[..., str], tmp_path: Path) -> None:
    said = refused(APNSCP_PLANS_DIR="/", APNSCP_WORKERS="1").splitlines()
    assert "RuntimeError: this application does not start" in said
    assert said[-1] == "apnscpd: a worker process ended while it was starting; its own lines stand above"
    assert not (tmp_path / "refused" / "endpoint.json").exists()


def test_without_tls_there_is_one_listener(started: Callable[..., SERVER]) -> None:
    running = started(APNSCP_TLS="0", APNSCP_WORKERS="1")
    assert [line for line in running.banner if line.startswith("Serving")] == [
        f"Serving on http://127.0.0.1:{running.port}"
    ]
    assert not (running.state / "tls").exists()


def test_an_ephemeral_database_goes_when_the_server_stops(started: Callable[..., SERVER]) -> None:
    running = started(APNSCP_EPHEMERAL="1", APNSCP_WORKERS="1")
    directory = Path(running.banner[-2].removeprefix("database sqlite:///")).parent
    assert directory.is_dir()
    assert running.stop()[0] == 0
    assert not directory.exists()
    assert not (running.state / "db").exists()


def test_endpoint_note_goes_when_the_server_stops(started: Callable[..., SERVER]) -> None:
    running = started(APNSCP_WORKERS="1")
    running.stop()
    assert not (running.state / "endpoint.json").exists()


def test_it_listens_on_ipv6(started: Callable[..., SERVER], need: Callable[[str], str]) -> None:
    need("ipv6")
    running = started(APNSCP_HOST="::1", APNSCP_WORKERS="1")
    with urllib.request.urlopen(f"http://[::1]:{running.port}/echo") as answer:
        seen = json.load(answer)
    assert (seen["REMOTE_ADDR"], seen["SERVER_NAME"]) == ("::1", "[::1]")


def test_an_ipv4_client_of_a_dual_listener_is_shown_by_its_ipv4_address(
    started: Callable[..., SERVER], need: Callable[[str], str]
) -> None:
    need("ipv6")
    running = started(APNSCP_HOST="::", APNSCP_WORKERS="1")
    assert running.echo()["REMOTE_ADDR"] == "127.0.0.1"
