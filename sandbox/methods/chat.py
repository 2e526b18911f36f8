"""What a bot may ask about chats and their people, reactions and pins."""

from sandbox import messages
from sandbox.chats import Chat
from sandbox.methods.registry import Query, method
from sandbox.wire import Json, bad_request

ADMINISTRATOR_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
    "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
    "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip
REACTIONS = frozenset(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡"
)


@method("getChat")
def get_chat(query: Query) -> Json:
    """Everything about a chat, with its newest pinned message."""
    chat = query.chat()
    full: Json = {
        **chat.info,
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False, "limited_gifts": False, "unique_gifts": False,
            "premium_subscription": False, "gifts_from_channels": False,
        },
    }  # fmt: skip
    if chat.pinned:
        full["pinned_message"] = chat.messages[chat.pinned[-1]]
    return full


@method("getChatMember")
def get_chat_member(query: Query) -> Json:
    """A person's standing in the chat; "kicked" for who blocked the bot."""
    chat = query.chat()
    user_id = query.params.integer("user_id")
    user = _user(query, user_id) if user_id else None
    if user is None or user_id is None:
        raise bad_request("PARTICIPANT_ID_INVALID" if user_id else "invalid user_id specified")
    return _member(chat, user_id, user)


@method("getChatMemberCount")
def get_chat_member_count(query: Query) -> int:
    """With the bot itself."""
    return len(query.chat().members)


@method("getChatAdministrators")
def get_chat_administrators(query: Query) -> list[Json]:
    """Of a group."""
    chat = query.chat()
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    users = ((user_id, _user(query, user_id)) for user_id in sorted(chat.admins))
    return [_member(chat, user_id, user) for user_id, user in users if user]


@method("leaveChat")
def leave_chat(query: Query) -> bool:
    """From then on nothing can be sent there."""
    chat = query.chat()
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.left = True
    chat.members.discard(query.bot.id)
    return True


@method("getUserProfilePhotos")
def get_user_profile_photos(query: Query) -> Json:
    """Nobody here has a picture."""
    user_id = query.params.integer("user_id")
    if not user_id or _user(query, user_id) is None:
        raise bad_request("invalid user_id specified")
    return {"total_count": 0, "photos": []}


@method("setMessageReaction")
def set_message_reaction(query: Query) -> bool:
    """At most one reaction of the bot; none takes it away."""
    chat = query.open_chat()
    message = query.message("message to react", chat)
    given = query.params.values.get("reaction") or []
    if not isinstance(given, list) or len(given) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in given:
        emoji = str(reaction.get("emoji", "")).rstrip("\ufe0f")
        if reaction.get("type") != "emoji" or emoji not in REACTIONS:
            raise bad_request("REACTION_INVALID")
    chat.reactions[message["message_id"]] = given
    query.world.events.emit(
        {
            "type": "reaction",
            "chat_id": chat.id,
            "message_id": message["message_id"],
            "reaction": given,
        }
    )
    return True


@method("pinChatMessage")
def pin_chat_message(query: Query) -> bool:
    """Pin, which leaves a service message in the chat."""
    chat = query.open_chat()
    message = query.message("message to pin", chat)
    if message["message_id"] not in chat.pinned:
        chat.pinned.append(message["message_id"])
        content = {"pinned_message": message}
        note = messages.compose(query.world, chat, query.bot.user, content)
        messages.store(query.world, chat, note)
    return True


@method("unpinChatMessage")
def unpin_chat_message(query: Query) -> bool:
    """The message named, or the one pinned last."""
    chat = query.chat()
    if query.params.text("message_id"):
        message_id = int(query.message("message to unpin", chat)["message_id"])
    elif chat.pinned:
        message_id = chat.pinned[-1]
    else:
        raise bad_request("message to unpin not found")
    chat.pinned = [pinned for pinned in chat.pinned if pinned != message_id]
    return True


def _user(query: Query, user_id: int) -> Json | None:
    if user_id == query.bot.id:
        return query.bot.user
    phone = query.world.phones.get(user_id)
    return phone.user() if phone else None


def _member(chat: Chat, user_id: int, user: Json) -> Json:
    if user_id in chat.admins:
        rights = dict.fromkeys(ADMINISTRATOR_RIGHTS, False) | {"can_manage_chat": True}
        return {"status": "administrator", "user": user, **rights}
    status = "member" if user_id in chat.members else "left"
    if user_id == chat.id and chat.blocked:
        status = "kicked"
    return {"status": status, "user": user}
