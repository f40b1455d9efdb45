"""What was done to notes and to entities, as one history: undone and done again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from reader.outcomes import step_name

if TYPE_CHECKING:
    from notes import Notebook, Undone
    from reader.corrector import Corrector


class Turned(NamedTuple):
    """A step back or forth in what was done: in words, and whether it was about entities."""

    said: str
    of_entities: bool = False


class Steps:
    """The notebook and the log of corrections each know their own; which comes first, their times tell."""

    def __init__(self, notebook: Notebook, corrector: Corrector) -> None:
        self._notebook, self._corrector = notebook, corrector
        self._undone: list[tuple[bool, tuple[str, str]]] = []
        """Of each step undone here, the last first to be done again: whether of entities, what stood then."""

    def undo(self) -> Turned | None:
        """Undo what was done last, to the notes or to the entities; None if there is nothing."""
        last, changed = self._corrector.last(), self._notebook.last_change()
        if last and (not changed or last.moment > datetime.fromisoformat(changed)):
            self._corrector.log.undo()
            turned: Turned | None = Turned(self._corrector.described(last), of_entities=True)
        else:
            turned = _turned(self._notebook.undo())
        if turned:
            self._undone.append((turned.of_entities, self._standing()))
        return turned

    def redo(self) -> Turned | None:
        """Do again what was undone last; None if there is nothing, or something else was done since."""
        if not self._undone:
            return _turned(self._notebook.redo())
        of_entities, standing = self._undone[-1]
        if standing != self._standing():
            return None
        self._undone.pop()
        return self._redo_correction() if of_entities else _turned(self._notebook.redo())

    def _redo_correction(self) -> Turned | None:
        again = self._corrector.log.redo()
        return Turned(self._corrector.described(again), of_entities=True) if again else None

    def _standing(self) -> tuple[str, str]:
        """Return what tells whether notes or corrections have been made since."""
        last = self._corrector.last()
        return self._notebook.last_change(), last.id if last else ""


def _turned(step: Undone | None) -> Turned | None:
    return Turned(step_name(step)) if step else None
