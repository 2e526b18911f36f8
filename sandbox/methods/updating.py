"""getMe, getUpdates and the webhook."""

import json
import re
from urllib.parse import urlsplit

from sandbox.bots import WebhookSettings
from sandbox.methods.registry import Query, method
from sandbox.updates import LIMIT, MAX_TIMEOUT_S
from sandbox.webhook import start_webhook
from sandbox.wire import ApiError, Encoded, Json, bad_request

SECRET = re.compile(r"[A-Za-z0-9_-]*")
SECRET_LIMIT = 256  # Bot API, setWebhook: 1-256 characters
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@method("getMe")
def get_me(query: Query) -> Json:
    """The bot's own account."""
    return {
        **query.bot.user,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("logOut")
@method("close")
def leave_server(query: Query) -> bool:
    """Accepted and without effect: there is no other server to move to."""
    return query.bot is not None


@method("getUpdates")
async def get_updates(query: Query) -> Encoded:
    """Long poll, at most 50 s; 409 while a webhook is set or when another poll takes over."""
    params = query.params
    queue = query.bot.queue
    if query.bot.webhook:
        raise ApiError(409, ACTIVE)
    offset = params.integer("offset") or 0
    limit = min(max(params.integer("limit") or LIMIT, 1), LIMIT)
    timeout = min(max(params.integer("timeout") or 0, 0), MAX_TIMEOUT_S)
    _remember_allowed(query)
    found = await queue.poll(offset, limit, timeout)
    payload = b"[" + b",".join([update.payload for update in found]) + b"]"
    return Encoded(payload, [update.update_id for update in found])


@method("setWebhook")
async def set_webhook(query: Query) -> bool:
    """Deliver updates to `url`; an empty url takes the webhook away.

    https is demanded but for loopback addresses, where Telegram would refuse plain http too.
    """
    url = query.params.text("url")
    if not url:
        return await delete_webhook(query)
    secret = query.params.text("secret_token")
    if len(secret) > SECRET_LIMIT:
        raise bad_request("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _check_url(url)
    connections = query.params.integer("max_connections") or 40
    await delete_webhook(query)
    _remember_allowed(query)
    query.bot.queue.interrupt("Conflict: terminated by setWebhook request")
    settings = WebhookSettings(url, secret, min(max(connections, 1), 100))
    await start_webhook(query.world, query.bot, settings)
    return True


@method("deleteWebhook")
async def delete_webhook(query: Query) -> bool:
    """Back to getUpdates."""
    await query.bot.stop_webhook()
    if query.params.flag("drop_pending_updates"):
        query.bot.queue.clear()
    return True


@method("getWebhookInfo")
def get_webhook_info(query: Query) -> Json:
    """The webhook as set, what waits, and the last error."""
    queue, webhook = query.bot.queue, query.bot.webhook
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(queue),
    }
    if webhook:
        info["max_connections"] = webhook.max_connections
        info["ip_address"] = "127.0.0.1"
        if webhook.last_error_date:
            info["last_error_date"] = webhook.last_error_date
            info["last_error_message"] = webhook.last_error_message
    if queue.allowed:
        info["allowed_updates"] = queue.allowed
    return info


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


def _remember_allowed(query: Query) -> None:
    """`allowed_updates` stays as it was when the parameter is absent, as at Telegram."""
    kinds = query.params.values.get("allowed_updates")
    if isinstance(kinds, str) and kinds:
        try:
            kinds = json.loads(kinds)
        except ValueError:
            raise bad_request("can't parse allowed_updates JSON object") from None
    if isinstance(kinds, list):
        query.bot.queue.allow([str(kind) for kind in kinds])
