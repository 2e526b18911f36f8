"""The turn: one update, one transaction."""

import pytest

from bot.turn import TurnOutcome
from models.database import transaction
from models.updates.actions import kept
from tests.bot.street import A, B, Street, living, message, tap
from tests.waiting import until


async def failed(street: Street) -> list[int]:
    async with transaction(street.sessions) as session:
        return [number for number, _ in await kept(session)]


async def test_an_answer_goes_all_the_way_round(street: Street) -> None:
    async with living(street):
        street.world.person(A).send_text("hello")
        await until(lambda: street.told() == ["heard hello"])
    assert await street.facts() == ["hello"]
    assert await street.states() == ["sent"]


async def test_facts_and_answers_fall_together(street: Street) -> None:
    street.broken.add("bang")
    assert await street.take(message(1, "bang")) is TurnOutcome.FAILED
    async with living(street, polls=False):
        await street.all_sent()
    assert await street.facts() == []
    (apology,) = street.told()
    assert apology.startswith("Sorry")
    assert len(await failed(street)) == 1


async def test_state_falls_with_them(street: Street) -> None:
    street.broken.add("bad")
    await street.take(message(1, "two step", 1))
    await street.take(message(2, "one", 2))
    assert await street.take(message(3, "bad", 3)) is TurnOutcome.FAILED
    await street.take(message(4, "two", 4))
    async with living(street, polls=False):
        await street.all_sent()
    assert [street.told()[0], street.told()[1], street.told()[3]] == ["which?", "one", "one two"]


async def test_replay_does_what_the_turn_would_have_done(street: Street) -> None:
    street.broken.add("bang")
    await street.take(message(1, "bang"))
    (number,) = await failed(street)
    assert await street.house.turn.replay(number) is TurnOutcome.FAILED
    assert await failed(street) == [number]
    street.broken.clear()
    assert await street.house.turn.replay(number) is TurnOutcome.HANDLED
    assert await street.house.turn.replay(number) is TurnOutcome.REPEATED
    assert await street.house.turn.replay(number + 99) is TurnOutcome.REPEATED
    assert await street.facts() == ["bang"]
    assert await failed(street) == []


@pytest.mark.parametrize("again", [1, 2, 0], ids=["same id", "new id", "numbered down"])
async def test_a_repeated_message_acts_once(street: Street, again: int) -> None:
    assert await street.take(message(1, "hello")) is TurnOutcome.HANDLED
    assert await street.take(message(again, "hello")) is TurnOutcome.REPEATED
    assert await street.facts() == ["hello"]


async def test_a_repeated_tap_acts_once(street: Street) -> None:
    assert await street.take(tap(1, "yes")) is TurnOutcome.HANDLED
    assert await street.take(tap(2, "yes")) is TurnOutcome.REPEATED
    assert await street.take(tap(3, "yes", query_id="78")) is TurnOutcome.HANDLED
    assert await street.facts() == ["tap yes", "tap yes"]


async def test_the_same_id_may_carry_something_else(street: Street) -> None:
    """After a week of silence Telegram begins its numbers anew."""
    assert await street.take(message(1, "hello", 1)) is TurnOutcome.HANDLED
    assert await street.take(message(1, "world", 2)) is TurnOutcome.HANDLED


async def test_repeats_and_new_numbers_over_polling(street: Street) -> None:
    queue = street.world.bot.queue
    async with living(street):
        street.world.person(A).send_text("one")
        queue.repeat(1)
        queue.repeat(1, new_ids=True)
        queue.jump(500)
        street.world.person(A).send_text("two")
        await until(lambda: street.told() == ["heard one", "heard two"])
        await until(lambda: len(queue) == 0)
        queue.jump(-700)
        street.world.person(A).send_text("three")
        await until(lambda: street.told() == ["heard one", "heard two", "heard three"])
    assert await street.facts() == ["one", "two", "three"]


async def test_what_does_not_parse_is_kept_and_passed_over(street: Street) -> None:
    unreadable = message(5, "hello", message_id="five")
    async with living(street):
        street.world.person(A).send_text("before")
        street.world.bot.queue.inject(unreadable)
        street.world.bot.queue.inject(["no", "update"])
        street.world.person(B).send_text("after")
        await until(lambda: street.told(B) == ["heard after"])
        await until(lambda: len(street.told(A)) == 2)
        await until(lambda: len(street.world.bot.queue) == 0)
    assert any(said.startswith("Sorry") for said in street.told(A))
    assert len(await failed(street)) == 2


async def test_an_update_without_a_number_is_passed_over_with_the_next(street: Street) -> None:
    async with living(street):
        street.world.bot.queue.push_raw({"message": "nothing"}, street.world.bot.queue.next_id)
        street.world.person(A).send_text("after")
        await until(lambda: street.told() == ["heard after"])
        await until(lambda: len(street.world.bot.queue) == 0)
    assert len(await failed(street)) == 1


@pytest.mark.parametrize("data", ["plain", "twice", "bang", "forged \N{SNOWMAN}"])
async def test_every_tap_is_answered_once(street: Street, data: str) -> None:
    street.broken.add("bang")
    async with living(street):
        street.world.person(A).send_text("menu")
        await until(lambda: street.told() == ["heard menu"])
        query = street.world.person(A).press(
            street.world.person(A).messages[-1]["message_id"], data
        )
        await until(lambda: query not in street.world.bot.queries)
    calls = street.calls("answerCallbackQuery")
    assert [call.ok for call in calls] == [True]
    assert calls[0].params.get("text") == {"twice": "one"}.get(data)


async def test_a_tap_is_answered_though_the_chat_must_wait(street: Street) -> None:
    street.world.faults.too_many_requests(retry_after=600, method="sendMessage", chat_id=A)
    async with living(street):
        street.world.person(A).send_text("menu")
        await until(lambda: len(street.calls("sendMessage")) == 1)
        query = street.world.person(A).press(1, "plain")
        await until(lambda: query not in street.world.bot.queries)
    assert street.told() == []


async def test_a_broken_apology_still_keeps_the_update(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ValueError

    monkeypatch.setattr("bot.turn.apology", broken)
    street.broken.add("bang")
    assert await street.take(message(1, "bang")) is TurnOutcome.FAILED
    assert len(await failed(street)) == 1


async def test_an_error_of_the_system_is_not_taken_for_the_database(street: Street) -> None:
    """A handler's missing file must not hold the line as a database that is away does."""

    async def missing(*_: object) -> None:
        raise FileNotFoundError

    street.house.dispatcher.message.outer_middleware(missing)
    assert await street.take(message(1, "hello")) is TurnOutcome.FAILED


async def test_data_changed_deep_inside_is_kept(street: Street) -> None:
    """Data that is changed deep inside is kept, not lost for looking the same."""
    await street.take(message(1, "two step", 1))
    for number, word in enumerate(("a", "b", "c"), 2):
        await street.take(message(number, word, number))
    async with living(street, polls=False):
        await street.all_sent()
    assert street.told() == ["which?", "a", "a b", "a b c"]
