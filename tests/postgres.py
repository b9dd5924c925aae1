"""A throw-away PostgreSQL for tests: `pytest_plugins = ["tests.postgres"]`, then ask for a fixture.

`postgres_url` is the server's first database and lives as long as the test run; `postgres_database` is
an empty database of its own for one test. Without PostgreSQL on the machine such tests are skipped.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

OPTIONS = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=50"


def programs() -> Path | None:
    """Where `initdb` and `pg_ctl` are: on the path, or where Debian hides them (newest version wins)."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    return versions[-1] if versions else None


def owner() -> pwd.struct_passwd | None:
    """The account to run as; None for our own. PostgreSQL refuses to run as root."""
    if os.geteuid():
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def as_owner(account: pwd.struct_passwd | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def cluster(folder: Path, bin_: Path) -> Iterator[str]:
    """Run a server in *folder* until the caller is done with its URL."""
    account = owner()
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)
    rights, port, place = as_owner(account), free_port(), str(folder / "cluster")

    def run(program: str, *arguments: str) -> None:
        command = [str(bin_ / program), "-D", place, *arguments]
        done = subprocess.run(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **rights, check=False
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")

    run("initdb", "-U", "yanban", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    listen = f"{OPTIONS} -c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
    run("pg_ctl", "-w", "-t", "60", "-l", str(folder / "log"), "-o", listen, "start")
    try:
        yield f"postgresql+psycopg://yanban@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """SQLAlchemy URL of a running server; the role may create databases and owns them."""
    bin_ = programs()
    if bin_ is None:
        pytest.skip("PostgreSQL is not installed: neither initdb on the path nor /usr/lib/postgresql/*/bin")
    with tempfile.TemporaryDirectory(prefix="yanban-postgres-") as folder:
        yield from cluster(Path(folder), bin_)


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """SQLAlchemy URL of an empty database, dropped after the test."""
    name = f"test_{uuid.uuid4().hex}"
    server = sa.create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield sa.make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        server.dispose()
