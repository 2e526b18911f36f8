"""From a call's text, parse_mode and entities to what the message will carry."""

import json

from sandbox import html_mode, markdown_mode
from sandbox.entities import check_given, in_order, trim, with_detected
from sandbox.params import Params
from sandbox.wire import Json, bad_request

TEXT_LIMIT = 4096  # Bot API, sendMessage: "1-4096 characters after entities parsing"
CAPTION_LIMIT = 1024  # Bot API, sendPhoto: "0-1024 characters after entities parsing"
RAW_LIMIT_BYTES = 1 << 15  # the Bot API server's own bound before parsing

PARSERS = {
    "html": html_mode.parse,
    "markdown": markdown_mode.parse_legacy,
    "markdownv2": markdown_mode.parse_v2,
}


def format_text(text: str, parse_mode: str, given: object) -> tuple[str, list[Json]]:
    """The visible text and its entities; 400 for markup or entities Telegram would refuse.

    A parse_mode outweighs explicit entities, as at Telegram.
    """
    if len(text) > RAW_LIMIT_BYTES // 4 and len(text.encode()) > RAW_LIMIT_BYTES:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if text and mode and mode != "none":
        parser = PARSERS.get(mode)
        if parser is None:
            raise bad_request("unsupported parse_mode")
        visible, entities = parser(text)
        entities = in_order(entities)
    else:
        visible, entities = text, check_given(text, _entity_list(given))
    visible, entities = trim(visible, entities)
    return visible, with_detected(visible, entities)


def message_text(params: Params) -> Json:
    """{"text", "entities"?} of sendMessage and editMessageText.

    Lengths are counted in Unicode code points.
    """
    text, entities = format_text(
        params.text("text"), params.text("parse_mode"), params.values.get("entities")
    )
    if not text:
        raise bad_request("message text is empty")
    if len(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def message_caption(values: Json) -> Json:
    """{"caption"?, "caption_entities"?}: empty for no caption."""
    caption, entities = format_text(
        str(values.get("caption") or ""),
        str(values.get("parse_mode") or ""),
        values.get("caption_entities"),
    )
    if len(caption) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    if not caption:
        return {}
    content: Json = {"caption": caption}
    if entities:
        content["caption_entities"] = entities
    return content


def _entity_list(given: object) -> list[Json]:
    if isinstance(given, str):
        try:
            given = json.loads(given) if given else None
        except ValueError:
            raise bad_request("can't parse entities JSON object") from None
    if not isinstance(given, list):
        return []
    for entity in given:
        _check_shape(entity)
    return given


def _check_shape(entity: object) -> None:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    for name, kind in (("offset", int), ("length", int), ("type", str)):
        if not isinstance(entity.get(name), kind):
            raise bad_request(f"can't parse MessageEntity: can't find field \"{name}\"")
