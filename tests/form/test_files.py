"""Documents and videos as answers: beside other kinds, and collected as photos are."""

import pytest
from aiogram.types import Animation, Document, Video, VideoNote

from handlers.form import File, FileKind, Photo, Voice
from tests.form import sample
from tests.form.phone import Phone
from tests.form.test_walk import STICKER, photo, voice

INVOICE = Document(file_id="d", file_unique_id="ud", file_name="\u202einvoice.pdf")
CLIP = Video(file_id="v", file_unique_id="uv", width=1, height=1, duration=3)
ROUND = VideoNote(file_id="n", file_unique_id="un", length=1, duration=3)


async def test_a_file_is_an_answer_with_its_words(phone: Phone) -> None:
    await phone.send("!test.files")
    await phone.send(document=INVOICE, caption="paid")
    assert "✓ 📎 paid" in phone.chat[-2].text
    assert "What shows it?" in phone.last.text


async def test_anything_that_shows_something_is_collected(phone: Phone) -> None:
    await phone.send("!test.files")
    await phone.send("a note")
    await phone.send(photo=photo("a"))
    assert "1 photo so far" in phone.last.text
    await phone.send(document=INVOICE)
    assert "2 received so far" in phone.last.text
    await phone.send(document=INVOICE)
    assert "2 received so far" in phone.last.text, "the same file counts once"
    await phone.send(video_note=ROUND)
    await phone.send(video=CLIP)
    assert "3 are the most" in phone.last.text
    await phone.tap("Done")
    assert "1 photo, 2 files" in phone.last.text
    await phone.tap("Send")
    assert sample.finished[-1][1] == {
        "note": "a note",
        "proof": [
            Photo("a", "ua"),
            File(FileKind.DOCUMENT, "d", "ud", "", "invoice.pdf"),
            File(FileKind.VIDEO_NOTE, "n", "un"),
        ],
    }


async def test_an_album_of_documents_and_a_voice(phone: Phone) -> None:
    await phone.send("!test.files")
    await phone.send("a note")
    await phone.send(document=INVOICE, media_group_id="album")
    await phone.send(
        document=INVOICE.model_copy(update={"file_id": "e", "file_unique_id": "ue"}),
        media_group_id="album",
    )
    await phone.send(voice=voice(3))
    await phone.tap("Done")
    assert "2 files, 1 voice message" in phone.last.text
    await phone.tap("Send")
    kinds = [type(one) for one in sample.finished[-1][1]["proof"]]
    assert kinds == [File, File, Voice]


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": STICKER},
        {
            "animation": Animation(file_id="g", file_unique_id="ug", width=1, height=1, duration=1),
            "document": Document(file_id="g", file_unique_id="ug"),
        },
        {"text": "no file"},
    ],
)
async def test_what_shows_nothing_is_refused_with_what_serves(
    phone: Phone, content: dict[str, object]
) -> None:
    await phone.send("!test.files")
    await phone.send("a note")
    await phone.send(**content)
    assert "photos, files, videos or voice messages" in phone.last.text
    assert not sample.finished
