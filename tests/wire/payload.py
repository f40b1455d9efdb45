"""What must never get out to a terminal, and what is looked at to know that it did not.

The judge knows nothing of the sanitiser: it lets pass the sequences that the program is known to
paint with, and calls every other control character, and every character that deceives, a leak.
"""

import base64
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

SECRET: Final = "PWNED"
_CLIPBOARD: Final = f"\x1b]52;c;{base64.b64encode(SECRET.encode()).decode()}\x07"
CONTROLS: Final = (
    _CLIPBOARD + "\x1b]8;;http://evil.example/\x1b\\here\x1b]8;;\x1b\\" + "\x1b]0;title\x07"
    "\x1b[2Jcleared\x1b[6n\x1bP$qm\x1b\\\x1b[?1003l\x1b#8\x1bc"
    "\x9b31mred\x9d52;c;UFdORUQ=\x9c\x90q\x9c\x85"
    "nul\x00del\x7fback\b\bbell\x07tab\tvertical\x0b\x0c"
)
DECEPTIVE: Final = (
    "\u202egnp.exe\u202c\u2066isolate\u2069\u200emark\u200f\u061c"
    "a\u200bb\u2060c\ufeffd\u00ade\u200cf\u200dg\u180eh\u034fi\u115fj\u3164k\uffa0l\ufff9m\u2028n"
    "\U000e0041\U000e007f\U000e0100o"
)
MARKUP: Final = "[/red] a [/] b [@click=app.quit]x[/] [link=http://evil.example]y[/link] [bold"
MIXED: Final = "P\u0430yp\u0430l"
"""A name of letters of two alphabets that look like one."""
PAYLOAD: Final = f"{CONTROLS}{DECEPTIVE}{MARKUP} {MIXED}"
IN_A_LINE: Final = PAYLOAD.replace("\x0b", "").replace("\x0c", "").replace("\x85", "").replace("\u2028", "")
IN_A_NAME: Final = IN_A_LINE.replace("\x00", "").replace("/", "\u2215")[:200]
"""For a file's name: at most 255 bytes, without a slash and without NUL."""

_SEQUENCE: Final = re.compile(
    r"\x1b(?:\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)|\[(?P<csi>[0-9;:?<>=$]*[a-zA-Z~])|P[^\x1b]*\x1b\\|(?P<other>.))",
    re.DOTALL,
)
_PAINTING: Final = re.compile(
    r"[0-9;:]*m"  # colours
    r"|\d+;\d+H|\d*[ABCDGK]"  # where to paint
    r"|\?(?:25|1049|1000|1003|1015|1006|1016|1004|2004|2026|2031|2048|7)[hl]"  # how the terminal is used
    r"|\?(?:2026|2048|2031)\$p|>\d+u|<u|=[01]u|>[0-9;]*[mq]|\?u|\?4m"  # what it can do
    r"|H|14t"
)
_BELL: Final = re.compile(r"\x07+(?=\x1b)")
_STEERING: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BARE: Final = frozenset("\n\r")
_LOOKS_EMPTY: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0"
    + "".join(map(chr, range(0xE0000, 0xE01F0)))
)


def leaks(data: bytes) -> list[str]:
    """Return each thing painted on a terminal that should not be there, with what stands around it."""
    text = data.decode("utf-8", "surrogateescape")
    return [_shown(text, at, what) for at, what in _leaks(text)]


def steering(data: bytes) -> list[str]:
    """Return each thing in a pipe or a file that steers a terminal or turns text round.

    What only hides is let pass: a quote is the exact text of its article. So are the
    line ends of CSV (RFC 4180).
    """
    text = data.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
    return [_shown(text, at, c) for at, c in enumerate(text) if c != "\n" and _STEERING.match(c)]


def _shown(text: str, at: int, what: str) -> str:
    return f"{what!r} in {text[max(0, at - 30) : at + 40]!r}"


def _leaks(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\x1b" and (found := _SEQUENCE.match(text, at)):
            if not _is_painting(found):
                yield at, found[0][:40]
            at = found.end()
            rung = _BELL.match(text, at)  # ours rings between two sequences, where no text is painted
            at = rung.end() if rung else at
            continue
        if is_harmful(char):
            yield at, char
        at += 1


def is_harmful(char: str) -> bool:
    """Whether a character has no business on a screen: it steers, hides, reorders or is no text."""
    if char in _BARE:
        return False
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} or char in _LOOKS_EMPTY


def _is_painting(found: re.Match[str]) -> bool:
    if found["csi"] is not None:
        return bool(_PAINTING.fullmatch(found["csi"]))
    if found["osc"] is not None:
        kind, _, rest = found["osc"].partition(";")
        return (kind == "52" and _is_ours(rest)) or (kind == "22" and rest.isalpha())
    return False


def _is_ours(clipboard: str) -> bool:
    """Whether what is put into the clipboard is a quote that was asked for, fit to be pasted."""
    text = base64.b64decode(clipboard.removeprefix("c;")).decode()
    return text != SECRET and not [c for c in text if unicodedata.category(c) == "Cc" and c != "\n"]
