"""What proves a line of the book: its own seal, and the digest that ties it to the line before.

Both are HMAC-SHA256 over the line written in one canonical way. The seal is made with the line,
under a key derived from the vault's; the digest of the chain later, under the chain's own key.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from secrets import token_hex

from models.audit.tables import AuditRow
from models.vault import Vault

PURPOSE = "audit line"
NONCE_DIGITS = 16
SEAL_DIGITS = 48
"""Hexadecimal: 192 bits of the HMAC."""

BEGINNING = "0" * 64
"""What the first link is tied to."""


def sealed_by(vault: Vault, line: AuditRow) -> str:
    """Return the seal of a new line; no two are alike, so a line copied is known by its seal."""
    return _seal(vault.derived(PURPOSE), token_hex(NONCE_DIGITS // 2), line)


def is_sealed(keys: Iterable[bytes], line: AuditRow) -> bool:
    """Return whether a line bears a seal made under one of some keys (`seal_keys`)."""
    seal = line.seal or ""
    nonce = seal[:NONCE_DIGITS]
    return any(hmac.compare_digest(_seal(key, nonce, line), seal) for key in keys)


def seal_keys(vault: Vault) -> tuple[bytes, ...]:
    """Return what seals are made with, of every key that is held."""
    return vault.all_derived(PURPOSE)


def link(key: bytes, before: str, line: AuditRow, *, sealed_well: bool) -> str:
    """Return the digest that ties a line to the link before."""
    told = json.dumps([before, line.id, sealed_well, line.seal, *_fields(line)], sort_keys=True)
    return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()


def _seal(key: bytes, nonce: str, line: AuditRow) -> str:
    told = json.dumps([nonce, *_fields(line)], sort_keys=True)
    return nonce + hmac.new(key, told.encode(), hashlib.sha256).hexdigest()[:SEAL_DIGITS]


def _fields(line: AuditRow) -> list[object]:
    return [
        line.at.timestamp(),
        line.actor_id,
        str(line.act),
        line.subject,
        line.subject_id,
        line.concerning_id,
        line.detail,
    ]
