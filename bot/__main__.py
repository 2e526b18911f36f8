"""The command line: `python -m bot`."""

import gc
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.logs import set_up
from bot.settings import MOST_PORT, Settings, SettingsError, load
from models.keeping.manifest import BackupError
from models.vault import Vault

cli = typer.Typer(
    help="Linli 邻里: the bot through which a neighbourhood looks after itself.",
    add_completion=False,
    pretty_exceptions_enable=False,
)

BAD_SETTING = 2
"""Exit code when a setting is wrong."""


def _settings() -> Settings:
    settings = load()
    set_up(settings.log_format, settings.log_level)
    return settings


def _run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    import uvloop

    uvloop.run(work())


@contextmanager
def loading() -> Iterator[None]:
    """Let the garbage collector rest while modules are loaded, and pass over them ever after.

    They stay to the end: walking through them takes a sixth of the start, and each full collection
    afterwards a tenth of a second in which every turn would wait (measured with 230 MiB loaded).
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@cli.command()
def run() -> None:
    """Run the bot: against Telegram with BOT_TOKEN, else in the sandbox."""
    settings = _settings()
    if settings.bot_token is None:
        sandbox(settings.sandbox_port)
        return

    async def work() -> None:
        with loading():
            from bot import serve

        await serve.run(settings, serve.stop_on_signals())

    _run(work)


@cli.command()
def sandbox(
    port: Annotated[
        int | None,
        typer.Option(help="Port; SANDBOX_PORT if not given."),
    ] = None,
) -> None:
    """Play the bot in the sandbox: a demo neighbourhood in the browser, no token needed."""
    settings = _settings()
    if port is not None and not 0 <= port <= MOST_PORT:
        raise SettingsError(f"--port: takes 0 to {MOST_PORT}")

    async def work() -> None:
        with loading():
            from bot import playground, serve

        stopping = serve.stop_on_signals()
        await playground.play(settings, stopping, settings.sandbox_port if port is None else port)

    _run(work)


@cli.command()
def migrate() -> None:
    """Bring the database to the present schema."""
    settings = _settings()

    async def work() -> None:
        from bot import serve

        await serve.bring_up_to_date(settings)

    _run(work)
    typer.echo("The database is up to date.")


@cli.command("admin-code")
def admin_code() -> None:
    """Print a one-time code: whoever sends it to the bot first becomes an admin."""
    settings = _settings()

    async def work() -> None:
        from bot import serve
        from bot.keys import open_vault
        from bot.opening import opened
        from models.database import open_sessions, transaction
        from models.roles.actions.codes import make_admin_code

        vault = open_vault(settings)
        await serve.bring_up_to_date(settings)
        async with (
            opened(settings) as engine,
            transaction(open_sessions(engine, vault)) as session,
        ):
            code = await make_admin_code(session, datetime.now(UTC))
        typer.echo(f"Send this to the bot within 30 minutes, once:\n\n  /admin {code}\n")

    _run(work)


@cli.command("new-key")
def new_key() -> None:
    """Print a fresh ENCRYPTION_KEY for personal data."""
    typer.echo(Vault.new_key())


@cli.command()
def policy() -> None:
    """Print the policy in force as a file for POLICY_FILE: save it and change what you like."""
    settings = _settings()
    from bot.policy import in_force, page

    typer.echo(page(in_force(settings)), nl=False)


@cli.command()
def doctor() -> None:
    """Check token, database, zone, policy, fonts and clock; exit code 1 if something is wrong."""
    settings = _settings()
    well = True

    async def work() -> None:
        from bot.doctor import Health, examine

        nonlocal well
        async for line in examine(settings):
            typer.echo(f"{line.health:<4} {line.name}: {line.told}")
            well = well and line.health is not Health.BAD

    _run(work)
    if not well:
        raise typer.Exit(1)


@cli.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it; an older one is replaced.")],
) -> None:
    """Write a backup of the database, also while the bot runs. The key is never in it."""
    _say(lambda settings, keeping: keeping.make_backup(settings, file))


@cli.command("rotate-key")
def rotate_key() -> None:
    """Seal everything anew under a new key, also while the bot runs; once more goes on with it."""
    _say(lambda settings, keeping: keeping.rotate(settings))


@cli.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")],
    verify: Annotated[
        bool, typer.Option("--verify", help="Only try it, in a place apart; nothing is changed.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of what is there now.")
    ] = False,
) -> None:
    """Bring a backup back, without those who have left since it was made."""
    if verify:
        _say(lambda settings, keeping: keeping.try_backup(settings, file))
    else:
        _say(lambda settings, keeping: keeping.bring_back(settings, file, replace=replace))


def _say(command: Callable[[Settings, Any], Coroutine[Any, Any, list[str]]]) -> None:
    """Run a command of `bot.keeping` and print what it has to say."""
    settings = _settings()

    async def work() -> None:
        from bot import keeping

        typer.echo("\n".join(await command(settings, keeping)))

    _run(work)


@cli.command()
def recount(
    vote: Annotated[int, typer.Argument(help="The vote's number, as on the timeline.", min=1)],
) -> None:
    """Count a vote once more, beside what was published; exit code 1 if they do not agree."""
    settings = _settings()
    lines: list[str] = []
    agrees = False

    async def work() -> None:
        from bot.recounting import count_again

        nonlocal lines, agrees
        lines, agrees = await count_again(settings, vote)

    _run(work)
    typer.echo("\n".join(lines))
    if not agrees:
        raise typer.Exit(1)


def main() -> None:
    """Run a command; a wrong setting, or a wrong use of one, ends in one line that names it."""
    try:
        code = cli(sys.argv[1:] or ["--help"], standalone_mode=False)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(BAD_SETTING) from None
    except BackupError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(1) from None
    except typer.TyperException as error:
        told = error.format_message() if isinstance(error, typer.BadParameter) else str(error)
        sys.stderr.write(" ".join(f"{told.rstrip('.')}; see `python -m bot --help`".split()) + "\n")
        raise SystemExit(BAD_SETTING) from None
    except typer.Abort:
        raise SystemExit(1) from None
    raise SystemExit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
