"""nginx's list of the servers behind it, and which of them a reader's cookie leads to.

nginx without its commercial part balances by address or by chance, and a reader whose session is
in one process must come back to it. So each server has a name of its own, that the answer to a
reader's websocket sets as a cookie; while that server is away the others take its readers over,
who then keep the one that took them.
"""

import hashlib
import ipaddress
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from crmdata.errors import N_, Problem, SettingsError

COOKIE = "crmdata_seat"
"""The cookie that leads a reader back. It ends with the browser and says nothing of anyone."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_FAILED = "max_fails=1 fail_timeout=5s"


def upstreams(name: str, addresses: Sequence[str]) -> str:
    """Return the file for nginx: servers at `HOST:PORT`, known to its locations by `name`.

    Raise SettingsError for what is no address, or leaves open which server answered.
    """
    _check(name, addresses)
    pool = f"crmdata_{name}"
    parts = [
        f"# Written by: crmdata upstream {name} {' '.join(addresses)}",
        "# Who has no seat yet goes where the fewest connections are open.",
        _group(pool, [f"{address} {_FAILED}" for address in addresses], "least_conn;"),
        "# Who has one keeps it; the others take over while that server is away.",
    ]
    for address in addresses:
        others = [f"{other} backup" for other in addresses if other != address]
        # A lone server is asked even after a failure: there is nobody else.
        own = f"{address} {_FAILED}" if others else f"{address} max_fails=0"
        parts.append(_group(f"{pool}_{seat(address)}", [own, *others]))
    parts += [
        _map(f"$cookie_{COOKIE}", f"${pool}_pool", pool,
             {seat(address): f"{pool}_{seat(address)}" for address in addresses}),
        "# The last one of those that were asked is the one that answered.",
        _map("$upstream_addr", f"${pool}_seat", '""',
             {_answered_by(address): seat(address) for address in addresses}),
    ]  # fmt: skip
    return "\n".join(parts)


def seat(address: str) -> str:
    """Return the name of a server in the cookie, which does not say where it is."""
    return hashlib.sha256(address.encode()).hexdigest()[:8]


def _group(name: str, servers: Sequence[str], *settings: str) -> str:
    lines = [f"zone {name} 64k;", *settings, *(f"server {server};" for server in servers)]
    inner = "\n".join(f"    {line}" for line in [*lines, "keepalive 16;"])
    return f"upstream {name} {{\n{inner}\n}}"


def _map(source: str, target: str, default: str, cases: dict[str, str]) -> str:
    inner = "\n".join(f'    "{case}" {value};' for case, value in cases.items())
    return f"map {source} {target} {{\n    default {default};\n{inner}\n}}"


def _answered_by(address: str) -> str:
    """Return the pattern of `$upstream_addr`, which holds numbers where a name was given."""
    host, _, port = address.rpartition(":")
    if _is_number(host):
        return rf"~(^|[ ,]){re.escape(address)}$"
    return rf"~:{port}$"


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _check(name: str, addresses: Sequence[str]) -> None:
    problems = [_no_address(address) for address in addresses if not _is_address(address)]
    ports = [address.rpartition(":")[2] for address in addresses]
    by_name = [address for address in addresses if not _is_number(address.rpartition(":")[0])]
    if len(set(addresses)) < len(addresses) or (by_name and len(set(ports)) < len(ports)):
        problems.append(
            Problem(
                "same_server",
                N_("Two servers cannot be told apart by what nginx says of them."),
                N_("Give each its own number and port; servers known by name, a port each."),
            )
        )
    if not _NAME.fullmatch(name):
        problems.append(_no_address(name))
    if problems:
        raise SettingsError(problems)


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(f"//{address}")
        return (
            bool(parts.hostname and parts.port)
            and parts.netloc == address
            and not (set(address) & set("@;{}\"'$ \t\n"))
        )
    except ValueError:
        return False


def _no_address(value: str) -> Problem:
    return Problem(
        "no_address",
        N_("This is no address of a server."),
        N_("Write HOST:PORT, as 127.0.0.1:8501."),
        value=value,
    )
