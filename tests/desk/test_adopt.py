"""Nobody lives under a charter that is not proved."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from gongzhi.config.environment import REPOSITORY
from gongzhi.core.calendar import CHINA
from gongzhi.desk.adopt import CannotAdopt, adopt
from gongzhi.records.institutions.actions import add_place
from gongzhi.records.institutions.models import Adoption, CharterVersion

pytestmark = pytest.mark.django_db
CHARTERS = REPOSITORY / "charters"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)


def copied(tmp_path: Path, name: str) -> Path:
    shutil.copytree(CHARTERS / "_law", tmp_path / "_law")
    return Path(shutil.copytree(CHARTERS / name, tmp_path / name))


def test_a_loop_without_a_bound_is_refused_with_the_place_in_the_file(tmp_path: Path) -> None:
    folder = copied(tmp_path, "fuqu")
    file = folder / "procedures" / "fire_lane.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("    at_most: 3\n    beyond: joint\n", ""), encoding="utf-8")
    with pytest.raises(CannotAdopt) as refused:
        adopt(folder, add_place("320106005001", "福建路社区", "community", None), NOW, "system")
    found = [one for one in refused.value.findings if one.severity == "error"]
    assert found and all(one.file.endswith("fire_lane.yaml") and one.line for one in found)
    assert not Adoption.objects.exists() and not CharterVersion.objects.exists()


def test_a_proved_charter_is_adopted_once(tmp_path: Path) -> None:
    folder = copied(tmp_path, "template")
    place = add_place("320106005001", "福建路社区", "community", None)
    first, _organs = adopt(folder, place, NOW, "system")
    again, _organs = adopt(folder, place, NOW, "system")
    assert first.pk == again.pk and Adoption.objects.count() == 1
