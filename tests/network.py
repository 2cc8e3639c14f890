"""Keeps the tests at home: a connection or a name look-up that leaves this machine is an error."""

import sys
from ipaddress import ip_address

LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname"}
CALLS = {"socket.connect", "socket.sendto", "socket.sendmsg"}


class LeftTheHouse(AssertionError):
    """A test reached for a network."""


def is_local(host: object) -> bool:
    """Whether the host is this machine; no host at all means "any address of ours"."""
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    try:
        address = ip_address(host.decode() if isinstance(host, bytes) else str(host))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in LOOK_UPS:
        host = arguments[0]
    elif event in CALLS and isinstance(arguments[1], tuple):  # a Unix socket's address is a path
        host = arguments[1][0]
    else:
        return
    if not is_local(host):
        raise LeftTheHouse(f"{event} to {host!r}: tests use nothing beyond this machine")


def stay_home() -> None:
    """Watch this process until it ends."""
    sys.addaudithook(_watch)
