"""Photos from a phone: judged by their content, stripped of what they tell besides, made small for lists."""

from __future__ import annotations

import io

from PIL import Image

from gongzhi.web.files import MAX_BYTES, BadFile, CheckedFile, check_file

__all__ = ["MAX_BYTES", "MOST", "BadPhoto", "clean_photo", "small"]

MOST = 6
SMALL = (640, 640)  # px; what a phone shows two across
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
# What the file check says, in the words of somebody who wants to add a photo.
CODES = {"file_empty": "empty", "file_bombs": "too_many_pixels", "file_broken": "broken", "too_large": "too_large"}


class BadPhoto(ValueError):
    """No photo we can show. `code`: empty, too_large, too_many_pixels, heic, not_photo, broken, too_many."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def clean_photo(content: bytes, keep_location: bool) -> CheckedFile:
    """The photo upright, without metadata but for the place if asked; its name does not count. Raises BadPhoto."""
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise BadPhoto("heic")
    try:
        photo = check_file("", content, keep_location)
    except BadFile as fault:
        raise BadPhoto(CODES.get(fault.code, "not_photo")) from fault
    if photo.kind != "photo":
        raise BadPhoto("not_photo")
    return photo


def small(content: bytes) -> bytes:
    """The photo as a JPEG of at most 640 px, for lists on slow lines."""
    with Image.open(io.BytesIO(content)) as image:
        image.draft("RGB", SMALL)
        image.thumbnail(SMALL)
        out = io.BytesIO()
        flat = image if image.mode == "RGB" else _on_white(image)
        flat.save(out, "JPEG", quality=80)
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    """JPEG has no transparency: what shines through becomes white."""
    clear = image.convert("RGBA")
    ground = Image.new("RGB", clear.size, "white")
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground
