"""What people do with their phones: anything, in any order."""

from random import Random

from sandbox.people import DEMO_PEOPLE
from sandbox.person import Person
from sandbox.world import World

WORDS = (
    "/start", "/help", "/desk", "/care", "/daily", "/gatherings", "/settings", "/status",
    "/broadcast", "/rollcall", "/volunteer", "/proposals", "/places", "/roles", "/cancel",
    "家里水管漏水了，能来人看看吗", "想请人帮忙买点米和油", "花园里放几把长椅", "我出门几天",
    "Could somebody help me with my phone?", "我摔了", "救命", "都好", "谢谢", "好的", "不用了",
    "1", "2", "9", "明天上午", "今天 15:30", "解决了", "没解决", "13800001001", "再说吧",
    "yes", "no",
)  # fmt: skip

LOOKED_AT = 4
"""Messages back to which somebody still presses buttons."""


class Phones:
    """What anybody can do in the chat with the bot; `dice` say who, and what."""

    def __init__(self, world: World) -> None:
        self._world = world

    def say(self, dice: Random) -> None:
        """Write something."""
        person = self._person(dice)
        if not person.chat.blocked:
            person.send_text(dice.choice(WORDS))

    def press(self, dice: Random) -> None:
        """Press some button of somebody's last messages."""
        phones = list(DEMO_PEOPLE)
        dice.shuffle(phones)
        for phone in phones:
            person = self._world.person(phone.id)
            buttons = _buttons(person)
            if buttons and not person.chat.blocked:
                person.press(*dice.choice(buttons))
                return

    def block(self, dice: Random) -> None:
        """Block the bot."""
        self._person(dice).block()

    def start(self, dice: Random) -> None:
        """Begin, or begin anew."""
        self._person(dice).start()

    def _person(self, dice: Random) -> Person:
        return self._world.person(dice.choice(DEMO_PEOPLE).id)


def _buttons(person: Person) -> list[tuple[int, str]]:
    """List what can be pressed: number of the message, data of the button."""
    return [
        (message["message_id"], key["callback_data"])
        for message in person.messages[-LOOKED_AT:]
        for row in message.get("reply_markup", {}).get("inline_keyboard", [])
        for key in row
        if "callback_data" in key
    ]
