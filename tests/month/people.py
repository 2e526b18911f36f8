"""People read what the bot sends them, when they get round to it, and press what they see."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from handlers.callbacks import Button
from handlers.form.callbacks import Act, Tap
from sandbox.events import EventHub
from sandbox.person import Person
from sandbox.wire import Json
from sandbox.world import World
from tests.month.canaries import Canaries
from tests.month.clock import Agenda, TownClock, local, on_wall
from tests.month.habits import HABITS, IN_WORDS, Habit, names_of
from tests.month.town import Neighbour, Town

WAKES, SLEEPS = 7.0, 22.75
"""Hours on the wall between which people look at their phones; emergencies wake some."""

TALK = timedelta(minutes=2)
"""For so long after a press people wait for what the bot says to it."""

READ_MINUTES = (1.0, 90.0)
"""How long a message lies before an average person reads it."""

WRITES = 0.15
"""Share of the answers that are written where a button would do."""

MOST_ANSWERS = 15
"""Questions of forms that somebody answers in one talk before they give up."""

MOST_PRESSES = 12
"""Buttons that somebody presses in one sitting before they put the phone away."""

FORWARD = {Act.CHOOSE, Act.DONE, Act.SEND, Act.SKIP, Act.GO_ON, Act.ANEW}
"""Buttons under a question by which a form comes to its end."""

ENOUGH = 0.7
"""Share of the times at which somebody who has chosen among many has chosen enough."""

WORDS = ("谢谢，已经在安排了。", "明天上午联系您。", "Noted; we will call you.", "已转物业处理。")


class Ears(EventHub):
    """The sandbox's events, heard by the people they happen to."""

    def __init__(self, hear: Callable[[Json], None]) -> None:
        super().__init__(history=1)
        self._hear = hear

    def emit(self, event: Json) -> None:
        """Tell whoever it concerns."""
        self._hear(event)


@dataclass
class Mind:
    """What one person has in mind: until when they watch their phone, and tasks they plan."""

    watching_until: datetime
    planned: set[int] = field(default_factory=set)
    answers: int = 0
    """Questions answered in this talk."""
    presses: int = 0
    """Buttons pressed in this talk."""


@dataclass
class Sent:
    """A message of the bot as it arrived; `edit` where an old one was changed."""

    at: datetime
    account: int
    message_id: int
    text: str
    edit: bool
    silent: bool


@dataclass
class SentFile:
    """A file of the bot as it arrived."""

    at: datetime
    account: int
    content: bytes


class Crowd:
    """Everybody's eyes and thumbs."""

    def __init__(
        self,
        town: Town,
        world: World,
        clock: TownClock,
        agenda: Agenda,
        canaries: Canaries,
        rng: Random,
    ) -> None:
        self._town, self._world, self._clock = town, world, clock
        self._canaries = canaries
        self._agenda = agenda
        self._dice = {account: Random(rng.getrandbits(64)) for account in town.people}
        """Everybody's own: in which order messages of one instant reach different phones says
        nothing about what anybody does."""
        self._rng = rng
        self._minds = {account: Mind(clock.now()) for account in town.people}
        self.starts: dict[int, datetime] = {}
        """Requests that are wanted at an instant: what the cards say in words."""
        self.sent: list[Sent] = []
        self.files: list[SentFile] = []
        self.acts: dict[int, list[datetime]] = {}
        """When somebody did anything, by account."""
        self.pressed = Counter[str]()
        """How often each button was pressed, by what it does."""
        self.words: set[tuple[str, int, int]] = set()
        """Who pressed which button about what: its name, the record's id, the account."""
        world.events = Ears(self._hear)

    def _hear(self, event: Json) -> None:
        """Note what arrives, and read it later."""
        if event["type"] not in {"message", "edit"}:
            return
        message = event["message"]
        if not message["from"]["is_bot"]:
            return
        account, message_id = event["chat_id"], message["message_id"]
        edit = event["type"] == "edit"
        now = self._clock.now()
        self.sent.append(
            Sent(now, account, message_id, message.get("text", ""), edit, "silent" in message)
        )
        if document := message.get("document"):
            file = self._world.files.find(self._world.bot.id, document["file_id"])
            self.files.append(SentFile(now, account, file.content if file else b""))
        who, mind = self._town.people[account], self._minds[account]
        self._rng = self._dice[account]
        if now <= mind.watching_until:
            at = now + self._minutes((0.1, 0.4))
        elif edit:
            return
        else:
            at = self._awake(now + self._minutes(READ_MINUTES, who.slow), message)
        self._agenda.add(at, lambda: self._read(who, message_id))

    def _read(self, who: Neighbour, message_id: int) -> None:
        """Look at a message as it stands, and decide what to do with it."""
        self._rng = self._dice[who.account]
        message = self._message(who, message_id)
        if message is None:
            return
        buttons = list(buttons_of(message))
        if any(isinstance(button, Tap) for button in buttons):
            taps = [button for button in buttons if isinstance(button, Tap)]
            self._answer_form(who, message_id, taps, message.get("text", ""))
        elif chosen := self._choose(who, buttons):
            button, habit = chosen
            at = self._when(who, button, habit)
            words = IN_WORDS.get(names_of([button])[0])
            if words is not None and self._rng.random() < WRITES:
                said = words[who.language == "en"]
                self._agenda.add(self._clock.now(), lambda: self.say(who, said))
            elif at is not None:
                self._agenda.add(at, lambda: self.press(who, message_id, button))

    def _choose(self, who: Neighbour, buttons: list[Button]) -> tuple[Button, Habit] | None:
        """Throw the dice over the buttons; None for leaving them all alone."""
        names = names_of(buttons)
        alike = Counter(names)
        known = [
            (button, HABITS[name], HABITS[name].likely(who) / alike[name])
            for button, name in zip(buttons, names, strict=True)
            if name in HABITS
        ]
        weights = [weight for _, _, weight in known]
        chosen = self._rng.choices([*known, None], [*weights, max(0.0, 1 - sum(weights))])[0]
        return chosen and chosen[:2]

    def _when(self, who: Neighbour, button: Button, habit: Habit) -> datetime | None:
        """Tell when they press; None where they have planned the same task before."""
        now = self._clock.now()
        if not habit.for_task:
            return now + self._minutes(habit.minutes)
        request_id = dict(button)["id"]
        mind = self._minds[who.account]
        start = self.starts.get(request_id)
        if request_id in mind.planned and self._rng.random() < 0.7:
            return None
        mind.planned.add(request_id)
        if start is None or start < now:
            return self._awake(now + timedelta(hours=self._rng.expovariate(1 / 8)))
        return max(now, start - self._minutes((-20, 40)))

    def press(self, who: Neighbour, message_id: int, button: Button) -> None:
        """Press a button if it is still there; else look at what stands there now."""
        self._rng = self._dice[who.account]
        message = self._message(who, message_id)
        person = self.person(who)
        if message is None or person.chat.blocked:
            return
        data, mind = button.pack(), self._minds[who.account]
        mind.presses = mind.presses + 1 if self._clock.now() <= mind.watching_until else 1
        mind.watching_until = self._clock.now() + TALK
        if mind.presses > MOST_PRESSES:
            return
        if data in set(_data_of(message)):
            [name] = names_of([button])
            self.pressed[name] += 1
            self.words.add((name, dict(button).get("id", 0), who.account))
            self._note(who)
            person.press(message_id, data)
        else:
            self._read(who, message_id)

    def person(self, who: Neighbour) -> Person:
        """Give somebody's hands on their phone."""
        return self._world.person(who.account)

    def start(self, who: Neighbour) -> None:
        """Let the bot in again, and say hello."""
        self._note(who)
        self.person(who).start()

    def say(self, who: Neighbour, text: str) -> None:
        """Write to the bot, and watch for the answer."""
        if not self.person(who).chat.blocked:
            self._minds[who.account].watching_until = self._clock.now() + TALK
            self._note(who)
            self.person(who).send_text(text)

    def _note(self, who: Neighbour) -> None:
        self.acts.setdefault(who.account, []).append(self._clock.now())

    def _answer_form(self, who: Neighbour, message_id: int, taps: list[Tap], question: str) -> None:
        """Answer a question of a form: by one of its buttons, or in words."""
        mind = self._minds[who.account]
        mind.answers = mind.answers + 1 if self._clock.now() <= mind.watching_until else 1
        if mind.answers > MOST_ANSWERS:
            return
        words = self._canaries.answer(question, who.account, self._rng)
        if words is not None:
            if words and mind.answers > 1:
                self.say(who, words)
            return
        forward = [tap for tap in taps if tap.act[0] in FORWARD]
        done = [tap for tap in taps if tap.act[0] == Act.DONE]
        if done and self._rng.random() < ENOUGH:
            self.press(who, message_id, done[0])
        elif forward:
            self.press(who, message_id, self._rng.choice(forward))
        elif any(tap.act[0] == Act.CANCEL for tap in taps):
            self.say(who, self._rng.choice(WORDS))

    def _message(self, who: Neighbour, message_id: int) -> Json | None:
        return self.person(who).chat.messages.get(message_id)

    def _minutes(self, bounds: tuple[float, float], times: float = 1.0) -> timedelta:
        return timedelta(minutes=self._rng.uniform(*bounds) * times)

    def _awake(self, at: datetime, message: Json | None = None) -> datetime:
        """Give the instant itself, or where it is night the next morning."""
        alarming = message is not None and "🆘" in message.get("text", "")
        hour = local(at).hour + local(at).minute / 60
        if WAKES <= hour < SLEEPS or (alarming and self._rng.random() < 0.5):
            return at
        morning = on_wall(at, WAKES + self._rng.random())
        return morning if morning > at else morning + timedelta(days=1)


def buttons_of(message: Json) -> Iterator[Button]:
    """Read the buttons under a message."""
    for data in _data_of(message):
        yield Button.registry[data.partition(":")[0]].unpack(data)


def _data_of(message: Json) -> Iterator[str]:
    rows: list[list[dict[str, Any]]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return (key["callback_data"] for row in rows for key in row if "callback_data" in key)
