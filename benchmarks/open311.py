"""Two unchanged clients of Open311 against our real server: `open311` of npm files and reads, `georeport` of PyPI reads.

Nothing is fast or slow here: the ratio is how many of their methods did what they promise. georeport has no method
that files. Two parts of the npm client cannot be installed any more and are replaced, see peers/open311/package.json.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from georeport import GeoReport

from benchmarks.server import Ground, ground, served
from benchmarks.support import HERE, Report, home

PEER = HERE / "peers" / "open311"
WHERE = "fuqu"


def run() -> Report:
    client = npm_client()
    with ground() as place:
        key = _key(place)
        with served(place) as port:
            address = f"http://127.0.0.1:{port}/open311"
            done = subprocess.run(
                ["node", "play.js", address, key, WHERE], cwd=client, check=True, capture_output=True, text=True
            )
            told = json.loads(done.stdout)
            read = {form: _read(f"{address}/v2", told["number"], form) for form in ("json", "xml")}
    worked = [*told["found"].values(), *read.values()]
    failed = [name for name, good in (told["found"] | read).items() if not good]
    return Report(
        "open311",
        "our server, as it is started in production",
        "open311 0.0.12 (npm), georeport (PyPI), both unchanged",
        {
            "methods of the npm client that work": sum(told["found"].values()),
            "forms georeport reads": sum(read.values()),
        },
        ratio=sum(worked) / len(worked),
        goal="all",
        reached=not failed,
        notes=[f"failed: {', '.join(failed)}"] if failed else [f"filed and read: {told['number']}"],
    )


def npm_client() -> Path:
    """The client with what it needs in a folder of its own, installed on first use."""
    folder = home() / "open311-npm"
    stamp, wanted = folder / "installed.json", (PEER / "package.json").read_text("utf-8")
    shutil.copytree(PEER, folder, dirs_exist_ok=True)
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        stamp.write_text(wanted, "utf-8")
    return folder


def _key(place: Ground) -> str:
    """A resident's key in the shipped community."""
    from django.utils import timezone

    from gongzhi.desk.setup import set_up
    from gongzhi.records.people.models import Person
    from gongzhi.records.people.signin import new_secret
    from gongzhi.records.people.tokens import make_token

    set_up(HERE.parent / "charters" / WHERE, "!", new_secret())
    resident = Person.objects.filter(login=None).order_by("pk").first()
    if resident is None:
        raise RuntimeError(f"{WHERE} has no residents")
    return make_token(resident, "open311", True, timezone.now())[1]


def _read(address: str, number: str, form: str) -> bool:
    """The other client finds what the first one filed, alone and in the list."""
    city = GeoReport(address, jurisdiction=WHERE, output_format=form)
    listed = [one["service_request_id"] for one in city.get_service_requests(status="open")]
    return number in listed and city.get_service_request(number)["service_code"] == "environment"
