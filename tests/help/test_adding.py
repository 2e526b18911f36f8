"""Words and photos that come later, and word of a delay: once each, from whom they may come."""

from models.database import transaction
from models.help.actions import desk, filing, speaking, visits
from models.help.queries.request import told
from models.help.queries.resident import where_is_it_now
from models.help.rules.limits import MOST_MEDIA, Line
from models.help.rules.notices import Notice
from models.help.rules.outcomes import DeskOutcome, WorkOutcome
from models.help.rules.states import Relation
from models.help.views import RequestView
from models.leaving.actions import leave
from models.media import Media, MediaKind
from models.people.rules import Leaving
from tests.help.street import Street

PHOTO = Media(MediaKind.PHOTO, "file")


async def add(street: Street, name: str, request_id: int, words: str = "", photos: int = 0) -> str:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        return await speaking.speak(
            session, actor, request_id, words=words, media=[PHOTO] * photos, now=street.now
        )


async def late(street: Street, name: str, request_id: int, minutes: int) -> str:
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        return await filing.running_late(
            session, actor, request_id, minutes=minutes, now=street.now
        )


async def media_of(street: Street, request_id: int) -> int:
    async with transaction(street.sessions) as session:
        wang = await street.actor(session, "wang")
        view = await where_is_it_now(session, wang, request_id, now=street.now)
        assert isinstance(view, RequestView)
        return len(view.media)


async def test_what_the_resident_adds_reaches_owner_and_holders_once(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file()
    await street.claim("li", request_id)
    assert await add(street, "wang", request_id, "the blue door") == DeskOutcome.NOTED
    assert await add(street, "wang", request_id, "the blue door") == DeskOutcome.ALREADY
    assert sorted(await street.told(Notice.NOTE)) == ["li", "zhao"]
    assert await add(street, "wang", request_id, photos=2) == DeskOutcome.NOTED
    assert await media_of(street, request_id) == 2


async def test_no_more_media_than_can_be_kept(street: Street) -> None:
    request_id = await street.file()
    for _ in range(3):
        await add(street, "wang", request_id, photos=MOST_MEDIA)
    assert await media_of(street, request_id) == 2 * MOST_MEDIA
    assert await add(street, "wang", request_id, photos=1) == DeskOutcome.EMPTY


async def test_what_shows_the_work_is_kept_though_another_helper_has_left(street: Street) -> None:
    request_id = await street.file(hands=3)
    for name, photos in (("li", 2), ("chen", 1), ("sun", 2)):
        await street.volunteer(name)
        await street.claim(name, request_id)
        async with transaction(street.sessions) as session:
            actor = await street.actor(session, name)
            shown = [PHOTO] * photos
            await visits.report_done(session, actor, request_id, now=street.now, media=shown)
        if name == "chen":
            async with transaction(street.sessions) as session:
                li = await street.actor(session, "li")
                assert await leave(session, li, now=street.now) is Leaving.LEFT
    async with transaction(street.sessions) as session:
        wang = await street.actor(session, "wang")
        view = await where_is_it_now(session, wang, request_id, now=street.now)
        assert isinstance(view, RequestView)
        assert len(view.evidence) == 3


async def test_others_add_nothing(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file()
    assert await add(street, "li", request_id, "me too") == DeskOutcome.NOT_ALLOWED
    assert await add(street, "wang", 999_999, "hello") == DeskOutcome.MISSING
    assert await add(street, "wang", request_id, " \u202e ") == DeskOutcome.EMPTY
    assert Line.NOTE not in await street.lines(request_id)


async def test_whoever_filed_and_owns_it_hears_the_helper_too(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file("zhao", beneficiary_id=street.people["wang"])
    assert (await street.request(request_id)).owner_id == street.people["zhao"]
    await street.claim("li", request_id)
    assert await add(street, "li", request_id, "nobody opens") == DeskOutcome.NOTED
    assert sorted(await street.told(Notice.NOTE)) == ["wang", "zhao"]


async def test_who_hears_as_the_resident_hears_once(street: Street) -> None:
    await street.volunteer("li")
    liu = await street.add("liu", telegram=False)
    request_id = await street.file("zhao", beneficiary_id=liu)
    await street.claim("li", request_id)
    assert await add(street, "li", request_id, "nobody opens") == DeskOutcome.NOTED
    assert await street.told(Notice.NOTE) == ["zhao"]


async def test_a_holder_tells_of_a_delay_once(street: Street) -> None:
    await street.volunteer("li")
    request_id = await street.file()
    assert await late(street, "li", request_id, 30) == WorkOutcome.NOT_HOLDER
    await street.claim("li", request_id)
    assert await late(street, "li", request_id, 0) == WorkOutcome.NOT_HOLDER
    assert await late(street, "li", request_id, 30) == WorkOutcome.TOLD_LATE
    assert await late(street, "li", request_id, 30) == WorkOutcome.ALREADY
    assert await late(street, "li", request_id, 60) == WorkOutcome.TOLD_LATE
    assert await street.told(Notice.LATE) == ["wang", "wang"]


async def test_a_notice_shows_its_reader_no_more_than_they_may_see(street: Street) -> None:
    await street.volunteer("li")
    await street.add("chen")
    request_id = await street.file()
    await street.claim("li", request_id)
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        await desk.add_note(session, zhao, request_id, "deaf", now=street.now, internal=True)
    seen = {}
    async with transaction(street.sessions) as session:
        for name in ("wang", "li", "zhao", "chen"):
            seen[name] = await told(session, street.people[name], request_id, now=street.now)
    assert seen["chen"] is None
    relations = {name: told_.relations for name, told_ in seen.items() if told_}
    assert relations == {
        "wang": {Relation.RESIDENT},
        "li": {Relation.HOLDER},
        "zhao": {Relation.DESK},
    }
    inner = {
        name for name, one in seen.items() if one and any(x.internal for x in one.view.timeline)
    }
    assert inner == {"zhao"}
