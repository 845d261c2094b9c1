"""The register and catalogue of a demo community, from its charter's folder, through the same check as a workbook."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from gongzhi.desk.organisations import classes
from gongzhi.desk.register_rows import ORGANISATIONS, SERVICES, Sheet, check_rows, put_rows
from gongzhi.records.institutions.models import Place
from gongzhi.records.institutions.queries import charter_for
from gongzhi.records.organisations.models import Organisation, Service
from gongzhi.records.people.models import Person

__all__ = ["FILE", "fill_registers"]

FILE = "services.yaml"
SHEETS: dict[str, Sheet] = {"organisations": ORGANISATIONS, "services": SERVICES}


def fill_registers(folder: Path, place: Place, now: datetime) -> None:
    """Nothing where the place has entries already. Raises ValueError: a row that a workbook could not have."""
    by = Person.objects.exclude(login=None).order_by("pk").first()
    if by is None or Organisation.objects.filter(place=place).exists() or Service.objects.filter(place=place).exists():
        return
    told: dict[str, list[dict[str, Any]]] = YAML(typ="safe", pure=True).load((folder / FILE).read_text("utf-8"))
    for of, sheet in SHEETS.items():
        rows = [[_cell(name, row) for name in sheet.columns] for row in told.get(of, ())]
        checked = check_rows(sheet, rows, classes(charter_for(place, now), of))
        if checked.faults:
            raise ValueError(f"{folder.name}/{FILE}: {checked.faults}")
        put_rows(sheet, checked, place, by, now)


def _cell(name: str, row: dict[str, Any]) -> Any:
    """What is not said: open now, and nothing else."""
    return row.get(name, "是" if name == "active" else "")
