"""Misbehaviour on order: what a bot must live through, made to happen."""

import asyncio
import random
from dataclasses import dataclass, field
from typing import Literal

from sandbox.wire import ApiError, Json, bad_request, too_many_requests

Action = Literal["drop_answer", "too_many_requests", "server_error", "refuse", "delay"]
ACTIONS: tuple[Action, ...] = (
    "drop_answer",
    "too_many_requests",
    "server_error",
    "refuse",
    "delay",
)


@dataclass(slots=True)
class Fault:
    """One rule. `method` (any case) and `chat_id` narrow it; unset they match every call.

    It strikes the next `times` matching calls (None: for ever), each with `probability`; a call
    that is spared does not count. "drop_answer" acts, then closes the connection unanswered;
    "too_many_requests" (with `retry_after` seconds) and "server_error" (with `status`) answer
    without acting, and "refuse" answers 400 with `description`; "delay" waits
    `seconds` before acting and lets other faults strike as well.
    """

    action: Action
    method: str = ""
    chat_id: int = 0
    times: int | None = 1
    probability: float = 1.0
    retry_after: int = 1
    status: int = 502
    seconds: float = 0.0
    description: str = "PEER_ID_INVALID"

    def matches(self, method: str, chat_id: int) -> bool:
        """Whether the rule is about such a call."""
        return _is_about(self, method, chat_id)


@dataclass(slots=True)
class Gate:
    """Where matching calls wait, before they act, until it is opened: for as long as a test needs,
    whatever the machine's pace. It strikes the next `times` of them."""

    method: str
    chat_id: int
    times: int
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    def open(self) -> None:
        """Let them go on."""
        self.opened.set()


@dataclass(slots=True)
class Verdict:
    """What befalls one call."""

    gates: list[Gate] = field(default_factory=list)
    delay: float = 0.0
    error: ApiError | None = None
    drop_answer: bool = False
    by: list[Fault] = field(default_factory=list)


class Faults:
    """The rules in force. The same seed, rules and calls give the same misbehaviour."""

    def __init__(self, seed: int = 0) -> None:
        self.rules: list[Fault] = []
        self._gates: list[Gate] = []
        self._random = random.Random(seed)  # noqa: S311  # repeatable on purpose

    @property
    def any(self) -> bool:
        """Whether anything can strike."""
        return bool(self.rules or self._gates)

    def add(self, fault: Fault) -> Fault:
        """Put a rule in force; ValueError for an unknown action."""
        if fault.action not in ACTIONS:
            raise ValueError(f"unknown fault {fault.action!r}; there are {', '.join(ACTIONS)}")
        self.rules.append(fault)
        return fault

    def drop_answer(self, times: int | None = 1, method: str = "", chat_id: int = 0) -> Fault:
        """Carry out the next calls and close the connection instead of answering."""
        return self.add(Fault("drop_answer", method, chat_id, times))

    def too_many_requests(
        self, retry_after: int = 1, times: int | None = 1, method: str = "", chat_id: int = 0
    ) -> Fault:
        """Answer 429 without acting."""
        return self.add(Fault("too_many_requests", method, chat_id, times, retry_after=retry_after))

    def server_error(
        self, status: int = 502, times: int | None = 1, method: str = "", chat_id: int = 0
    ) -> Fault:
        """Answer 5xx without acting."""
        return self.add(Fault("server_error", method, chat_id, times, status=status))

    def refuse(
        self, description: str, times: int | None = 1, method: str = "", chat_id: int = 0
    ) -> Fault:
        """Answer 400 in these words without acting."""
        return self.add(Fault("refuse", method, chat_id, times, description=description))

    def delay(
        self, seconds: float, times: int | None = 1, method: str = "", chat_id: int = 0
    ) -> Fault:
        """Wait before acting."""
        return self.add(Fault("delay", method, chat_id, times, seconds=seconds))

    def hold(self, times: int = 1, method: str = "", chat_id: int = 0) -> Gate:
        """Let calls wait before acting until the gate is opened."""
        gate = Gate(method, chat_id, times)
        self._gates.append(gate)
        return gate

    def clear(self) -> None:
        """End all rules, and open what is held."""
        self.rules.clear()
        for gate in self._gates:
            gate.open()
        self._gates.clear()

    def reseed(self, seed: int) -> None:
        """Begin the random sequence anew."""
        self._random.seed(seed)

    def strike(self, method: str, chat_id: int) -> Verdict:
        """Use up the rules that fall on this call; the first that answers ends the search."""
        verdict = Verdict(gates=self._holding(method, chat_id))
        for fault in list(self.rules):
            if not fault.matches(method, chat_id) or self._spared(fault):
                continue
            self._use(fault)
            verdict.by.append(fault)
            if fault.action == "delay":
                verdict.delay += fault.seconds
                continue
            verdict.drop_answer = fault.action == "drop_answer"
            verdict.error = _answer(fault)
            break
        return verdict

    def to_json(self) -> list[Json]:
        """The rules in force, as `GET /sandbox/faults` shows them."""
        return [
            {name: getattr(fault, name) for name in Fault.__dataclass_fields__}
            for fault in self.rules
        ]

    def _holding(self, method: str, chat_id: int) -> list[Gate]:
        struck = [
            gate for gate in self._gates if gate.times > 0 and _is_about(gate, method, chat_id)
        ]
        for gate in struck:
            gate.times -= 1
        return struck

    def _spared(self, fault: Fault) -> bool:
        return fault.probability < 1.0 and self._random.random() >= fault.probability

    def _use(self, fault: Fault) -> None:
        if fault.times is None:
            return
        fault.times -= 1
        if fault.times <= 0:
            self.rules.remove(fault)


def _is_about(rule: Fault | Gate, method: str, chat_id: int) -> bool:
    return (not rule.method or rule.method.lower() == method.lower()) and (
        not rule.chat_id or rule.chat_id == chat_id
    )


def _answer(fault: Fault) -> ApiError | None:
    if fault.action == "too_many_requests":
        return too_many_requests(fault.retry_after)
    if fault.action == "refuse":
        return bad_request(fault.description)
    if fault.action == "server_error":
        names = {500: "Internal Server Error", 502: "Bad Gateway", 504: "Gateway Timeout"}
        return ApiError(fault.status, names.get(fault.status, "Internal Server Error"))
    return None
