"""The page of keys, made from the program's own declarations: `make keys` writes docs/keys.md."""

from __future__ import annotations

from pathlib import Path

from reader.commands import COMMANDS
from reader.keys import shown
from reader.screens.help import context_name

PAGE = Path(__file__).parents[2] / "docs" / "keys.md"
TASKS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("find a word's article and read it", ("enter", "enter"), "and the word"),
    ("tag the sentence under the caret with a tag in use", ("t", "b", "enter"), "one letter of the tag"),
    ("tag it with the same tags as last time", (".",), ""),
    ("write a note on the paragraph under the caret", ("v", "p", "a", "ctrl+s"), "and the words of the note"),
    ("copy the sentence with its citation", ("Y",), ""),
    ("go to the next name", ("]", "e"), "on a French keyboard `> e`"),
    ("open the dossier of the name under the caret", ("enter",), ""),
    ("see all notes with a tag", ("g", "t", "enter"), "of the tag used most; `j` to another"),
    ("look at the export of an article's notes and write it", ("X", "enter"), ""),
    ("undo the last change", ("u",), ""),
)
"""What is to be done, the keys that do it, and what is typed besides."""

ELSEWHERE = (
    ("within the file that is open: `s`, and the words", "finds no words"),
    ("select with the mouse; a click on the code", "select with the mouse; `n`; the tag in a dialogue"),
    ("select with the mouse; `q`", "as the first time"),
    ("select with the mouse; `a`", "a highlight has no comment"),
    ("", ""),
    ("finds no names", "finds no names"),
    ("finds no names", "finds no names"),
    ("a click on the code, then `^7` from one to the next in this file", "a click on the tag"),
    ("from a menu", "from a menu"),
    ("`^Z`: the code taken off last", ""),
)
"""The same tasks in QualCoder and in Taguette, as far as what is written about them tells."""


def page() -> str:
    """Return the page."""
    lines = [
        "# Keys",
        "",
        "Made by `make keys` from the same declarations as the help (`?`), the footer and the palette. Every key can be",
        "changed in `config.toml`: the name of the table is `keys.` and the context, the name in it is the command's.",
        "",
        "## Ten everyday tasks",
        "",
        "Keys pressed, held by `tests/screens/test_tasks.py`.",
        "",
        "| task | keys | how many | besides |",
        "|---|---|---|---|",
        *(
            f"| {title} | {' '.join(f'`{shown(key)}`' for key in keys)} | {len(keys)} | {besides} |"
            for title, keys, besides in TASKS
        ),
        "",
        "The same tasks in two tools that people code texts with, as far as what they say of themselves tells",
        "(QualCoder: its wiki and its list of shortcuts; Taguette: its guide and change log); empty where they tell nothing.",
        "",
        "| task | QualCoder | Taguette |",
        "|---|---|---|",
        *(f"| {task[0]} | {' | '.join(told)} |" for task, told in zip(TASKS, ELSEWHERE, strict=True)),
    ]
    for context in dict.fromkeys(command.context for command in COMMANDS):
        lines += [
            "",
            f"## {context_name(context)} (`{context}`)",
            "",
            "| keys | does | name |",
            "|---|---|---|",
        ]
        lines += [
            f"| {' '.join(f'`{shown(key)}`' for key in c.keys)} | {c.title} | `{c.name}` |".replace(
                "`|`", "`\\|`"
            )
            for c in COMMANDS
            if c.context == context
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
