"""getMe, getUpdates and the webhook's settings."""

from sandbox.methods.registry import Query, method
from sandbox.updates import LIMIT, MAX_TIMEOUT_S
from sandbox.wire import Encoded, Json


@method("getMe")
def get_me(query: Query) -> Json:
    return {
        **query.bot.user,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


@method("getUpdates")
async def get_updates(query: Query) -> Encoded:
    params = query.params
    offset = params.integer("offset") or 0
    limit = min(max(params.integer("limit") or LIMIT, 1), LIMIT)
    timeout = min(max(params.integer("timeout") or 0, 0), MAX_TIMEOUT_S)
    found = await query.bot.queue.poll(offset, limit, timeout)
    payload = b"[" + b",".join([update.payload for update in found]) + b"]"
    return Encoded(payload, [update.update_id for update in found])


@method("deleteWebhook")
def delete_webhook(query: Query) -> bool:
    return True
