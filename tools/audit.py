"""Ask OSV (https://osv.dev) whether what requirements.lock pins has known weaknesses.

`python -m tools.audit [LOCK]` ends with 0 where OSV knows of none, 1 where it names some, and 3
where it could not be asked: then nothing is known, and the last line says so.
"""

import json
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable
from http.client import HTTPException
from pathlib import Path

URL = "https://api.osv.dev/v1/querybatch"
LOCK = Path(__file__).parent.parent / "requirements.lock"
PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)
SECONDS = 20
"""How long the service may take to answer."""

NONE_KNOWN, KNOWN, NOT_ASKED = 0, 1, 3


def pinned(lock: str) -> list[tuple[str, str]]:
    """Return what a lock pins, as (name, version), in its order."""
    return [(name, version) for name, version in PINNED.findall(lock)]


def weaknesses(packages: list[tuple[str, str]], url: str) -> list[tuple[str, str, list[str]]]:
    """Return (name, version, ids) of what is known to be weak.

    OSError or HTTPException where the service is not there, ValueError where it answers otherwise
    than it should.
    """
    queries = [
        {"package": {"name": name, "ecosystem": "PyPI"}, "version": version}
        for name, version in packages
    ]
    request = urllib.request.Request(  # noqa: S310 - an address of ours
        url, json.dumps({"queries": queries}).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=SECONDS) as response:  # noqa: S310 - as above
        answer = json.loads(response.read())
    results = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(results, list) or len(results) != len(packages):
        raise ValueError("not one answer for each package")
    found = zip(packages, results, strict=True)
    return [(name, version, _ids(one)) for (name, version), one in found if _ids(one)]


def _ids(result: object) -> list[str]:
    if not isinstance(result, dict):
        raise ValueError("an answer that is none")  # noqa: TRY004 - of the service, not of ours
    return [str(one["id"]) for one in result.get("vulns", [])]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main(arguments: Iterable[str] = (), url: str = URL) -> int:
    """Say what is known of each lock; return the exit code."""
    (lock,) = [Path(each) for each in arguments] or [LOCK]
    packages = pinned(lock.read_text(encoding="utf-8"))
    if not packages:
        _say(f"NOT AUDITED: {lock} pins nothing")
        return NOT_ASKED
    try:
        found = weaknesses(packages, url)
    except (OSError, HTTPException, ValueError, KeyError) as error:
        _say(f"NOT AUDITED: OSV could not be asked ({type(error).__name__}). Nothing is known of")
        _say(f"NOT AUDITED: the {len(packages)} packages of {lock.name}; run `make audit` online.")
        return NOT_ASKED
    for name, version, ids in found:
        _say(f"{name} {version}: {', '.join(ids)} (https://osv.dev/vulnerability/{ids[0]})")
    _say(f"{len(packages)} packages of {lock.name}: {len(found)} with known weaknesses")
    return KNOWN if found else NONE_KNOWN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
