"""What travels: JSON objects of the Bot API and its errors."""

import json
from typing import Any

Json = dict[str, Any]
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode(value: object) -> bytes:
    """Compact UTF-8 JSON."""
    return _ENCODER(value).encode("utf-8", "replace")


class Encoded:
    """An answer that is already JSON; `summary` is what the call log keeps of it."""

    __slots__ = ("payload", "summary")

    def __init__(self, payload: bytes, summary: object) -> None:
        self.payload = payload
        self.summary = summary


class ApiError(Exception):
    """An answer with "ok": false. The HTTP status equals `code`, as at Telegram."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """The answer as Telegram writes it."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(text: str, **parameters: object) -> ApiError:
    """400 with Telegram's prefix: `bad_request("chat not found")`."""
    return ApiError(400, f"Bad Request: {text}", parameters or None)


def forbidden(text: str) -> ApiError:
    """403 with Telegram's prefix."""
    return ApiError(403, f"Forbidden: {text}")


def too_many_requests(retry_after: int) -> ApiError:
    """429; `retry_after` in whole seconds, at least 1."""
    seconds = max(1, retry_after)
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
