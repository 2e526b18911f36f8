"""Opening a database: what is wrong with it, in a line that holds no password."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from models.database import UnavailableError, async_url, code_of, is_unavailable

SQLITE_SAYS = {
    "NOTADB": "is not an SQLite database",
    "CORRUPT": "is a damaged SQLite database: bring back a copy",
    "CANTOPEN": "cannot be opened: it takes a file in a folder that this user may write to",
    "READONLY": "cannot be written: it takes a file in a folder that this user may write to",
    "PERM": "cannot be written: it takes a file in a folder that this user may write to",
    "AUTH": "cannot be written: it takes a file in a folder that this user may write to",
    "BUSY": "is locked by another process",
    "LOCKED": "is locked by another process",
    "PROTOCOL": "is locked by another process",
    "FULL": "cannot grow: the disk is full",
    "IOERR": "cannot be read or written: the disk fails",
}
"""By the beginning of SQLite's result codes (sqlite.org/rescode.html)."""

POSTGRESQL_SAYS = {
    "28": "refuses this user or password",
    "3D": "has no database of this name",
    "3F": "has no schema to keep tables in",
    "42501": "does not let this user make tables",
    "40P01": "is in use by others, a copy that is being made perhaps",
    "55P03": "is in use by others, a copy that is being made perhaps",
    "53": "has no room for another connection",
    "57P": "is starting or stopping",
    "25006": "is read-only: it takes the primary server",
}
"""By the beginning of an SQLSTATE (PostgreSQL, appendix A)."""

WRONG_URL = "takes sqlite:///path/to/file or postgresql://user:password@host/name"


def complaint(url: str, error: BaseException) -> str | None:
    """Return what is wrong with a database that could not be opened; None for any other error."""
    if isinstance(error, UnavailableError) and error.__cause__ is not None:
        error = error.__cause__
    if isinstance(error, ArgumentError | NoSuchModuleError):
        return WRONG_URL
    parsed = make_url(async_url(url))
    if parsed.get_backend_name() == "sqlite":
        return _of_file(parsed, error)
    return _of_server(parsed, error)


SET_WRONG = ("SQLITE_CANTOPEN", "SQLITE_READONLY")
"""What SQLite says of a file that is named wrong, or is somebody else's."""


def comes_back(url: str, error: BaseException | None) -> bool:
    """Return whether a database that could not be opened may be there later without us.

    A server that starts, a disk with room again; not a wrong name, password or file.
    """
    if isinstance(error, OSError):
        return make_url(async_url(url)).get_backend_name() != "sqlite"
    if error is None or not is_unavailable(error):
        return False
    return not code_of(error).startswith(SET_WRONG)


def missing_file(url: str) -> Path | None:
    """Return the SQLite file that a URL names, where there is none yet."""
    path = file_of(url)
    return None if path is None or path.exists() else path


def file_of(url: str) -> Path | None:
    """Return the SQLite file that a URL names; None where it names none."""
    try:
        parsed = make_url(async_url(url))
    except ArgumentError:
        return None
    if parsed.get_backend_name() != "sqlite" or parsed.database in {None, "", ":memory:"}:
        return None
    return Path(str(parsed.database))


def _of_file(url: URL, error: BaseException) -> str | None:
    if isinstance(error, OSError):
        return f"{error.filename or url.database} {SQLITE_SAYS['CANTOPEN']}"
    if not isinstance(error, DBAPIError):
        return None
    name = str(getattr(error.orig, "sqlite_errorname", "")).removeprefix("SQLITE_")
    said = next((said for code, said in SQLITE_SAYS.items() if name.startswith(code)), None)
    return f"{url.database} {said}" if said else None


def _of_server(url: URL, error: BaseException) -> str | None:
    port = f":{url.port}" if url.port else ""
    server = f"the server {url.host or 'here'}{port}"
    driver = error.orig if isinstance(error, DBAPIError) else error
    state = str(getattr(driver, "sqlstate", None) or "")
    for beginning, said in POSTGRESQL_SAYS.items():
        if state.startswith(beginning):
            return f"{server} {said}"
    if isinstance(error, OSError | PoolTimeoutError) or state.startswith("08"):
        return f"{server} cannot be reached ({type(error).__name__})"
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return f"{server} broke the connection off"
    if url.query and isinstance(error, TypeError | ValueError | InterfaceError):
        return (
            f"takes options of asyncpg, like ssl=require, and these are not: {', '.join(url.query)}"
        )
    return None
