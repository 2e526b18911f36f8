"""A hand that taps and writes: it takes whole turns, and fills in whatever form they open."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import update

from handlers.callbacks import Button
from handlers.form.callbacks import Act, Tap
from models.database import transaction
from models.outbox.rules import State
from models.outbox.tables import OutboxRow
from tests.matrix.quarter import Quarter, message, user

MOST_STEPS = 15
"""No form asks more; a hand that taps on without an end is a defect of its own."""

ANYTHING = "明天下午三点"
"""Serves as words, as a day and as a time."""

FORWARD = (Act.SEND, Act.SKIP, Act.DONE, f"{Act.CHOOSE}0")
"""What is tapped where it is offered, the first that is."""


@dataclass
class Hand(Quarter):
    """Somebody at a phone; `seen` are the buttons of the message that was last said or changed."""

    seen: list[str] = field(default_factory=list)

    async def tap(self, who: int, button: Button | str) -> None:
        """Tap a button, ours or one whose data is given."""
        number = next(self._numbers)
        data = button if isinstance(button, str) else button.pack()
        raw = {
            "id": f"h{number}",
            "from": user(who),
            "chat_instance": "1",
            "message": message(who, number, text="a card"),
            "data": data,
        }
        self._note(await self._take(number, {"callback_query": raw}, f"{who} taps {data}"))

    async def write(self, who: int, text: str) -> None:
        """Write words, below the answers that have come: until then they would be no answer."""
        await self._sees_all()
        number = next(self._numbers)
        raw = message(who, number, text=text)
        self._note(await self._take(number, {"message": raw}, f"{who} writes {text}"))

    async def fill_in(self, who: int, button: Button, first: tuple[str, ...] = ()) -> None:
        """Tap a button and fill in the form that it opens, if it opens one, to its end.

        `first` are acts of the form, and words ('=…'), that are done before all else.
        """
        await self.tap(who, button)
        waiting = list(first) if self._acts() else []
        for _ in range(MOST_STEPS):
            acts = self._acts()
            if not acts:
                return
            step = waiting.pop(0) if waiting else self._next(acts)
            if step.startswith("="):
                await self.write(who, step[1:])
            else:
                await self.tap(who, acts[step])
        raise AssertionError(f"the form of {button} has no end: {self.seen}")

    async def _sees_all(self) -> None:
        shown = {"state": State.SENT, "message_id": next(self._numbers)}
        async with transaction(self.sessions) as session:
            queued = update(OutboxRow).where(OutboxRow.state == State.QUEUED)
            await session.execute(queued.values(shown))

    def _next(self, acts: dict[str, str]) -> str:
        return next((act for act in FORWARD if act in acts), f"={ANYTHING}")

    def _acts(self) -> dict[str, str]:
        taps = [data for data in self.seen if data.startswith(f"{Tap.__prefix__}:")]
        return {Tap.unpack(data).act: data for data in taps}

    def _note(self, rows: list[OutboxRow]) -> None:
        shown = [row.payload for row in rows if row.payload and "text" in row.payload]
        said = [payload for payload in shown if "callback_query_id" not in payload]
        self.seen = _buttons(said[-1]) if said else []


def _buttons(payload: dict[str, Any]) -> list[str]:
    rows = (payload.get("reply_markup") or {}).get("inline_keyboard", [])
    return [key["callback_data"] for row in rows for key in row if "callback_data" in key]
