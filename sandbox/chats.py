"""A bot's view of one chat: its messages, who is in it, what hangs below the input field."""

from dataclasses import dataclass, field

from sandbox.wire import Json, bad_request


class MessageIds:
    """Message numbering as at Telegram: one counter for all private chats and basic groups of
    an account, and one of its own for each supergroup."""

    def __init__(self, first: int = 1) -> None:
        self.next = first

    def take(self) -> int:
        """The next id."""
        taken = self.next
        self.next += 1
        return taken


@dataclass(slots=True)
class Chat:
    """`info` is the Bot API's Chat object; `messages` maps id to Message, oldest first.

    Messages are replaced, never changed in place, so that logs and events keep what they saw.
    """

    info: Json
    ids: MessageIds
    messages: dict[int, Json] = field(default_factory=dict)
    members: set[int] = field(default_factory=set)
    admins: set[int] = field(default_factory=set)
    pinned: list[int] = field(default_factory=list)
    reactions: dict[int, list[Json]] = field(default_factory=dict)
    reply_keyboard: Json | None = None
    uneditable: set[int] = field(default_factory=set)
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    left: bool = False
    migrated_to: int | None = None

    @property
    def id(self) -> int:
        """The chat's id; negative for groups."""
        chat_id: int = self.info["id"]
        return chat_id

    @property
    def is_private(self) -> bool:
        """Whether this is a chat with one person."""
        return bool(self.info["type"] == "private")

    def message(self, message_id: int | None, what: str = "message") -> Json:
        """The message of that id, or 400 "<what> not found"."""
        found = self.messages.get(message_id) if message_id is not None else None
        if found is None:
            raise bad_request(f"{what} not found")
        return found
