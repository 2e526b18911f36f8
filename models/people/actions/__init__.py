"""What can be done with people; every act checks the actor's right and writes what it must.

A registered person is somebody who agreed to the present text. A grant stands until it is revoked.
Personal fields are sealed; only `personal` opens them.
"""

from models.people.actions.codes import make_admin_code, use_admin_code
from models.people.actions.granting import (
    GRANTED_NOTICE,
    REVOKED_NOTICE,
    appoint,
    grant,
    grantee,
    open_roles,
    revoke,
)
from models.people.actions.personal import look, look_again, looks_at_me, set_personal
from models.people.actions.proxies import add_person_without_phone
from models.people.actions.registering import (
    note_dated,
    register,
    set_language,
    set_name,
    set_place,
    set_reachable,
)
from models.people.actions.sparing import pause, pause_ends, set_quiet, spared

__all__ = [
    "GRANTED_NOTICE",
    "REVOKED_NOTICE",
    "add_person_without_phone",
    "appoint",
    "grant",
    "grantee",
    "look",
    "look_again",
    "looks_at_me",
    "make_admin_code",
    "note_dated",
    "open_roles",
    "pause",
    "pause_ends",
    "register",
    "revoke",
    "set_language",
    "set_name",
    "set_personal",
    "set_place",
    "set_quiet",
    "set_reachable",
    "spared",
    "use_admin_code",
]
