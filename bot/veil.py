"""What may be written down of an update: of a secret ballot never what was pressed.

The table of handled updates names each by a digest of what it carries. A ballot has three buttons,
so that such a digest could be guessed in three tries: it is made without what was pressed.
"""

from typing import Any

from handlers.callbacks import may_be_kept, without_fields

KEPT_OF_PRESS = ("id", "from", "chat_instance")
KEPT_OF_CARD = ("message_id", "date", "chat", "from")
"""Neither words nor buttons: those of a ballot hold the sealed slip of the vote before."""


def veiled(raw: dict[str, Any]) -> dict[str, Any]:
    """Return an update as it may be kept and named; all but presses of secret buttons as it is."""
    query = raw.get("callback_query")
    data = query.get("data") if isinstance(query, dict) else None
    if not isinstance(query, dict) or not isinstance(data, str) or may_be_kept(data):
        return raw
    kept = _some(query, KEPT_OF_PRESS) | {"data": without_fields(data)}
    if isinstance(card := query.get("message"), dict):
        kept["message"] = _some(card, KEPT_OF_CARD)
    return {**raw, "callback_query": kept}


def _some(whole: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: whole[key] for key in keys if key in whole}
