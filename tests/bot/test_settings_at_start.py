"""A wrong setting ends a command in one line that names it, and in exit code 2."""

import asyncio
import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.processes import Start, from_scratch
from bot import playground
from bot.__main__ import BAD_SETTING, main
from bot.doctor import Health, examine
from bot.opening import ready
from bot.recounting import count_again
from bot.serve import bring_up_to_date
from bot.settings import Settings, SettingsError, load
from models.sole import sole_process
from models.vault import Vault
from tests.bot.gateway import HTML, gateway, http, result, said
from tests.waiting import PATIENCE
from tests.zygote import Zygote

TOKEN = "7000001:AAFake_Token_for_a_start_0123456789"
ROOT = Path(__file__).parent.parent.parent


def settings(database_url: str, **more: object) -> Settings:
    given = {"database_url": database_url, "encryption_key": Vault.new_key(), **more}
    return Settings(_env_file=None, **given)


def one_line(error: pytest.ExceptionInfo[SettingsError], says: str) -> None:
    told = str(error.value)
    assert told.startswith("DATABASE_URL: ")
    assert says in told
    assert "\n" not in told
    assert "geheim" not in told


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "notes.txt"
    path.write_text("This is no database, and longer than the hundred bytes of a header. " * 3)
    return path


BROKEN_FILES = {
    "no database": ("{text}", "is not an SQLite database"),
    "a folder": ("{folder}", "cannot be opened"),
    "a folder that cannot be made": ("{text}/below/it.sqlite3", "cannot be opened"),
    "a file that cannot be made": ("/proc/linli.sqlite3", "cannot be opened"),
}


@pytest.mark.parametrize("kind", BROKEN_FILES)
async def test_a_file_that_cannot_be_opened(kind: str, text_file: Path) -> None:
    path, says = BROKEN_FILES[kind]
    url = "sqlite:///" + path.format(text=text_file, folder=text_file.parent)
    with pytest.raises(SettingsError) as error:
        await bring_up_to_date(settings(url))
    one_line(error, says)


@pytest.mark.parametrize("locked", [True, False])
async def test_a_file_that_others_hold_or_nobody_may_write(
    tmp_path: Path, locked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    monkeypatch.setattr("models.sqlite.LOCKED_WAIT_SECONDS", 0.05)
    path = tmp_path / "linli.sqlite3"
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE t (a)")
        if locked:
            other.execute("BEGIN EXCLUSIVE")
        url = f"sqlite:///{path}" if locked else f"sqlite:///file:{path}?mode=ro&uri=true"
        with pytest.raises(SettingsError) as error:
            await bring_up_to_date(settings(url))
    other.close()
    one_line(error, "locked by another" if locked else "cannot be written")


async def test_what_is_only_looked_at_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "below" / "linli.sqlite3"
    wanted = settings(f"sqlite:///{path}")
    with pytest.raises(SettingsError, match=r"DATABASE_URL: there is no .*migrate"):
        await count_again(wanted, 3)
    told = {finding.name: finding.told async for finding in examine(wanted)}
    assert "there is no" in told["database"]
    assert not path.parent.exists()


async def test_a_database_without_tables_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.sqlite3").touch()
    with pytest.raises(SettingsError, match="not migrated"):
        async with ready(settings(f"sqlite:///{tmp_path / 'empty.sqlite3'}")):
            pytest.fail("opened")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": "nobody_made_it"}, "no database of this name"),
        ({"user": "nobody"}, "refuses this user or password"),
        ({"port": 1}, "cannot be reached"),
        ({"host": "nohost.invalid"}, "cannot be reached"),
        ({"query": "?sslmode=require"}, "asyncpg"),
        ({"query": "?ssl=perhaps"}, "asyncpg"),
    ],
)
async def test_a_server_that_cannot_be_opened(
    database_url: str, change: dict[str, object], says: str
) -> None:
    from sqlalchemy.engine import make_url

    url = make_url(database_url)
    if "host" in change or "port" in change:
        url = url.set(host=str(change.get("host", "127.0.0.1")), port=change.get("port", 5432))
        url = url.set(query={})
    if "name" in change:
        url = url.set(database=str(change["name"]))
    if "user" in change:
        url = url.set(username=str(change["user"]), password="geheim")
    text = url.render_as_string(hide_password=False)
    text += str(change.get("query", ""))
    with pytest.raises(SettingsError) as error:
        await bring_up_to_date(settings(text))
    one_line(error, says)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "token"),
        ("TELEGRAM_API_URL", "http://telegram:99999"),
        ("TELEGRAM_API_URL", "http://:80"),
        ("TELEGRAM_API_URL", "http://[::1"),
        ("TELEGRAM_PROXY", "socks5://host"),
        ("TELEGRAM_PROXY", "socks5://host:99999"),
        ("TELEGRAM_PROXY", "ftp://host:21"),
        ("DATABASE_URL", "mysql://host/name"),
        ("DATABASE_URL", "sqlite+aiosqlite:///data/linli.sqlite3"),
        ("DATABASE_URL", "postgresql+psycopg2://host/name"),
        ("DATABASE_URL", "postgresql://user:geheim@host:99999/name"),
        ("DATABASE_URL", "postgresql://user:geheim@host:port/name"),
        ("DATABASE_URL", "postgresql://user:geheim@[::1/name"),
        ("WEBHOOK_PORT", "99999"),
        ("WEBHOOK_PORT", "-1"),
        ("WEBHOOK_PORT", "http"),
        ("SANDBOX_PORT", "65536"),
        ("WEBHOOK_URL", "example.org"),
        ("DEFAULT_LANGUAGE", "xx"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("TIME_ZONE", "Asia"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
        ("ENCRYPTION_KEY", "geheim"),
        ("BOT_TOKEN_FILE", "/nowhere/token"),
        ("BOT_TOKEN_FILE", "/proc"),
    ],
)
def test_a_setting_is_named_in_one_line(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        load()
    told = str(error.value)
    assert told.startswith(f"{name}: ")
    assert "\n" not in told
    assert "geheim" not in told


@pytest.mark.parametrize("content", [b"\xff\xfe\x00B", b"LOG_LEVEL=\xe9\n"])
def test_an_env_file_that_cannot_be_read_is_named(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match=r"^\.env: takes a readable text file$"):
        load()


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (http(200, HTML, "text/html"), "not as the Bot API does"),
        (http(502, HTML, "text/html"), "answers 502, but not as the Bot API does"),
        (http(404, HTML, "text/html"), "answers 404, but not as the Bot API does"),
        (http(200, '{"ok": tr'), "not as the Bot API does"),
        (http(200, "[]"), "not as the Bot API does"),
        (said(401), "does not know this token"),
        (said(404), "does not know this token"),
        (said(429), "answers 429 for now"),
        (said(500), "answers 500 for now"),
        (b"", "cannot be reached"),
        (b"no HTTP\r\n", "cannot be reached"),
        (result(None), "@?"),
    ],
)
async def test_the_doctor_tells_one_trouble_from_another(answer: bytes, says: str) -> None:
    async with gateway(lambda *_: answer) as (url, _):
        assert says in await token_of(url)


async def test_the_doctor_names_the_proxy() -> None:
    async with gateway(lambda *_: http(403, HTML, "text/html")) as (url, _):
        proxied = await token_of("http://127.0.0.1:9", telegram_proxy=url)
    assert "TELEGRAM_PROXY" in proxied
    gone = await token_of("http://127.0.0.1:9", telegram_proxy="socks5://127.0.0.1:9")
    assert "TELEGRAM_PROXY" in gone
    assert "cannot be reached" in await token_of("http://127.0.0.1:9")


async def token_of(url: str, **more: object) -> str:
    wanted = settings("sqlite:////proc/none", bot_token=TOKEN, telegram_api_url=url, **more)
    async for finding in examine(wanted):
        assert finding.name == "token"
        assert finding.health is (Health.FINE if "@" in finding.told else Health.BAD)
        return finding.told
    raise AssertionError


@dataclass
class Ended:
    """What a program has said until its end."""

    code: int
    output: str
    errors: str


def ended(start: Start, *words: str, folder: Path, **env: str) -> Ended:
    """Run a program as somebody would, in a folder without `.env`."""
    variables = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **env}
    told = folder / "errors.txt"
    with told.open("w", encoding="utf-8") as errors:
        process = start(["-m", *words], folder, variables, errors)
    try:
        code = process.wait(PATIENCE)
    finally:
        process.kill()
    assert process.stdout is not None
    with process.stdout:
        return Ended(code, process.stdout.read(), told.read_text(encoding="utf-8"))


def of_no_database(start: Start, text_file: Path, *words: str) -> None:
    """Hold that a command says in one line that the file is no database."""
    url = f"sqlite:///{text_file}"
    env = {"DATABASE_URL": url, "BOT_TOKEN": TOKEN, "ENCRYPTION_KEY": Vault.new_key()}
    found = ended(start, "bot", *words, folder=text_file.parent, **env)
    assert found.code == BAD_SETTING
    assert found.errors == f"DATABASE_URL: {text_file} is not an SQLite database\n"
    assert found.output == ""


@pytest.mark.parametrize("words", [("migrate",), ("recount", "3"), ("admin-code",)])
def test_a_command_ends_in_one_line_and_exit_code_2(
    words: tuple[str, ...], text_file: Path, zygote: Zygote
) -> None:
    of_no_database(zygote.start, text_file, *words)


def test_so_does_an_interpreter_of_its_own(text_file: Path) -> None:
    of_no_database(from_scratch, text_file, "run")


def test_a_port_that_is_taken_is_named_by_its_setting(tmp_path: Path, zygote: Zygote) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        found = ended(zygote.start, "bot", "run", folder=tmp_path, SANDBOX_PORT=port)
    assert found.code == BAD_SETTING
    assert found.errors.splitlines()[-1].startswith("SANDBOX_PORT: takes a free port")


@pytest.mark.parametrize("port", ["99999", "-1", "taken"])
def test_the_sandbox_alone_names_its_port(port: str, tmp_path: Path, zygote: Zygote) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = str(taken.getsockname()[1]) if port == "taken" else port
        found = ended(zygote.start, "sandbox", f"--port={number}", folder=tmp_path)
    assert found.code == BAD_SETTING
    assert found.errors.startswith("--port: takes a free port")
    assert found.errors.count("\n") == 1


async def test_a_second_sandbox_leaves_the_first_one_s_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first = playground.played(Settings(_env_file=None), "http://127.0.0.1:1")
    url = first.database_url.get_secret_value()
    async with sole_process(url, asyncio.Event()):
        playground.DATABASE.write_text("in use")
        with pytest.raises(SettingsError, match="taken by another sandbox"):
            playground.played(Settings(_env_file=None), "http://127.0.0.1:1")
        assert playground.DATABASE.read_text() == "in use"
    playground.played(Settings(_env_file=None), "http://127.0.0.1:1")
    assert not playground.DATABASE.exists()


WRONG_USES = {
    "a number that is none": (["recount", "abc"], "'vote'"),
    "a number below the first": (["recount", "0"], "'vote'"),
    "an argument that is missing": (["recount"], "vote"),
    "one argument too many": (["migrate", "now"], "now"),
    "no such command": (["fly"], "fly"),
    "no such option": (["run", "--fast"], "--fast"),
    "an option without its value": (["sandbox", "--port"], "--port"),
    "a port that is no number": (["sandbox", "--port", "eighty"], "'--port'"),
}


@pytest.mark.usefixtures("own_logging")
@pytest.mark.parametrize("kind", WRONG_USES)
def test_a_wrong_use_ends_in_one_line(
    kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, names = WRONG_USES[kind]
    monkeypatch.setattr(sys, "argv", ["bot", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == BAD_SETTING
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert names in told.err.lower()


def test_no_command_at_all_shows_what_there_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bot"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert "admin-code" in capsys.readouterr().out
