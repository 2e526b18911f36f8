"""The buttons of roles; each holds all it needs, so that it works however old its message is."""

from typing import Annotated

from pydantic import Field

from handlers.callbacks import Button, Id
from models.people.rules import Role

Page = Annotated[int, Field(ge=0, lt=10_000)]


class RoleList(Button, prefix="rl"):
    """The standing roles, page by page."""

    page: Page = 0


class RoleFind(Button, prefix="rf"):
    """Looking for somebody to give a role to."""


class RoleWho(Button, prefix="rw"):
    """One person: their roles, and those they can be given."""

    person_id: Id


class RoleWhere(Button, prefix="ra"):
    """Choosing the place of a role, at a step of the tree."""

    person_id: Id
    role: Role
    place_id: Id | None = None
    page: Page = 0


class RoleSure(Button, prefix="rs"):
    """Asking once more before a role is given."""

    person_id: Id
    role: Role
    place_id: Id


class RoleGive(Button, prefix="rg"):
    """Giving a role."""

    person_id: Id
    role: Role
    place_id: Id


class RoleTake(Button, prefix="rt"):
    """Taking a role back: first asked, then sure."""

    grant_id: Id
    sure: bool = False
