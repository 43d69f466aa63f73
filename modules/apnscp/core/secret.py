"""What is made with the secret of a panel: keyed hashes, checks inside session ids, sealed texts."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import string
from base64 import b64decode, b64encode

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
        try:
            raw = b64decode(sealed)
            return self._sealing.decrypt(raw[:12], raw[12:], None).decode()
        except (InvalidTag, ValueError):  # ValueError: neither base64 nor long enough to hold a nonce
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
