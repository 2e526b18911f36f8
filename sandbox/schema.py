"""Parameters against aiogram's method models: the net beneath each method's own checks."""

import json
import types
from functools import cache
from typing import Any, Union, get_args, get_origin

import aiogram.methods
from aiogram.client.default import Default
from aiogram.types import InputFile
from pydantic import BaseModel, ValidationError

from sandbox.formatted import message_caption, message_text
from sandbox.markup import parse_markup
from sandbox.params import Params
from sandbox.wire import bad_request

MODELS: dict[str, type[aiogram.methods.TelegramMethod[Any]]] = {
    model.__api_method__: model
    for model in vars(aiogram.methods).values()
    if isinstance(model, type)
    and issubclass(model, aiogram.methods.TelegramMethod)
    and model is not aiogram.methods.TelegramMethod
}
MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "from_chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "video": "there is no video in the request",
    "audio": "there is no audio in the request",
    "animation": "there is no animation in the request",
    "sticker": "there is no sticker in the request",
    "latitude": "latitude is empty",
    "longitude": "longitude is empty",
    "action": "wrong parameter action in request",
    "file_id": "file_id not specified",
    "user_id": "invalid user_id specified",
}
# aiogram's models demand these, Telegram does not.
OPTIONAL_HERE = frozenset({("setWebhook", "url"), ("setMyCommands", "commands")})


def check(name: str, params: Params) -> None:
    """Decode nested JSON in `params` and hold it against the Bot API's types.

    400 in Telegram's words where they are known, otherwise naming the parameter and the fault.
    Unknown parameters pass, as at Telegram.
    """
    model = MODELS.get(name)
    if model is None:
        return
    _decode_nested(name, params)
    try:
        model.model_validate(params.values)
    except ValidationError as error:
        _explain(name, params, error)


def _decode_nested(name: str, params: Params) -> None:
    values = params.values
    for field in structured_fields(name) & values.keys():
        value = values[field]
        if not isinstance(value, str):
            continue
        if value == "":
            del values[field]
        elif value[0] in "[{":
            try:
                values[field] = json.loads(value)
            except ValueError:
                what = "reply keyboard markup" if field == "reply_markup" else field
                raise bad_request(f"can't parse {what} JSON object") from None


@cache
def structured_fields(name: str) -> frozenset[str]:
    """Fields of a method that travel as JSON inside a form."""
    model = MODELS[name]
    return frozenset(
        field for field, info in model.model_fields.items() if _is_structured(info.annotation)
    )


def _is_structured(annotation: object) -> bool:
    origin = get_origin(annotation)
    if origin is list:
        return True
    if origin in (Union, types.UnionType) or origin is not None:
        return any(_is_structured(part) for part in get_args(annotation))
    return (
        isinstance(annotation, type)
        and issubclass(annotation, BaseModel)
        and not issubclass(annotation, (InputFile, Default))
    )


def _explain(name: str, params: Params, error: ValidationError) -> None:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    if (name, field) in OPTIONAL_HERE:
        return
    value = params.values.get(field)
    if value is None or value == "":
        raise bad_request(MISSING.get(field, f'parameter "{field}" is required'))
    _known_complaint(field, params)
    place = ".".join(str(part) for part in first["loc"])
    raise bad_request(f"can't parse parameter {place}: {first['msg']}")


def _known_complaint(field: str, params: Params) -> None:
    """Let the field's own parser speak first; it raises if it finds the fault."""
    if field == "reply_markup":
        parse_markup(params.values[field])
    elif field == "entities":
        message_text(params)
    elif field == "caption_entities":
        message_caption(params.values)
