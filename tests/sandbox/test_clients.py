"""Both libraries understand everything the sandbox says."""

import telegram
from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
)

from sandbox.person import Person
from sandbox.samples import picture
from sandbox.world import World

BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="好", callback_data="yes")]]
)


async def test_aiogram_talks_with_a_person(aiogram_bot: Bot, world: World) -> None:
    assert (await aiogram_bot.get_me()).username == "linli_demo_bot"
    person = world.person(1002)
    person.start("b5")
    [update] = await aiogram_bot.get_updates()
    assert update.message
    assert update.message.text == "/start b5"
    assert update.message.from_user
    assert update.message.from_user.language_code == "en"

    sent = await aiogram_bot.send_message(
        1002, "<b>hello</b>", parse_mode="HTML", reply_markup=BUTTONS
    )
    assert sent.entities
    assert sent.entities[0].type == "bold"
    person.press(sent.message_id, "yes")
    [update] = await aiogram_bot.get_updates(offset=update.update_id + 1)
    assert update.callback_query
    assert update.callback_query.data == "yes"
    assert await aiogram_bot.answer_callback_query(update.callback_query.id, "thanks")
    edited = await aiogram_bot.edit_message_text("done", chat_id=1002, message_id=sent.message_id)
    assert isinstance(edited, type(sent))
    assert edited.reply_markup is None
    assert person.messages[-1]["text"] == "done"


async def test_python_telegram_bot_talks_with_a_person(ptb_bot: telegram.Bot, world: World) -> None:
    person = world.person(1001)
    person.start()
    person.send_location(31.2, 121.5)
    person.send_contact("13800000000")
    person.send_sticker()
    updates = await ptb_bot.get_updates()
    assert [bool(update.message) for update in updates] == [True] * 4
    assert updates[1].message
    assert updates[1].message.location
    markup = telegram.InlineKeyboardMarkup(
        [[telegram.InlineKeyboardButton("x", callback_data="y")]]
    )
    sent = await ptb_bot.send_message(1001, "*hi*", parse_mode="MarkdownV2", reply_markup=markup)
    assert sent.text == "hi"
    assert sent.reply_markup == markup
    await ptb_bot.edit_message_reply_markup(1001, sent.message_id)
    assert "reply_markup" not in person.messages[-1]
    assert await ptb_bot.delete_message(1001, sent.message_id)
    assert person.messages[-1]["message_id"] != sent.message_id


async def test_pictures_go_both_ways(
    aiogram_bot: Bot, ptb_bot: telegram.Bot, elder: Person
) -> None:
    received = elder.send_photo(caption="水管")
    [update] = await aiogram_bot.get_updates()
    assert update.message
    assert update.message.photo
    assert update.message.caption == "水管"
    assert len(update.message.photo) > 1
    file = await aiogram_bot.get_file(update.message.photo[-1].file_id)
    assert file.file_path
    stream = await aiogram_bot.download_file(file.file_path)
    assert stream
    assert stream.read() == picture()

    again = await ptb_bot.send_photo(1001, received["photo"][-1]["file_id"], caption="收到")
    assert again.photo[-1].file_unique_id == received["photo"][-1]["file_unique_id"]
    downloaded = await (await ptb_bot.get_file(again.photo[-1].file_id)).download_as_bytearray()
    assert bytes(downloaded) == picture()

    uploaded = await ptb_bot.send_document(1001, b"a,b\n", filename="表.csv")
    assert uploaded.document
    assert uploaded.document.file_name == "表.csv"
    voice = await aiogram_bot.send_voice(1001, BufferedInputFile(b"OggS", "v.ogg"), duration=7)
    assert voice.voice
    assert voice.voice.duration == 7


async def test_an_album(aiogram_bot: Bot, elder: Person) -> None:
    photo = BufferedInputFile(picture(), "a.png")
    album = await aiogram_bot.send_media_group(
        1001, [InputMediaPhoto(media=photo, caption="one"), InputMediaPhoto(media=photo)]
    )
    assert len({message.media_group_id for message in album}) == 1
    assert [message.caption for message in album] == ["one", None]


async def test_every_read_parses(aiogram_bot: Bot, ptb_bot: telegram.Bot, elder: Person) -> None:
    group = elder.world.add_group("五号楼", [1001, 1003])
    group.admins.add(1003)
    assert (await aiogram_bot.get_chat(1001)).first_name == "王秀英"
    assert (await ptb_bot.get_chat(group.id)).title == "五号楼"
    assert (await ptb_bot.get_chat_member(group.id, 1003)).status == "administrator"
    assert (await aiogram_bot.get_chat_member(1001, 1001)).status == "member"
    assert len(await ptb_bot.get_chat_administrators(group.id)) == 1
    assert await ptb_bot.get_chat_member_count(group.id) == 3
    assert (await ptb_bot.get_user_profile_photos(1001)).total_count == 0
    assert (await ptb_bot.get_chat_menu_button()).type == "commands"
    assert (await aiogram_bot.get_my_name()).name == "邻里"
    assert not (await ptb_bot.get_webhook_info()).url


async def test_forward_copy_react_pin(
    aiogram_bot: Bot, ptb_bot: telegram.Bot, elder: Person
) -> None:
    elder.world.person(1003).start()
    told = elder.send_text("停水了")["message_id"]
    forwarded = await aiogram_bot.forward_message(1003, 1001, told)
    assert forwarded.forward_origin
    assert forwarded.text == "停水了"
    copied = await ptb_bot.copy_message(1003, 1001, told)
    assert elder.world.person(1003).messages[-1]["message_id"] == copied.message_id
    assert await ptb_bot.set_message_reaction(1001, told, "👍")
    assert elder.chat.reactions[told][0]["emoji"] == "👍"
    assert await aiogram_bot.pin_chat_message(1001, told)
    pinned = (await ptb_bot.get_chat(1001)).pinned_message
    assert pinned
    assert pinned.message_id == told
    assert await aiogram_bot.unpin_chat_message(1001)


async def test_commands_fall_back(aiogram_bot: Bot, world: World) -> None:
    first = [BotCommand(command="help", description="帮助")]
    english = [BotCommand(command="help", description="Help")]
    await aiogram_bot.set_my_commands(first)
    await aiogram_bot.set_my_commands(english, language_code="en")
    assert world.person(1002).commands() == [{"command": "help", "description": "Help"}]
    assert world.person(1001).commands() == [{"command": "help", "description": "帮助"}]
    await aiogram_bot.set_my_commands(
        [BotCommand(command="desk", description="工作台")],
        scope={"type": "chat", "chat_id": 1005},  # type: ignore[arg-type]  # as JSON has it
    )
    assert [c["command"] for c in world.person(1005).commands()] == ["desk"]
    assert await aiogram_bot.get_my_commands(language_code="zh") == []
    await aiogram_bot.delete_my_commands(language_code="en")
    assert world.person(1002).commands()[0]["description"] == "帮助"


async def test_a_mention_names_the_person(ptb_bot: telegram.Bot, elder: Person) -> None:
    text = '<a href="tg://user?id=1003">李强</a> <a href="tg://user?id=5">谁</a>'
    sent = await ptb_bot.send_message(1001, text, parse_mode="HTML")
    [mention] = sent.entities
    assert mention.user
    assert mention.user.first_name == "李强"
