"""The one sanitiser: what text from outside passes on its way in, and again on its way to a terminal.

Two steps, because they answer different questions. `clean` decides what an
article *is*: it removes what no text means (terminal control characters) and
keeps everything else as the source had it. `visible` decides what may be
*painted*: it maps, one character to one, whatever could still deceive the eye
(bidirectional overrides, invisible characters) to a visible mark, so offsets
into the painted text are offsets into the text.
"""

import re
from typing import Final

REPLACEMENT: Final = "\ufffd"

_LINE_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
# Scripts and pictures in which joiners mean something, by the character before; elsewhere they only hide.
_JOINED: Final = (
    "\u0590-\u109f\u1780-\u18af\u1900-\u1aff\u2190-\u2bff\ua800-\uabff"
    "\ufb50-\ufdff\ufe0f\ufe70-\ufefe\U0001f000-\U0001faff"
)
_DECEPTIVE: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls: a net, `clean` has taken them already
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2028\u2029\ufeff\ufff9-\ufffb"
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # letters and marks that look like nothing
    "\ud800-\udfff\U000e0000-\U000e0fff]"
    f"|(?<![{_JOINED}])[\u200c\u200d]"
)


def clean(text: str) -> str:
    r"""Return `text` without terminal control characters and with `\n` line ends.

    Tabs become one space. Lone surrogates become U+FFFD. Lengths change: this
    happens once, before any offset is taken.
    """
    text = _LINE_BREAKS.sub("\n", text).replace("\t", " ")
    return _SURROGATES.sub(REPLACEMENT, _CONTROLS.sub("", text))


def clean_line(text: str) -> str:
    """Return `text` cleaned and folded onto one line, for titles, names and tags."""
    return " ".join(clean(text).split("\n")).strip()


def visible(text: str) -> str:
    r"""Return `text`, of the same length, with what deceives a terminal or a reader as U+FFFD.

    `\n` is kept. Every other control character, bidirectional control, zero-width
    space, tag character and filler becomes U+FFFD; joiners are kept where a script
    or an emoji needs them.
    """
    if text.isascii() and text.isprintable():
        return text
    return _DECEPTIVE.sub(REPLACEMENT, text)


def deceptive(text: str) -> int:
    """Return how many characters of `text` hide, reorder or steer: those that `visible` marks."""
    return 0 if text.isascii() and text.isprintable() else sum(1 for _ in _DECEPTIVE.finditer(text))
