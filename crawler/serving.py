"""What Datasette is started with: the database or a copy of it, what its columns mean, and limits."""

from __future__ import annotations

import ipaddress
import json
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pipelines.copying import copy
from pipelines.paths import ROOT
from pipelines.sqlite import open_to_read

METADATA = ROOT / "data" / "datasette" / "metadata.json"
NAME = "layoffs"  # of the database in the metadata, and of every copy
#: Milliseconds that a query may take, rows that it may bring; nobody asks for more by hand.
SETTINGS = {"sql_time_limit_ms": 5000, "max_returned_rows": 2000, "suggest_facets": 0}


class CannotServe(Exception):
    """Nothing can be served; the message says why and what to do."""


@dataclass(frozen=True)
class Service:
    """How it is to be served. `texts`: with the texts of the articles; `token`: only to who has the token."""

    host: str
    port: int
    immutable: bool = False
    texts: bool = True
    token: bool = False


def is_loopback(host: str) -> bool:
    """Is it an address that only this machine can reach?

    >>> [is_loopback(host) for host in ("127.0.0.1", "localhost", "::1", "0.0.0.0", "example.com", "")]
    [True, True, True, False, False, False]
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def arguments(database: Path, folder: Path, service: Service) -> list[str]:
    """The command line of `datasette`; a copy and the metadata are put into `folder`.

    Raises CannotServe, and StoreError where the database cannot be read.
    """
    open_to_read(database).close()
    check_free(service.host, service.port)
    served = database
    if service.immutable:
        served = folder / f"{NAME}.db"
        copy(database, served, texts=service.texts)
    described = folder / "metadata.json"
    described.write_text(json.dumps(metadata(served.stem, service)), encoding="utf-8")
    given = ["serve", *(["--immutable"] if service.immutable else []), str(served), "--metadata", str(described)]
    given += ["--host", service.host, "--port", str(service.port), *(["--root"] if service.token else [])]
    return given + [word for name, value in SETTINGS.items() for word in ("--setting", name, str(value))]


def metadata(name: str, service: Service) -> dict[str, object]:
    """What Datasette is told of the database that it knows by `name`."""
    known: dict[str, object] = json.loads(METADATA.read_text(encoding="utf-8"))
    databases = cast(dict[str, object], known["databases"])
    known["databases"] = {name: databases[NAME]}
    known["description_html"] = f'{known.pop("description")}. <a href="/-/dashboard">Dashboard</a>'
    return known | ({"allow": {"id": "root"}} if service.token else {})


def check_free(host: str, port: int) -> None:
    """Raises CannotServe where the address is not this machine's, or the port is taken."""
    if not 0 < port < 65536:
        raise CannotServe(f"--port {port}: not from 1 to 65535")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise CannotServe(f"{host} port {port}: {error.strerror}; choose another with --host or --port") from None
