"""sendPoll, stopPoll and sendDice."""

import secrets

from sandbox.formatted import format_text
from sandbox.methods.registry import Query, method
from sandbox.methods.sending import deliver
from sandbox.params import Params
from sandbox.wire import Json, bad_request

QUESTION_LIMIT = 300  # Bot API, sendPoll: 1-300 characters
OPTION_COUNTS = range(1, 13)  # Bot API, sendPoll: 1-12 options
OPTION_LIMIT = 100  # Bot API, InputPollOption: 1-100 characters
EXPLANATION_LIMIT, EXPLANATION_LINES = 200, 2  # Bot API, sendPoll
OPEN_SECONDS = range(5, 2_628_001)  # Bot API, sendPoll, open_period
FACES = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}  # Bot API, sendDice


@method("sendPoll")
def send_poll(query: Query) -> Json:
    """A native poll; nobody in the sandbox votes in it."""
    params = query.params
    question = _line(params.text("question"), params.text("question_parse_mode"), "question")
    if len(question) > QUESTION_LIMIT:
        raise bad_request("poll question length must not exceed 300")
    options = _options(params.values.get("options"))
    kind = params.text("type") or "regular"
    if kind not in {"regular", "quiz"}:
        raise bad_request("unsupported poll type specified")
    poll: Json = {
        "id": str(secrets.randbits(60)),
        "question": question,
        "options": options,
        "total_voter_count": 0,
        "is_closed": params.flag("is_closed"),
        "is_anonymous": params.text("is_anonymous").lower() not in {"false", "0"},
        "type": kind,
        "allows_multiple_answers": params.flag("allows_multiple_answers"),
    }
    poll |= _quiz(params, len(options)) if kind == "quiz" else {}
    seconds = params.integer("open_period")
    if seconds is not None and seconds not in OPEN_SECONDS:
        raise bad_request("poll open period is invalid")
    return deliver(query, {"poll": poll})


@method("stopPoll")
def stop_poll(query: Query) -> Json:
    """Close a poll of the bot's own and return it."""
    message = query.message("message with poll to stop", query.chat())
    poll: Json | None = message.get("poll")
    if poll is None or message["from"]["id"] != query.bot.id:
        raise bad_request("poll can't be stopped")
    if poll["is_closed"]:
        raise bad_request("poll has already been closed")
    poll["is_closed"] = True
    return poll


@method("sendDice")
def send_dice(query: Query) -> Json:
    """A throw of one of six kinds."""
    emoji = query.params.text("emoji") or "🎲"
    emoji = emoji.removesuffix("\N{VARIATION SELECTOR-16}")
    if emoji not in FACES:
        raise bad_request("wrong dice emoji specified")
    return deliver(query, {"dice": {"emoji": emoji, "value": secrets.randbelow(FACES[emoji]) + 1}})


def _options(given: object) -> list[Json]:
    if not isinstance(given, list):
        raise bad_request("expected an Array of String as options")
    if not given:
        raise bad_request("poll must have at least 1 option")
    if len(given) not in OPTION_COUNTS:
        raise bad_request("poll can't have more than 12 options")
    return [{"text": _option(option), "voter_count": 0} for option in given]


def _option(given: object) -> str:
    values = given if isinstance(given, dict) else {"text": given}
    wanted, mode = values.get("text"), values.get("text_parse_mode")
    if not isinstance(wanted, str):
        raise bad_request("can't parse option: can't find field \"text\"")
    text = _line(wanted, str(mode or ""), "options")
    if len(text) > OPTION_LIMIT:
        raise bad_request("poll options length must not exceed 100")
    return text


def _quiz(params: Params, options: int) -> Json:
    """What a quiz has beside: which options are right, and why."""
    given = params.values.get("correct_option_ids")
    right = given if isinstance(given, list) else [params.integer("correct_option_id")]
    if any(type(one) is not int or not 0 <= one < options for one in right) or not right:
        raise bad_request("wrong correct option ID specified")
    explained, _ = format_text(
        params.text("explanation"), params.text("explanation_parse_mode"), None
    )
    if len(explained) > EXPLANATION_LIMIT or explained.count("\n") > EXPLANATION_LINES:
        raise bad_request("poll explanation is too long")
    return {"correct_option_ids": right} | ({"explanation": explained} if explained else {})


def _line(text: str, parse_mode: str, what: str) -> str:
    visible, _ = format_text(text, parse_mode, None)
    if not visible:
        raise bad_request(f"poll {what} must be non-empty")
    return visible
