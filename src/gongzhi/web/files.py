"""Files that somebody hands in: what they really are is read from their content, and photos lose where they were taken.

A name or a media type is only what the sender says. What passes here is one of a few known kinds, opens, and
carries no metadata of a photo except the place, where the resident chose to share it.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

__all__ = ["BadFile", "CheckedFile", "check_file"]

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 100_000_000  # more than any phone takes; a small file may claim more to fill the memory
MAX_ENTRIES = 5000  # of an office document, which is an archive
PHOTOS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg", ".jfif"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "text/plain": (".txt", ".md", ".csv"),
}
OFFICE = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}
GPS = 0x8825  # EXIF tag that points at the place
ORIENTATION = 0x0112


class BadFile(ValueError):
    """A file that cannot be taken. `code`: file_empty, too_large, file_type, file_renamed, file_broken, file_bombs."""

    def __init__(self, code: str, **args: Any) -> None:
        super().__init__(code)
        self.code = code
        self.args_map: dict[str, Any] = args


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """`content` is what may be stored: for photos without metadata. `kind`: photo or document."""

    content: bytes
    media_type: str
    kind: str


def check_file(name: str, content: bytes, keep_place: bool = False) -> CheckedFile:
    """The file as it may be stored. Raises BadFile."""
    if not content:
        raise BadFile("file_empty")
    if len(content) > MAX_BYTES:
        raise BadFile("too_large", mb=MAX_BYTES // 1024 // 1024)
    photo = _photo(content, keep_place)
    media_type = photo[1] if photo else _document(content)
    ending = PurePath(name).suffix.lower()
    if ending and ending not in ENDINGS[media_type]:
        raise BadFile("file_renamed")
    if photo:
        return CheckedFile(photo[0], media_type, "photo")
    return CheckedFile(content, media_type, "document")


def _photo(content: bytes, keep_place: bool) -> tuple[bytes, str] | None:
    try:
        with Image.open(io.BytesIO(content), formats=list(PHOTOS)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise BadFile("file_bombs")
            kind = str(image.format)
            return _without_metadata(image, kind, keep_place), PHOTOS[kind]
    except UnidentifiedImageError:
        return None
    except Image.DecompressionBombError as bomb:
        raise BadFile("file_bombs") from bomb
    except (OSError, SyntaxError, ValueError) as fault:
        if isinstance(fault, BadFile):
            raise
        raise BadFile("file_broken") from fault


def _without_metadata(image: Image.Image, kind: str, keep_place: bool) -> bytes:
    """The picture alone, turned upright; a photo that needs no turning keeps its exact pixels."""
    image.load()
    exif = image.getexif()
    kept = Image.Exif()
    if keep_place and exif.get_ifd(GPS):
        kept._ifds[GPS] = dict(exif.get_ifd(GPS))
        kept[GPS] = kept._ifds[GPS]
    upright = ImageOps.exif_transpose(image) if exif.get(ORIENTATION, 1) != 1 else image
    settings: dict[str, Any] = {"exif": kept.tobytes() if keep_place and kept else b""}
    if kind == "JPEG":
        settings |= {"quality": "keep"} if upright is image else {"quality": 90}
    if kind == "WEBP":
        settings |= {"quality": 90}
    out = io.BytesIO()
    upright.info = {}
    upright.save(out, kind, **settings)
    return out.getvalue()


def _document(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    if _is_text(content):
        return "text/plain"
    raise BadFile("file_type")


def _office(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile as fault:
        raise BadFile("file_broken") from fault
    if len(names) > MAX_ENTRIES or any(name.endswith("vbaProject.bin") for name in names):
        raise BadFile("file_type")  # a document with a program in it
    ending = next((ending for name, ending in OFFICE.items() if name in names), "")
    found = next((media for media, endings in ENDINGS.items() if ending in endings), "")
    if not found:
        raise BadFile("file_type")
    return found


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False
