"""The seeded demo community: who holds a phone on the sandbox page."""

from dataclasses import asdict, dataclass

from sandbox.wire import Json

BOT_USERNAME = "linli_demo_bot"
BOT_FIRST_NAME = "邻里"
DEMO_TOKEN = "7000001:sandbox-token-for-local-play-only-00"  # noqa: S105  # opens nothing real


@dataclass(frozen=True, slots=True)
class Phone:
    """A person's Telegram account and how the page introduces it, in Chinese and in English."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "zh-hans"
    label_zh: str = ""
    label_en: str = ""
    note_zh: str = ""
    note_en: str = ""

    def user(self) -> Json:
        """The Bot API's User object."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user

    def private_chat(self) -> Json:
        """The Bot API's Chat object of this person's private chat."""
        chat = self.user()
        del chat["is_bot"]
        chat.pop("language_code", None)
        chat["type"] = "private"
        return chat

    def card(self) -> Json:
        """The "person" object of the page protocol."""
        return asdict(self)


DEMO_PEOPLE: tuple[Phone, ...] = (
    Phone(
        id=1001,
        first_name="王秀英",
        username="wang_xiuying",
        label_zh="居民",
        label_en="Resident",
        note_zh="七十六岁，独居，住五号楼",
        note_en="76, lives alone in building 5",
    ),
    Phone(
        id=1002,
        first_name="Emma",
        last_name="Clarke",
        username="emma_clarke",
        language_code="en",
        label_zh="居民",
        label_en="Resident",
        note_zh="外籍居民，读英文",
        note_en="Moved here from abroad, reads English",
    ),
    Phone(
        id=1003,
        first_name="李强",
        username="li_qiang",
        label_zh="志愿者",
        label_en="Volunteer",
        note_zh="会水电维修，晚上有空",
        note_en="Handy with pipes and wiring, free in the evening",
    ),
    Phone(
        id=1004,
        first_name="陈静",
        username="chen_jing",
        label_zh="志愿者",
        label_en="Volunteer",
        note_zh="护士，周末有空",
        note_en="A nurse, free at weekends",
    ),
    Phone(
        id=1005,
        first_name="赵敏",
        username="zhao_min",
        label_zh="网格员",
        label_en="Grid worker",
        note_zh="管一至五号楼",
        note_en="Looks after buildings 1 to 5",
    ),
    Phone(
        id=1006,
        first_name="周正",
        username="zhou_zheng",
        label_zh="书记",
        label_en="Secretary",
        note_zh="社区党支部书记",
        note_en="Secretary of the community's party branch",
    ),
    Phone(
        id=1007,
        first_name="孙丽",
        username="sun_li",
        label_zh="街道干部",
        label_en="Street office",
        note_zh="桂花街道，为紧急通知做第二道审核",
        note_en="Guihua Street; the second pair of eyes for an emergency",
    ),
    Phone(
        id=1008,
        first_name="何平",
        username="he_ping",
        label_zh="管理员",
        label_en="Admin",
        note_zh="管辖区和角色：试试 /places 和 /roles",
        note_en="Looks after places and roles: try /places and /roles",
    ),
)
