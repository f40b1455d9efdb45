"""A tour of every screen: where it stops, and the keys from the article to there and back.

The snapshots (`test_snapshots.py`) and the pictures of the README (`tests/eval/pictures.py`) are
both taken on it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stop:
    """One screen: keys that lead there from the article pane, and keys that lead back."""

    name: str
    there: tuple[str, ...]
    back: tuple[str, ...] = ("escape",)


STOPS = (
    Stop("article", ("g", "g"), ()),
    Stop("sentences selected", ("v", "s", "+")),
    Stop("beginning of a sequence", ("]",)),
    Stop("tags to choose from", ("t",)),
    Stop("find in the article", ("/", "n", "i", "g"), ("escape", "g", "g")),
    Stop("a new note", ("a",)),
    Stop("a note", ("]", "n", "enter"), ("escape", "g", "g")),
    Stop("dossier", ("enter",), ("q",)),
    Stop("notebook", ("g", "n"), ("q",)),
    Stop("notebook by tag", ("g", "n", "o"), ("q",)),
    Stop("all tags", ("g", "t"), ("q",)),
    Stop("all entities", ("g", "e"), ("q",)),
    Stop("saved searches", ("g", "s")),
    Stop("a folder to add", ("g", "a")),
    Stop("export", ("X",)),
    Stop("help", ("?",)),
    Stop("marks and notes beside the article", ("E",), ("2",)),
    Stop("narrow", ("1", "f")),
    Stop("why this hit", ("1", "w")),
    Stop("palette", ("ctrl+p",)),
    Stop("query that is wrong", ("s", "ctrl+u", *"date:x"), ()),
    Stop("query without hits", ("ctrl+u", *"Bamako", "space", *"zebu"), ()),
)
