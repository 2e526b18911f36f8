"""What puts the bot up names what is there, and everything that runs."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from bot.__main__ import BAD_SETTING
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


def read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def copied() -> set[str]:
    """What the image is given of the repository."""
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", read("Dockerfile"), re.MULTILINE)
    return {name for line in lines for name in line.split()}


def test_the_image_holds_every_room_and_what_they_read() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rooms = set(project["tool"]["importlinter"]["root_packages"])
    assert rooms | {"locales", "migrations", "alembic.ini", "pyproject.toml"} <= copied()
    assert [name for name in copied() if not (ROOT / name).exists()] == []


def test_the_image_is_given_what_it_copies_and_no_more() -> None:
    kept = set(re.findall(r"^!(\S+)$", read("Dockerfile.dockerignore"), re.MULTILINE))
    assert kept == copied()


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yml", "linli.service"])
def test_settings_named_there_are_settings(name: str) -> None:
    known = {setting.upper() for setting in Settings.model_fields}
    known |= {f"{setting}_FILE" for setting in known}
    others = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
    found = re.findall(r"^(?:Environment=|ENV |      |    )([A-Z_]+)[=:]", read(name), re.MULTILINE)
    ours = {setting for setting in found if not setting.startswith("POSTGRES_")}
    assert ours
    assert ours - others <= known


def test_the_health_check_asks_whether_it_lives() -> None:
    """Not whether it is ready: a container started anew mends no database that is away."""
    (command,) = re.findall(r"HEALTHCHECK .+\n +CMD (\[.+\])", read("Dockerfile"))
    program = json.loads(command)[-1]
    assert "/livez" in program
    compile(program, "HEALTHCHECK", "exec")


def test_a_wrong_setting_is_not_tried_again() -> None:
    assert f"RestartPreventExitStatus={BAD_SETTING}\n" in read("linli.service")
