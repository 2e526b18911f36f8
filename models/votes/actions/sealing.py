"""What of a vote is sealed: the urn, the slip in the voter's chat, the name of a household.

Each under a key of its own, derived from the vault's and kept nowhere (docs/secret-ballot.md).
"""

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NoBase64Error
from contextlib import suppress
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.vault import NONCE_BYTES, SealError, Vault
from models.votes.rules.counting import VoteTally
from models.votes.rules.notices import VoteChoice

URN, SLIP, HOUSEHOLD = "votes.urn", "votes.slip", "votes.household"
"""Purposes of the three keys."""

COUNT_BYTES = 4
"""Of each of the three counts in an urn: it is as long empty as full."""
EMPTY = VoteTally()

MARBLES = {VoteChoice.YES: b"y", VoteChoice.NO: b"n", VoteChoice.ABSTAIN: b"a"}
"""What is sealed into a slip: all are of one length."""
SLIP_LENGTH = 39
"""Characters of a slip: nonce, one byte and the tag of 16 bytes, in base64 without padding."""


@dataclass(frozen=True)
class Slip:
    """What alone can change a secret vote: `text` goes to the voter's chat, `digest` stays here."""

    text: str
    digest: str


def seal_urn(vault: Vault, vote_id: int, tally: VoteTally) -> str:
    """Seal how many of each colour an urn holds, in 54 characters whatever it holds."""
    counts = (tally.yes, tally.no, tally.abstain)
    told = b"".join(count.to_bytes(COUNT_BYTES, "big") for count in counts)
    return _sealed(vault, URN, str(vote_id), told)


def open_urn(vault: Vault, vote_id: int, sealed: str) -> VoteTally:
    """Count what an urn holds; SealError for another vote's, another key, or damage."""
    told = _opened(vault, URN, str(vote_id), sealed)
    if len(told) != 3 * COUNT_BYTES:
        raise SealError("an urn of another shape")
    parts = (told[at : at + COUNT_BYTES] for at in range(0, len(told), COUNT_BYTES))
    return VoteTally(*(int.from_bytes(part, "big") for part in parts))


def new_slip(vault: Vault, vote_id: int, voice: str, choice: VoteChoice) -> Slip:
    """Seal what a voice has said for the voter's chat; no two slips are the same."""
    text = _sealed(vault, SLIP, f"{vote_id}|{voice}", MARBLES[choice])
    return Slip(text, digest_of(text))


def open_slip(vault: Vault, vote_id: int, voice: str, text: str) -> VoteChoice | None:
    """Read what a slip says; None for what is none of this voice's."""
    try:
        told = _opened(vault, SLIP, f"{vote_id}|{voice}", text)
    except SealError:
        return None
    return next((choice for choice, marble in MARBLES.items() if marble == told), None)


def digest_of(slip: str) -> str:
    """Return what is kept of a slip. Its nonce is random, so nothing can be guessed from it."""
    return hashlib.sha256(slip.encode()).hexdigest()


def household(vault: Vault, vote_id: int, place_id: int, door: str) -> str:
    """Name a household in one vote: the same door gives the same name, and no name its door."""
    return households(vault, vote_id, place_id, door)[0]


def households(vault: Vault, vote_id: int, place_id: int, door: str) -> list[str]:
    """Return its name under every key that is held, the present one first: a vote that opened
    before the key was changed names its households under the older one."""
    told = f"{vote_id}|{place_id}|{door}".encode()
    named = (hmac.new(key, told, hashlib.sha256) for key in vault.all_derived(HOUSEHOLD))
    return [f"h:{_written(name.digest())}" for name in named]


def _sealed(vault: Vault, purpose: str, binding: str, told: bytes) -> str:
    nonce = os.urandom(NONCE_BYTES)
    cipher = AESGCM(vault.derived(purpose))
    return _written(nonce + cipher.encrypt(nonce, told, binding.encode()))


def _opened(vault: Vault, purpose: str, binding: str, sealed: str) -> bytes:
    try:
        whole = urlsafe_b64decode(sealed.encode("ascii") + b"=" * (-len(sealed) % 4))
    except (NoBase64Error, ValueError) as error:
        raise SealError(f"cannot open {purpose}") from error
    nonce, hidden = whole[:NONCE_BYTES], whole[NONCE_BYTES:]
    for key in vault.all_derived(purpose):
        with suppress(InvalidTag, ValueError):
            return AESGCM(key).decrypt(nonce, hidden, binding.encode())
    raise SealError(f"cannot open {purpose}")


def _written(told: bytes) -> str:
    return urlsafe_b64encode(told).rstrip(b"=").decode()
