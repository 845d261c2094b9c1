"""A model field whose text is encrypted at rest and plain in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models

from gongzhi.records.crypto import seal, unseal

if TYPE_CHECKING:
    _Sealed = models.BinaryField[str, str]
else:
    _Sealed = models.BinaryField


class SealedText(_Sealed):
    """Text sealed with the data key, bound to its table and column; it cannot be searched or sorted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    @property
    def _bound_to(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def from_db_value(self, value: bytes | memoryview | None, expression: Any, connection: Any) -> str:
        return unseal(value, self._bound_to) if value else ""

    def get_db_prep_value(self, value: str | None, connection: Any, prepared: bool = False) -> Any:
        sealed = seal(value, self._bound_to) if value else b""
        return super().get_db_prep_value(sealed, connection, prepared)

    def _check_str_default_value(self) -> list[Any]:
        return []  # text is what this field takes; Django's check speaks of plain binary fields

    def get_lookup(self, name: str) -> Any:
        raise FieldError(f"{self.name} is sealed and cannot be searched; use its blind index")

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: Any) -> str:
        return str(self.value_from_object(obj))
