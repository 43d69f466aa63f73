"""The secret of a panel, and what is made with it: keyed hashes, checks inside session ids, sealed texts.

The secret stands in ``APNSCP_SECRET`` or in a 0600 file beside the state, never in the database.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import string
from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ALPHABET = string.ascii_letters + string.digits
SESSION_LENGTH = 32
_RANDOM_PART = 22


class Secret:
    """Keyed operations under one secret."""

    def __init__(self, material: bytes) -> None:
        """Derive one key per purpose from `material` (any length, at least 16 bytes)."""
        if len(material) < 16:
            raise ValueError("the secret must have at least 16 bytes; 32 random ones are usual")
        self._lookup = hmac.digest(material, b"lookup", "sha256")
        self._session = hmac.digest(material, b"session", "sha256")
        self._sealing = AESGCM(hmac.digest(material, b"sealing", "sha256"))

    def digest(self, text: str) -> str:
        """Return the keyed hash under which `text` (a key, a session id) is looked up: 64 hex characters."""
        return hmac.digest(self._lookup, text.encode(), "sha256").hex()

    def seal(self, text: str) -> str:
        """Encrypt a text that must be shown again."""
        nonce = os.urandom(12)
        return b64encode(nonce + self._sealing.encrypt(nonce, text.encode(), None)).decode()

    def unseal(self, sealed: str) -> str | None:
        """Return the text again, or None when it was sealed under another secret or damaged."""
        raw = b64decode(sealed)
        try:
            return self._sealing.decrypt(raw[:12], raw[12:], None).decode()
        except InvalidTag:
            return None

    def new_session_id(self) -> str:
        """Make an id of 32 letters and digits that carries its own check."""
        start = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM_PART))
        return start + self._check(start)

    def issued(self, session_id: str) -> bool:
        """Tell whether this panel made the id, even if its row is long gone."""
        if len(session_id) != SESSION_LENGTH or not session_id.isascii() or not session_id.isalnum():
            return False
        return hmac.compare_digest(self._check(session_id[:_RANDOM_PART]), session_id[_RANDOM_PART:])

    def _check(self, start: str) -> str:
        number = int.from_bytes(hmac.digest(self._session, start.encode(), hashlib.sha256)[:16], "big")
        letters = []
        for _ in range(SESSION_LENGTH - _RANDOM_PART):
            number, place = divmod(number, len(ALPHABET))
            letters.append(ALPHABET[place])
        return "".join(letters)


def load(state: Path | None, given: str | None = None) -> Secret:
    """Return the secret: `given`, else the one in the state directory, made on first use with mode 0600.

    state: directory of the panel's state; without one the secret lives as long as the process
    """
    if given:
        return Secret(hashlib.sha256(given.encode()).digest())
    if state is None:
        return Secret(secrets.token_bytes(32))
    path = state / "secret"
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return Secret(bytes.fromhex(path.read_text().strip()))
