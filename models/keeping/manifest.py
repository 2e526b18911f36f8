"""What a backup says of itself, and the proof that it was made under our key."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from models.vault import Vault

FORMAT = 1
PURPOSE = "backup manifest"
CHUNK = 1 << 20


class BackupError(Exception):
    """A backup cannot be made, read or brought back; the message is one plain sentence."""


@dataclass(frozen=True)
class Manifest:
    """What lies in a backup."""

    kind: str
    """'sqlite' or 'postgresql': a backup goes back into the kind of database that it came from."""
    revision: str
    """Of the schema."""
    made_at: str
    """ISO 8601, in UTC."""
    rows: dict[str, int]
    """By table, counted in what was copied."""
    size: int
    """Bytes of the copied database."""
    sha256: str
    mac: str = ""
    """HMAC-SHA256 over all the rest, under a key derived from the one that seals."""
    format: int = FORMAT

    def signed(self, vault: Vault) -> "Manifest":
        """Return it with the proof that our key made it."""
        return replace(self, mac=self._mac(vault.derived(PURPOSE)))

    def is_of(self, vault: Vault) -> bool:
        """Return whether the present key, or an older one that is held, made it."""
        macs = [self._mac(key) for key in vault.all_derived(PURPOSE)]
        return any(hmac.compare_digest(mac, self.mac) for mac in macs)

    def to_text(self) -> str:
        """Write it as JSON."""
        return json.dumps(asdict(self), indent=1, sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> "Manifest":
        """Read it; BackupError where it is none of ours."""
        try:
            found = cls(**json.loads(text))
        except (ValueError, TypeError, RecursionError):
            raise BackupError("the file is no backup of this program") from None
        if found.format != FORMAT or not _is_well(found):
            raise BackupError("the file is a backup of a kind that this version does not know")
        return found

    def _mac(self, key: bytes) -> str:
        return hmac.new(key, replace(self, mac="").to_text().encode(), hashlib.sha256).hexdigest()


def _is_well(found: Manifest) -> bool:
    """Check what JSON may have brought; the mac checks that it is ours."""
    told = asdict(found)
    texts = (told[name] for name in ("kind", "revision", "made_at", "sha256", "mac"))
    rows = told["rows"]
    return (
        all(isinstance(text, str) and text.isascii() for text in texts)
        and isinstance(told["size"], int)
        and isinstance(rows, dict)
        and all(isinstance(number, int) for number in rows.values())
    )


def sha256_of(path: Path) -> str:
    """Return the digest of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
