"""Personal fields, sealed: AES-GCM under one key at a time, bound to table, column and row.

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
    """Seals with one 32-byte key; opens with it, and with older ones while values lie under them.

    How a key is followed by another is in docs/backup.md.
    """

    def __init__(self, key: bytes, *older: bytes) -> None:
        self._hold(key, *older)

    def _hold(self, *keys: bytes) -> None:
        self._held = tuple(_Key(key) for key in keys)

    @classmethod
    def from_text(cls, text: str, *older: str) -> "Vault":
        """Read keys written in URL-safe base64; ValueError says what is wrong with one."""
        return cls(*(read_text_key(each) for each in (text, *older)))

    @property
    def _keys(self) -> "tuple[_Key, ...]":
        """The present key, then older ones; read anew for each act, where a file keeps them."""
        return self._held

    def present_alone(self) -> "Vault":
        """Return a vault that opens with the present key and no older one."""
        alone = Vault.__new__(Vault)
        alone._held = self._keys[:1]  # noqa: SLF001 - of the same class
        return alone

    @property
    def has_older(self) -> bool:
        """Return whether it still opens what lies under an older key."""
        return len(self._keys) > 1

    @staticmethod
    def new_key() -> str:
        """Draw a fresh key, written in URL-safe base64."""
        return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()

    def derived(self, purpose: str) -> bytes:
        """Give the key for one purpose, of 32 bytes: it is kept nowhere, and tells nothing of ours
        or of any other purpose's (HMAC-SHA256 as a pseudo-random function, NIST SP 800-108)."""
        return self._keys[0].derived(purpose)

    def all_derived(self, purpose: str) -> tuple[bytes, ...]:
        """Give the same of every key it opens with, the present one first."""
        return tuple(key.derived(purpose) for key in self._keys)

    def seal(self, where: SealedCell, text: str) -> bytes:
        """Seal a text for one cell."""
        nonce = os.urandom(NONCE_BYTES)
        cipher = self._keys[0].cipher
        return VERSION + nonce + cipher.encrypt(nonce, text.encode(), where.binding())

    def open(self, where: SealedCell, sealed: bytes) -> str:
        """Open what was sealed for this very cell; raises SealError for anything else."""
        for key in self._keys:
            if (text := key.opened(where, sealed)) is not None:
                return text
        raise SealError(f"cannot open {where.table}.{where.column}")

    def is_present(self, where: SealedCell, sealed: bytes) -> bool:
        """Return whether a value lies under the present key, and not under an older one."""
        return self._keys[0].opened(where, sealed) is not None


class _Key:
    """One key, and what is made of it."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"the key has {len(key)} bytes, expected {KEY_BYTES}")
        self._key = key
        self.cipher = AESGCM(key)

    def derived(self, purpose: str) -> bytes:
        return hmac.new(self._key, f"linli|{purpose}".encode(), hashlib.sha256).digest()

    def opened(self, where: SealedCell, sealed: bytes) -> str | None:
        """Open a value; None where another key sealed it, for another cell, or it is damaged."""
        if sealed[:1] != VERSION:
            raise SealError("unknown version of seal")
        nonce, ciphertext = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            return self.cipher.decrypt(nonce, ciphertext, where.binding()).decode()
        except InvalidTag:
            return None


def read_text_key(text: str) -> bytes:
    """Read one key written in URL-safe base64; ValueError says what is wrong with it."""
    if not URL_SAFE.fullmatch(text):  # Python's own decoder passes over what it does not know
        raise ValueError("the key is not URL-safe base64")
    try:
        return base64.urlsafe_b64decode(text)
    except binascii.Error:
        raise ValueError("the key is not URL-safe base64") from None
