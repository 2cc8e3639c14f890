"""Believe a proxy's word about the client only when the proxy itself is trusted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class TrustedProxies:
    """WSGI middleware: set the client's address and https from ``X-Forwarded-…`` of trusted neighbours."""

    def __init__(self, app: Application, networks: tuple[IPv4Network | IPv6Network, ...]) -> None:
        self.app = app
        self.networks = networks

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if self.networks and self._is_trusted(environ.get("REMOTE_ADDR", "")):
            self._believe(environ)
        return self.app(environ, start_response)

    def _is_trusted(self, address: str) -> bool:
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self.networks)

    def _believe(self, environ: Environ) -> None:
        """The right-most address that is not itself a trusted proxy is the client's."""
        hops = [hop.strip() for hop in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        for hop in reversed(hops):
            try:
                ip_address(hop)
            except ValueError:
                break
            environ["REMOTE_ADDR"] = hop
            if not self._is_trusted(hop):
                break
        if environ.get("HTTP_X_FORWARDED_PROTO", "").strip().lower() == "https":
            environ["wsgi.url_scheme"] = "https"
