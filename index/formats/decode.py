"""Bytes to text: the byte order mark, UTF-8, what the file declares, and only then a guess, marked as one."""

import codecs
import re
from dataclasses import dataclass
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
_WESTERN: Final = ("cp1252", "mac_roman")
_WITH_WORDS: Final = "’‘“”«»‹›…–—\u00a0°ºª"
_DECLARED: Final = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_HEAD: Final = 4096
_ASCII: Final = 0x80
_SHORTEST: Final = 8
_TELLING: Final = 200


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in by Python's name, and whether that is a guess."""

    text: str
    encoding: str
    guessed: bool = False

    @property
    def name(self) -> str:
        """The encoding, with a question mark after it if it is a guess."""
        return f"{self.encoding}?" if self.guessed else self.encoding


def decode(data: bytes) -> str:
    """Return the text that `data` encodes. Raises Unreadable for bytes that are no text."""
    return decoded(data).text


def decoded(data: bytes, *, declares: bool = False) -> Decoded:
    """Return the text that `data` encodes and how; `declares` says that markup may name its encoding.

    Raises Unreadable for bytes that are no text.
    """
    found = _marked(data) or _unmarked_utf16(data) or _strict(data, "utf-8")
    found = found or (_strict(data, declared(data)) if declares else None) or _guessed(data)
    if "\0" in found.text:
        message = "not a text file"
        raise Unreadable(message)
    return found


def declared(data: bytes) -> str:
    """Return the encoding that markup or an XML declaration names in its first lines, if Python knows it."""
    match = _DECLARED.search(data[:_HEAD])
    name = match[1].decode("ascii").lower() if match else ""
    # What calls itself Latin-1 is cp1252 (WHATWG Encoding Standard, 4.2).
    name = "cp1252" if name in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"} else name
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError:
        return ""


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, errors="replace"), encoding.removesuffix("-sig"))
    return None


def _unmarked_utf16(data: bytes) -> Decoded | None:
    """Return text in UTF-16 without a mark: every other byte of Western text is then zero."""
    head = data[: _HEAD & ~1]
    for zeros, encoding in ((head[::2], "utf-16-be"), (head[1::2], "utf-16-le")):
        if len(zeros) >= _SHORTEST and zeros.count(0) > len(zeros) // 2:
            found = _strict(data[: len(data) & ~1], encoding)
            if found and all(char.isprintable() or char.isspace() for char in found.text[:_HEAD]):
                return Decoded(found.text, encoding, guessed=True)
    return None


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding) if encoding else None
    except (UnicodeDecodeError, LookupError):
        return None


def _guessed(data: bytes) -> Decoded:
    """Return French and its neighbours in cp1252 or Mac Roman, what makes no words in these as detected."""
    sample = data[:_SAMPLE]
    scores = {name: _likeness(sample.decode(name, errors="replace")) for name in _WESTERN}
    encoding = max(scores, key=lambda name: scores[name])
    beyond_ascii = sum(map(_ASCII.__le__, sample))
    if scores[encoding] < 0 or beyond_ascii > max(len(sample), _TELLING) / 3:
        # Imported here: most files are UTF-8, and most runs read none at all.
        from charset_normalizer import from_bytes  # noqa: PLC0415

        best = from_bytes(sample).best()
        encoding = best.encoding if best else "cp1252"
    return Decoded(data.decode(encoding, errors="replace"), encoding, guessed=True)


def _likeness(text: str) -> int:
    """Return how much the characters beyond ASCII look as in words: letters, small after small."""
    score = 0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if char.isascii() or not (before.isalpha() or after.isalpha()):
            continue
        is_letter = char.isalpha() and not (char.isupper() and before.islower())
        score += 1 if is_letter or char in _WITH_WORDS else -1
    return score
