"""Similar proposals while somebody writes: found by pieces of words, and by comparing with all.

Prints what was measured as JSON.
"""

import argparse
import json
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import uvloop
from rapidfuzz import fuzz, process
from sqlalchemy import insert, select, text

from benchmarks.contenders import town
from bot.logs import set_up
from bot.settings import LogFormat
from models.base import Base
from models.database import Engine, Session, open_engine, open_sessions, transaction
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.proposals.queries.similar import likeness, similar_proposals
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.similar import ALIKE_FROM, SHOWN_PROPOSALS, wording
from models.proposals.rules.states import State
from models.proposals.tables import GramRow, ProposalRow
from models.vault import Vault

COMMUNITY, AUTHOR = 1, 1
AT_ONCE = 5_000
ROUNDS = 41
"""Searches a way; the first makes ready, and is left out."""
WHOLE_ROUNDS = 6
"""Of the slow way that says what the best would have been."""

WHERE = [
    "{n}号楼",
    "{n}号楼{u}单元",
    "东门",
    "西门",
    "南门",
    "中心花园",
    "地下车库",
    "河边",
    "广场",
]
THINGS = [
    ("加装电梯", "老人上下楼很吃力，{w}没有电梯", "给{w}装一部电梯"),
    ("电梯太旧", "{w}的电梯一周坏两次，困过人", "换一部新电梯"),
    ("建充电棚", "{w}电动车在楼道里充电，怕着火", "在{w}建一个充电棚"),
    ("增加停车位", "晚上回来{w}没有地方停车", "在{w}多划一些车位"),
    ("垃圾桶不够", "{w}垃圾桶太少，夏天很臭", "多放几个垃圾桶，每天清两次"),
    ("路灯不亮", "{w}的路灯坏了，晚上看不见路", "修好路灯，再加两盏"),
    ("放几把长椅", "{w}没有地方坐，走累了只能站着", "放几把带靠背的长椅"),
    ("办老年食堂", "{w}独居的老人做饭不方便", "在{w}开一个食堂"),
    ("广场舞音量", "{w}广场舞太吵，孩子没法写作业", "九点以后不放音乐"),
    ("遛狗不牵绳", "{w}有人遛狗不牵绳，吓到孩子", "立牌子，有人管"),
    ("修整路面", "{w}的路面坑坑洼洼，轮椅过不去", "重新铺路，做无障碍坡道"),
    ("装摄像头", "{w}丢过两辆自行车", "在{w}装摄像头"),
    ("健身器材", "{w}的健身器材锈了，不敢用", "换新的健身器材"),
    ("儿童滑梯", "{w}孩子没有玩的地方", "装一个小滑梯和沙坑"),
    ("快递柜", "{w}快递堆在地上，常拿错", "装一组快递柜"),
    ("下水道堵", "一下雨{w}就积水", "疏通下水道"),
    ("Benches at {w}", "There is nowhere to sit at {w}", "Two benches with backs"),
    ("More light at {w}", "It is dark at {w} in the evening", "Two more lamps"),
    ("Bike shed at {w}", "Bikes block the stairs at {w}", "A shed with a roof"),
    ("Quiet evenings", "Music at {w} is too loud after nine", "Rules for loudspeakers"),
]
SAID = ["大家都这么说。", "反映过几次了。", "希望早点解决。", "我妈妈八十岁了。", "冬天更难。",
        "物业说没有钱。", "邻居可以一起出力。", "已经有半年了。"]  # fmt: skip

Text = tuple[str, str, str]
Way = Callable[[Session, Person, Text, datetime], Awaitable[list[int]]]


class Community:
    """Proposals of one community: of twenty things, each at many places, in many words."""

    def __init__(self, proposals: int) -> None:
        self.chance = random.Random(1)
        self.now = datetime.now(UTC)
        self.texts = [self.text() for _ in range(proposals)]

    def text(self) -> Text:
        """Write a proposal."""
        title, problem, wish = self.chance.choice(THINGS)
        where = self.chance.choice(WHERE).format(
            n=self.chance.randint(1, 200), u=self.chance.randint(1, 6)
        )
        more = "".join(self.chance.sample(SAID, self.chance.randint(0, 4)))
        return (
            f"{where}{title}" if "{w}" not in title else title.format(w=where),
            problem.format(w=where) + "。" + more,
            wish.format(w=where),
        )

    def rows(self) -> Iterator[tuple[type[Base], dict[str, Any]]]:
        """Give all rows, in an order that keys allow."""
        yield PlaceRow, {"id": COMMUNITY, "kind": "community", "parent_id": None, "path": "/1/",
                         "name": "1", "code": "1", "sought": "1"}  # fmt: skip
        yield PersonRow, {"id": AUTHOR, "telegram_id": 1, "name": "居民", "language": "zh_Hans",
                          "place_id": COMMUNITY, "created_at": self.now}  # fmt: skip
        for number, words in enumerate(self.texts, 1):
            yield ProposalRow, self._proposal(number, words)
        for number, words in enumerate(self.texts, 1):
            for piece in wording(*words).whole:
                yield GramRow, {"proposal_id": number, "gram": piece, "community_id": COMMUNITY}

    def _proposal(self, number: int, words: Text) -> dict[str, Any]:
        title, problem, wish = words
        return {
            "id": number, "community_id": COMMUNITY, "number": number, "token": str(number),
            "author_id": AUTHOR, "anonymous": False, "seal": False, "place_id": COMMUNITY,
            "topic": ProposalTopic.OTHER,
            "title": title, "problem": problem, "wish": wish, "version": 1,
            "state": State.SECONDING, "submitted_at": self.now, "changed_at": self.now,
            "receive_by": self.now, "received_at": self.now, "seconds": 0, "needed": 10,
            "second_by": self.now + timedelta(days=14),
        }  # fmt: skip


async def build(engine: Engine, community: Community) -> None:
    """Write all rows, then let the database count them."""
    async with engine.begin() as connection:
        waiting: list[dict[str, Any]] = []
        table: type[Base] | None = None
        for kind, row in community.rows():
            if table is not None and (kind is not table or len(waiting) == AT_ONCE):
                await connection.execute(insert(table), waiting)
                waiting = []
            table = kind
            waiting.append(row)
        if table is not None:
            await connection.execute(insert(table), waiting)
    async with engine.begin() as connection:
        await connection.execute(text("ANALYZE"))


async def by_pieces(session: Session, person: Person, words: Text, now: datetime) -> list[int]:
    """Find as the bot does."""
    found = await similar_proposals(session, person, COMMUNITY, wording(*words), now=now)
    return [line.proposal_id for line in found]


async def _all(session: Session) -> Sequence[Any]:
    rows = await session.execute(
        select(ProposalRow.id, ProposalRow.title, ProposalRow.problem, ProposalRow.wish).where(
            ProposalRow.community_id == COMMUNITY
        )
    )
    return rows.all()


async def by_comparing(session: Session, _person: Person, words: Text, _now: datetime) -> list[int]:
    """Load everything and let rapidfuzz compare with all of it, as a few lines of Python would."""
    texts = {row.id: f"{row.title} {row.problem} {row.wish}" for row in await _all(session)}
    best = process.extract(
        " ".join(words), texts, scorer=fuzz.token_set_ratio, limit=SHOWN_PROPOSALS
    )
    return [proposal_id for _text, _score, proposal_id in best]


async def by_weighing(session: Session, _person: Person, words: Text, _now: datetime) -> list[int]:
    """Load everything and weigh all of it as the bot weighs its candidates: the best there are."""
    mine = wording(*words)
    weighed = [
        (likeness(mine, wording(row.title, row.problem, row.wish)), row.id)
        for row in await _all(session)
    ]
    best = sorted((one for one in weighed if one[0] >= ALIKE_FROM), reverse=True)
    return [proposal_id for _score, proposal_id in best[:SHOWN_PROPOSALS]]


WAYS: dict[str, tuple[Way, int]] = {
    "pieces": (by_pieces, ROUNDS),
    "comparing": (by_comparing, ROUNDS),
    "weighing": (by_weighing, WHOLE_ROUNDS),
}


async def run(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Build once; search in each way for the same words, each in a transaction of its own."""
    await town.found(options.database)
    engine = open_engine(options.database)
    sessions = open_sessions(engine, Vault.from_text(Vault.new_key()))
    community = Community(options.proposals)
    await build(engine, community)
    written = [community.text() for _ in range(ROUNDS)]
    person = Person(AUTHOR, 1, "居民", "zh_Hans", COMMUNITY, "/1/", registered=True)
    found: list[dict[str, Any]] = []
    chosen: dict[str, list[list[int]]] = {}
    for way, (search, rounds) in WAYS.items():
        seconds = []
        chosen[way] = []
        for words in written[:rounds]:
            async with transaction(sessions) as session:
                began = time.perf_counter()
                chosen[way].append(await search(session, person, words, community.now))
                seconds.append(time.perf_counter() - began)
        found.append({"way": way, "seconds": seconds[1:]})
    scores = [_lost(community, words, chosen, place) for place, words in enumerate(written)]
    known = [lost for lost in scores[:WHOLE_ROUNDS] if lost is not None]
    found[0]["lost"] = sum(known) / len(known) if known else None
    await engine.dispose()
    return found


def _lost(
    community: Community, words: Text, chosen: dict[str, list[list[int]]], place: int
) -> float | None:
    """Give by how many points of likeness what was found falls short of the best, on average."""
    if place >= len(chosen["weighing"]):
        return None
    ours, best = (
        sum(likeness(wording(*words), wording(*community.texts[one - 1])) for one in ids)
        for ids in (chosen["pieces"][place], chosen["weighing"][place])
    )
    return (best - ours) / max(1, len(chosen["weighing"][place]))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", help="not used")
    parser.add_argument("--database", required=True)
    parser.add_argument("--proposals", type=int, required=True)
    set_up(LogFormat.TEXT, "WARNING")
    print(json.dumps(uvloop.run(run(parser.parse_args()))))


if __name__ == "__main__":
    main()
