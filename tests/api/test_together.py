"""Merging over the API: who goes with whom, and the refusals of it."""

from __future__ import annotations

import pytest

from tests.api.conftest import Caller, House

pytestmark = pytest.mark.django_db


def test_merge_and_let_go_alone(house: House, nobody: Caller) -> None:
    first, second = (house.file(who, public=True).json["number"] for who in ("chen", "zhao"))
    merged = house["director"].post(f"/matters/{second}/merge", {"leader": first, "ground": "同一座车棚"})
    assert merged.status == 201 and merged.json["status"] == "following"
    assert house["director"].get(f"/matters/{first}/together").json == {
        "leader": "", "followers": [second], "count": 1,
    }  # fmt: skip
    assert nobody.get(f"/matters/{first}/together").json == {"leader": "", "followers": [], "count": 1}
    again = house["director"].post(f"/matters/{second}/merge", {"leader": first, "ground": "同一座车棚"})
    assert (again.status, again.code) == (409, "following") and first in again.json["detail"]
    shown = house["zhao"].get(f"/matters/{second}").json
    assert {"unfollow", "withdraw"} == {action["kind"] for action in shown["actions"]}
    alone = house["zhao"].post(f"/matters/{second}/unmerge", {})
    assert alone.status == 201 and alone.json["status"] == "open"


def test_what_is_wrong_is_said(house: House) -> None:
    number = house.file().json["number"]
    itself = house["director"].post(f"/matters/{number}/merge", {"leader": number})
    assert (itself.status, itself.code) == (422, "same_matter")
    nothing = house["director"].post(f"/matters/{number}/merge", {"leader": "FUQU-1"})
    assert (nothing.status, nothing.code) == (404, "unknown_matter")
    alone = house["director"].post(f"/matters/{number}/unmerge", {"ground": "x"})
    assert (alone.status, alone.code) == (409, "not_following")
