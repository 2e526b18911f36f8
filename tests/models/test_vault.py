"""Keys for single purposes."""

from models.vault import KEY_BYTES, Vault


def test_each_purpose_has_a_key_of_its_own_that_stays() -> None:
    text = Vault.new_key()
    one, other = Vault.from_text(text), Vault.from_text(Vault.new_key())
    assert one.derived("a") == Vault.from_text(text).derived("a")
    assert len({one.derived("a"), one.derived("b"), other.derived("a")}) == 3
    assert len(one.derived("a")) == KEY_BYTES
