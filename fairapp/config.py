"""Settings, read once from the environment and the instance folder."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

STREAM_THREADS = 48
"""Streams of open boards that one process keeps; whoever comes later asks again and again instead."""


class SettingError(Exception):
    """A setting cannot be used; the message names it and the cure."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one installation to the next."""

    instance: Path
    database_url: str
    mail: str
    mail_from: str
    base_url: str
    trusted_hosts: tuple[str, ...]
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...]
    port: int
    secret_key: str
    page_threads: int = 4
    """Pages that one process works on at a time; `fairapp serve --threads` says it."""

    @property
    def is_https(self) -> bool:
        """Whether the public address is https: cookies and HSTS depend on it."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """The name in the public address."""
        return urlsplit(self.base_url).hostname or "localhost"

    @property
    def files(self) -> Path:
        """Where uploads and finished documents lie."""
        return self.instance / "files"

    @property
    def private(self) -> Path:
        """Where files lie that no public address leads to: documents and signed contracts."""
        return self.instance / "private"

    @property
    def keys(self) -> Path:
        """Where secret keys lie, readable by the owner only."""
        return self.instance / "keys"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read ``FAIRAPP_…`` and ``PORT``; make the instance folder and its secret at the first start.

    :raises SettingError: when a value cannot be used.
    """
    env = os.environ if environ is None else environ
    instance = Path(env.get("FAIRAPP_INSTANCE") or _default_instance()).absolute()
    try:
        instance.mkdir(parents=True, exist_ok=True)
        (instance / "keys").mkdir(exist_ok=True, mode=0o700)
        (instance / "files").mkdir(exist_ok=True)
        (instance / "private").mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingError(f"FAIRAPP_INSTANCE: cannot write in {instance}: {error.strerror}") from error
    port = _port(env.get("PORT") or "8000")
    base_url = (env.get("FAIRAPP_BASE_URL") or f"http://127.0.0.1:{port}").rstrip("/")
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise SettingError("FAIRAPP_BASE_URL: write it like https://fair.example, without a path")
    return Settings(
        instance=instance,
        database_url=_database_url(env.get("FAIRAPP_DATABASE_URL"), instance),
        mail=env.get("FAIRAPP_MAIL") or f"folder:{instance / 'mail'}",
        mail_from=env.get("FAIRAPP_MAIL_FROM") or f"fairapp@{parts.hostname}",
        base_url=base_url,
        trusted_hosts=_hosts(env.get("FAIRAPP_TRUSTED_HOSTS"), parts.hostname),
        trusted_proxies=_networks(env.get("FAIRAPP_TRUSTED_PROXIES") or ""),
        port=port,
        secret_key=_secret(instance / "keys" / "session.key"),
        page_threads=int(env.get("FAIRAPP_PAGE_THREADS") or 4),
    )


def _default_instance() -> str:
    checkout = Path(__file__).parent.parent
    return str(checkout / "instance" if (checkout / "setup.cfg").exists() else Path.cwd() / "instance")


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingError(f"PORT: {text!r} is not a number from 1 to 65535")
    return int(text)


def _database_url(url: str | None, instance: Path) -> str:
    if not url:
        return f"sqlite:///{instance / 'fairapp.db'}"
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    if url.startswith(("sqlite:///", "postgresql+psycopg://")):
        return url
    raise SettingError("FAIRAPP_DATABASE_URL: only sqlite:///… and postgresql://… are known")


def _hosts(text: str | None, own: str) -> tuple[str, ...]:
    named = [host.strip().lower() for host in (text or "").split(",") if host.strip()]
    loopback = ["127.0.0.1", "localhost", "[::1]"] if own in ("127.0.0.1", "localhost", "::1") else []
    return tuple(dict.fromkeys([*named, own, *loopback]))


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise SettingError(f"FAIRAPP_TRUSTED_PROXIES: {error}") from error


def _secret(path: Path) -> str:
    """The key that signs sessions: made once, kept readable by its owner only."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))
    return path.read_text().strip()
