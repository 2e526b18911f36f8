"""The drawn key: used as it lies there, or named where it cannot be."""

from pathlib import Path

import pytest

from bot.keys import key_file, open_vault
from bot.settings import Settings, SettingsError
from models.vault import SealedCell, Vault

CELL = SealedCell("t", "c", 1)
KEY = "-" * 43 + "="


def settings_beside(folder: Path) -> Settings:
    return Settings(_env_file=None, database_url=f"sqlite:///{folder / 'linli.sqlite3'}")


def test_a_drawn_key_is_used_again(tmp_path: Path) -> None:
    settings = settings_beside(tmp_path)
    sealed = open_vault(settings).seal(CELL, "door 3")
    assert open_vault(settings).open(CELL, sealed) == "door 3"


@pytest.mark.parametrize("content", [b"", b"\n", b"not a key", KEY[:-4].encode(), b"\xff\xfe"])
def test_a_damaged_key_file_is_named_in_one_line(tmp_path: Path, content: bytes) -> None:
    settings = settings_beside(tmp_path)
    path = key_file(settings)
    assert path is not None
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        open_vault(settings)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "text", [KEY + "!", "?" + KEY, KEY.replace("-", "+", 1), KEY + "é", "\n" + KEY]
)
def test_a_key_with_other_characters_is_refused(text: str) -> None:
    Vault.from_text(KEY)
    with pytest.raises(ValueError, match="URL-safe base64"):
        Vault.from_text(text)
