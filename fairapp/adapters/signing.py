"""The keys that sign badges: readable by us alone, and renewed without spoiling badges already printed."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from fairapp.adapters.files import sync_folder, write_whole
from fairapp.rules.badge_tokens import Claims, TokenReason, message, spell, survives_html, take_apart

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_KEY_FILE = re.compile(r"badge-(\d{3})\.pem")
_LAST_ID = 255


class BadgeKeys:
    """All badge keys of this installation: the newest signs, every one of them verifies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._keys: dict[int, Ed25519PrivateKey] = {}

    def sign(self, claims: Claims) -> str:
        """The one token for ``claims`` under the newest key: the same claims always give the same text."""
        key_id = self._newest()
        key = self._keys[key_id]
        token = ""
        for salt in range(256):
            signed = message(claims, key_id, salt)
            token = spell(signed, key.sign(signed))
            if survives_html(token):
                break
        return token

    def verify(self, text: str) -> Claims | TokenReason:
        """What a genuine token claims, or why it is none; revocation goes by badge id, never by text."""
        from cryptography.exceptions import InvalidSignature

        sealed = take_apart(text)
        if isinstance(sealed, TokenReason):
            return sealed
        if sealed.key_id not in self._keys:
            self._load()  # another worker may have renewed the keys
        key = self._keys.get(sealed.key_id)
        if key is None:
            return TokenReason.UNKNOWN_KEY
        try:
            key.public_key().verify(sealed.signature, sealed.signed)
        except InvalidSignature:
            return TokenReason.FORGED
        return sealed.claims

    def rotate(self) -> int:
        """Make a new key that signs from now on, and return its id."""
        self._load()
        return self._create(max(self._keys, default=0) + 1)

    def public_keys(self) -> dict[int, bytes]:
        """Key id and the 32 raw bytes of each public key, for gates that check without network."""
        self._load()
        return {number: key.public_key().public_bytes_raw() for number, key in sorted(self._keys.items())}

    def _newest(self) -> int:
        if not self._keys:
            self._load()
        return max(self._keys) if self._keys else self._create(1)

    def _load(self) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        if not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            named = _KEY_FILE.fullmatch(path.name)
            if named is None or int(named[1]) in self._keys:
                continue
            try:
                key = load_pem_private_key(path.read_bytes(), password=None)
            except (ValueError, TypeError) as problem:
                raise ValueError(f"{path} holds no readable key") from problem
            if not isinstance(key, Ed25519PrivateKey):
                raise ValueError(f"{path} holds another kind of key")
            self._keys[int(named[1])] = key

    def _create(self, key_id: int) -> int:
        """Write key ``key_id`` unless another process was quicker; either way it is loaded afterwards."""
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        if key_id > _LAST_ID:
            raise ValueError("all 255 badge keys are used up")
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        pem = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with TemporaryDirectory(dir=self.folder, prefix=".new-") as aside, suppress(FileExistsError):
            new = Path(aside) / "key"
            write_whole(new, pem, mode=0o600)
            os.link(new, self.folder / f"badge-{key_id:03}.pem")  # fails when the name is taken
        sync_folder(self.folder)
        self._load()
        return key_id
