"""Copying, by the first way that works here, and saying which it was."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Any, Final

from index.sanitise import clean
from reader.i18n import _

if TYPE_CHECKING:
    from textual.app import App

_OSC52_LIMIT: Final = 75_000
_SECONDS: Final = 2


def copy(text: str, app: App[Any]) -> str:
    """Copy `text` and return, in words, what became of it. Waits up to some seconds: call it in a thread.

    Here at the machine the desktop's clipboard is tried first; over SSH and in tmux the
    terminal's, which is asked but never answers: that is said as `sent`, not `copied`.
    """
    text = clean(text)  # pasted into a shell, a control character is a command
    remote = bool(os.environ.get("SSH_TTY") or os.environ.get("SSH_CONNECTION"))
    if not remote and _desktop(text):
        return _("Copied")
    if os.environ.get("TMUX") and _tmux(text):
        return _("Copied to tmux")
    if len(text.encode()) > _OSC52_LIMIT:
        return _("Too long for the terminal's clipboard: select less")
    app.call_from_thread(app.copy_to_clipboard, text)
    return _("Sent to the terminal's clipboard")


def _desktop(text: str) -> bool:
    """Copy by pyperclip, and read back: a dead display raises nothing (terminal study, 6)."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.name == "nt" or _is_mac()):
        return False
    import pyperclip  # noqa: PLC0415 - 45 ms, once

    try:
        pyperclip.copy(text)
        return bool(pyperclip.paste() == text)
    except pyperclip.PyperclipException:
        return False


def _is_mac() -> bool:
    import sys  # noqa: PLC0415

    return sys.platform == "darwin"


def _tmux(text: str) -> bool:
    try:
        done = subprocess.run(
            ["tmux", "load-buffer", "-w", "-"],  # noqa: S607 - the tmux we run in is the user's own
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
