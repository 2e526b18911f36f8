"""What may be written down of an update: no identity card number, and of a ballot no press.

The table of handled updates names each by a digest of what it carries. A ballot has three buttons,
so that such a digest could be guessed in three tries: it is made without what was pressed.
"""

from typing import Any

from handlers.callbacks import may_be_kept, without_fields
from models.sheets.rules.identity import holds_identity_number, without_digits

SPOKEN = ("message", "edited_message")
"""Updates in which somebody says something."""
KEPT_OF_PRESS = ("id", "from", "chat_instance")
KEPT_OF_CARD = ("message_id", "date", "chat", "from")
"""Neither words nor buttons: those of a ballot hold the sealed slip of the vote before."""


def veiled(raw: dict[str, Any]) -> dict[str, Any]:
    """Return an update as it may be kept and named: as it came, but for presses of secret buttons.

    Words with the number of an identity card are kept without their digits.
    """
    for name in SPOKEN:
        if isinstance(said := raw.get(name), dict) and (masked := _masked(said)) != said:
            return {**raw, name: masked}
    query = raw.get("callback_query")
    data = query.get("data") if isinstance(query, dict) else None
    if not isinstance(query, dict) or not isinstance(data, str) or may_be_kept(data):
        return raw
    kept = _some(query, KEPT_OF_PRESS) | {"data": without_fields(data)}
    if isinstance(card := query.get("message"), dict):
        kept["message"] = _some(card, KEPT_OF_CARD)
    return {**raw, "callback_query": kept}


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _masked(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_masked(part) for part in value]
    if isinstance(value, str) and holds_identity_number(value):
        return without_digits(value)
    return value


def _some(whole: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: whole[key] for key in keys if key in whole}
