"""Hooks between subjects: declared below, joined above, never silent."""

import pytest

from models.hooks import NotWiredError, event, question


async def test_everybody_behind_an_event_acts_in_the_order_of_joining() -> None:
    acted: list[str] = []

    @event
    async def baked(what: str, *, at: int) -> None:
        """Something was baked."""

    async def eat(what: str, *, at: int) -> None:
        acted.append(f"ate the {what} at {at}")

    async def praise(what: str, *, at: int) -> str:
        acted.append(f"praised the {what} at {at}")
        return "well done"

    baked.join(eat, praise)
    baked.join(eat, praise)
    await baked("cake", at=4)
    assert acted == ["ate the cake at 4", "praised the cake at 4"]
    assert baked.behind == (eat, praise)


async def test_whoever_is_behind_a_question_answers() -> None:
    @question
    async def how_many(what: str) -> int:
        """Return how many there are."""
        raise NotImplementedError

    async def counted(what: str) -> int:
        return len(what)

    how_many.join(counted)
    assert await how_many("cakes") == 5


async def test_a_hook_with_nothing_behind_is_not_passed_over() -> None:
    @event
    async def baked() -> None:
        """Something was baked."""

    @question
    async def how_many() -> int:
        """Return how many there are."""
        raise NotImplementedError

    assert (baked.behind, how_many.behind) == ((), ())
    with pytest.raises(NotWiredError, match="baked"):
        await baked()
    with pytest.raises(NotWiredError, match="how_many"):
        await how_many()


async def test_an_error_of_whoever_acts_reaches_whoever_told() -> None:
    @event
    async def baked() -> None:
        """Something was baked."""

    async def burn() -> None:
        raise RuntimeError("burnt")

    baked.join(burn)
    with pytest.raises(RuntimeError, match="burnt"):
        await baked()
