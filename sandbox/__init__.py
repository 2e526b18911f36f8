"""A stand-in for Telegram's Bot API, with a chat page in the browser.

One event loop holds one `World`: bots by token, people with phones, chats, files and a clock that
can be moved. Bots reach it over HTTP with Telegram's own paths (`/bot<token>/<method>`), people
through `World.person(id)` or the page's endpoints (`/sandbox/...`). Nothing is stored on disk, and
the room knows nothing of the bot it serves.
"""
