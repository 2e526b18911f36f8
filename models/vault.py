"""Personal fields, sealed: AES-GCM under one key, bound to table, column and row.

A sealed value moved to another row, column or table does not open: the binding is part of what
the cipher authenticates. Layout of a sealed value: version byte, 12-byte nonce, ciphertext with
its 16-byte tag (NIST SP 800-38D).
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32
URL_SAFE = re.compile(r"[A-Za-z0-9_-]*={0,2}")


class SealError(Exception):
    """A sealed value did not open: another key, another row, or damage."""


@dataclass(frozen=True)
class SealedCell:
    """The one cell that a sealed value belongs to."""

    table: str
    column: str
    row: int | str

    def binding(self) -> bytes:
        """Return the bytes that tie a sealed value to this cell."""
        return f"{self.table}|{self.column}|{self.row}".encode()


class Vault:
    """Seals and opens personal fields with one 32-byte key."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"the key has {len(key)} bytes, expected {KEY_BYTES}")
        self._key = key
        self._cipher = AESGCM(key)

    @classmethod
    def from_text(cls, text: str) -> "Vault":
        """Read a key written in URL-safe base64; ValueError says what is wrong with it."""
        if not URL_SAFE.fullmatch(text):  # Python's own decoder passes over what it does not know
            raise ValueError("the key is not URL-safe base64")
        try:
            return cls(base64.urlsafe_b64decode(text))
        except binascii.Error:
            raise ValueError("the key is not URL-safe base64") from None

    @staticmethod
    def new_key() -> str:
        """Draw a fresh key, written in URL-safe base64."""
        return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()

    def derived(self, purpose: str) -> bytes:
        """Give the key for one purpose, of 32 bytes: it is kept nowhere, and tells nothing of ours
        or of any other purpose's (HMAC-SHA256 as a pseudo-random function, NIST SP 800-108)."""
        return hmac.new(self._key, f"linli|{purpose}".encode(), hashlib.sha256).digest()

    def seal(self, where: SealedCell, text: str) -> bytes:
        """Seal a text for one cell."""
        nonce = os.urandom(NONCE_BYTES)
        return VERSION + nonce + self._cipher.encrypt(nonce, text.encode(), where.binding())

    def open(self, where: SealedCell, sealed: bytes) -> str:
        """Open what was sealed for this very cell; raises SealError for anything else."""
        if sealed[:1] != VERSION:
            raise SealError("unknown version of seal")
        nonce, ciphertext = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, ciphertext, where.binding()).decode()
        except InvalidTag as error:
            raise SealError(f"cannot open {where.table}.{where.column}") from error
