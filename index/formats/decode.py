"""Bytes to text: the byte order mark, then UTF-8, then detection, then cp1252."""

import codecs
from typing import Final

from index.formats.record import Unreadable

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 64 * 1024
# Left to itself, detection takes French in cp1252 for Central European as often as not.
_CANDIDATES: Final = ["cp1252", "mac_roman", "utf_16_le", "utf_16_be"]


def decode(data: bytes) -> str:
    """Return the text that `data` encodes. Raises Unreadable for bytes that are no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _detected(data)
    if "\0" in text:
        message = "not a text file"
        raise Unreadable(message)
    return text


def _detected(data: bytes) -> str:
    # Imported here: most files are UTF-8, and most runs read none at all.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES).best()
    encoding = best.encoding if best else "cp1252"
    return data.decode(encoding, errors="replace")
