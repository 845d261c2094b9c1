"""Play stories: each scene at its time, by its person, over HTTP; the worker goes round after each move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.commands.stories.client import Client, Reply, Unexpected
from gongzhi.commands.stories.expect import Seen, differences
from gongzhi.commands.stories.read import Scene, Story, in_order

INVITED = (("at", "meets"), ("where", "where"), ("agenda", "agenda"))
STRAIGHT = ("outcome", "part", "state", "count", "to", "ground", "channel", "fields", "counts", "organ", "seat")
# The words that come with an act, by the name under which the desk looks for them.
SPOKEN = {"object": "objection", "answer_objection": "answer", "note": "remark"}
SAYS = ("outcome", "part", "to", "grade")  # what a line says of a scene
Tell = Callable[[str], None]


@dataclass
class Result:
    """How a story went. `failure` says at which scene what was otherwise; None when it passed."""

    name: str
    charter: str
    covers: list[str]
    steps: int = 0
    passed: bool = False
    failure: str | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Course:
    """One story under way: its people's keys, its matter, what was refused so far."""

    story: Story
    result: Result
    keys: dict[str, str] = field(default_factory=dict)
    persons: list[int] = field(default_factory=list)
    place: str = ""
    numbers: dict[str, str] = field(default_factory=dict)  # by the name a story gives its matters
    filers: dict[str, str] = field(default_factory=dict)
    about: str = ""  # the matter of the present scene
    refused: int = 0

    @property
    def number(self) -> str:
        return self.numbers[self.about]

    @property
    def filer(self) -> str:
        return self.filers[self.about]


class Failed(Exception):
    """A scene went otherwise than told."""


def play(
    stories: Sequence[Story], client: Client, tell: Tell = lambda line: None, recurring: bool = True
) -> list[Result]:
    """Play the stories in one community, all in the order in which things happened. One that fails stops there.

    `recurring` False: what recurs opens nothing meanwhile.
    """
    client.recurring = recurring
    courses = {one.name: Course(one, Result(one.name, one.charter, list(one.covers))) for one in stories}
    for story, n, scene in in_order(stories):
        course = courses[story.name]
        if course.result.failure is not None:
            continue
        tell(_line(story, scene))
        try:
            _scene(client, course, n, scene)
            course.result.steps += 1
            if n + 1 == len(story.scenes):
                _end(client, course, scene.at)
        except (Failed, Unexpected) as fault:
            course.result.failure = f"{n + 1}. {_line(story, scene)}: {fault}"
    return [course.result for course in courses.values()]


def _line(story: Story, scene: Scene) -> str:
    what = next((scene.facts[name] for name in SAYS if scene.facts.get(name)), "")
    who = story.titles.get(scene.who, "")
    return " ".join(part for part in (f"{scene.at:%Y-%m-%d %H:%M}", who, scene.act, what) if part)


def _scene(client: Client, course: Course, n: int, scene: Scene) -> None:
    course.about = scene.matter
    move_clock(client, scene.at)
    if not course.keys:
        _sign_in(client, course)
    if scene.act == "wait":
        _check(client, course, scene)
        return
    once = f"{course.story.name}-{n}"
    reply = DOES.get(scene.act, _act)(client, course, scene, once)
    expected = scene.expect.get("refused", "")
    if reply.refused != expected:
        raise Failed(
            _("{name}：应为 {wanted}，实为 {actual}").format(
                name="refused", wanted=expected or "-", actual=f"{reply.refused or '-'} {reply.body}"
            )
        )
    if expected:
        course.refused += 1
        return
    move_clock(client, scene.at)
    _check(client, course, scene)


def move_clock(client: Client, at: datetime) -> None:
    """Set the server's clock; its worker goes round at that time until nothing is left to send."""
    done = client.make("/story/clock", {"at": at.isoformat(), "recurring": client.recurring})
    if done["faults"]:
        raise Failed(f"worker: {done['faults']} faults")


def _sign_in(client: Client, course: Course) -> None:
    """Everybody of the story gets a key; two roles are never one person."""
    course.place = client.get("/places", name=course.story.place)[0]["code"]
    for role, seats in course.story.people.items():
        asked = {
            "role": course.story.titles[role], "place": course.place, "seats": list(seats), "taken": course.persons,
        }  # fmt: skip
        found = client.make("/story/people", asked)
        course.keys[role] = found["key"]
        course.persons.append(found["person"])


def _file(client: Client, course: Course, scene: Scene, once: str) -> Reply:
    story, facts = course.story, scene.facts
    body = {
        "place": course.place,
        "category": facts.get("category", story.category),
        "procedure": "" if "category" in facts else story.procedure,
        "admission": course.numbers.get("", "") if facts.get("admission") == "main" else facts.get("admission", ""),
        "what": facts.get("text") or story.title,
        "where": facts.get("where", ""),
        "headcount": facts.get("headcount", 1),
        "public": facts.get("public", story.public),
        "channel": facts.get("channel", "web"),
        "fields": facts.get("fields", {}),
        "organ": facts.get("organ", ""),
    }
    reply = client.send("POST", "/matters", course.keys[scene.who], body, once)
    if not reply.refused:
        course.numbers[course.about], course.filers[course.about] = reply.body["number"], scene.who
    return reply


def _act(client: Client, course: Course, scene: Scene, once: str) -> Reply:
    facts = scene.facts
    body: dict[str, Any] = {name: facts[name] for name in STRAIGHT if name in facts}
    if "leader" in facts:
        body["to"] = course.numbers[facts["leader"]]
    documents = dict(facts.get("documents", {}))
    if "text" in facts:
        documents[SPOKEN.get(scene.act, "remark")] = facts["text"]
    body |= {"kind": scene.act, "visit": look(client, course)["visit"], "documents": documents}
    if "meets" in facts:
        body["invitation"] = {name: facts[key] for name, key in INVITED if key in facts}
    return client.send("POST", f"/matters/{course.number}/acts", course.keys[scene.who], body, once)


def _grade(client: Client, course: Course, scene: Scene, once: str) -> Reply:
    """Rate in the round of the story's matter that runs now."""
    rounds = client.get(f"/places/{course.place}/reviews")
    running = next((one["id"] for one in rounds if (one["matter"], one["status"]) == (course.number, "open")), 0)
    body = {"grade": scene.facts["grade"], "words": scene.facts.get("text", "")}
    return client.send("POST", f"/reviews/{running}/rating", course.keys[scene.who], body, once)


def _room(client: Client, course: Course, scene: Scene, once: str) -> Reply:
    """What is done in a room beside the matter: `do` is the address behind the matter's, `fields` what is sent."""
    address = f"/matters/{course.number}/{scene.facts['do']}"
    return client.send("POST", address, course.keys[scene.who], dict(scene.facts.get("fields", {})), once)


DOES: dict[str, Callable[[Client, Course, Scene, str], Reply]] = {"file": _file, "grade": _grade, "room": _room}


def look(client: Client, course: Course) -> dict[str, Any]:
    """The matter as its filer sees it."""
    found: dict[str, Any] = client.get(f"/matters/{course.number}", course.keys[course.filer])
    return found


def _check(client: Client, course: Course, scene: Scene) -> None:
    wanted = {name: value for name, value in scene.expect.items() if name != "refused"}
    if wanted and (found := differences(wanted, _seen(client, course, scene.at))):
        raise Failed("；".join(found))


def _end(client: Client, course: Course, at: datetime) -> None:
    course.about = next(iter(course.numbers), "")
    if found := differences(course.story.then, _seen(client, course, at)):
        raise Failed("then " + "；".join(found))
    course.result.passed = True


def _seen(client: Client, course: Course, at: datetime) -> Seen:
    log = client.get(f"/matters/{course.number}/acts", course.keys[course.filer])
    return Seen(look(client, course), log, at, course.refused)
