"""The clauses of a query that the index cannot answer: names under any alias, notes, what was read."""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from index.article import EntityType
from index.query import tree
from notes import InvalidTag
from notes.characters import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.collection import Collection
    from index.entities.gazetteer import Gazetteer
    from notes import Note, Notebook
    from reader.memory import Memory


class Clauses:
    """Says of such a clause which articles answer it."""

    def __init__(
        self, collection: Collection, notebook: Notebook, memory: Memory, names: Path | None
    ) -> None:
        """`names` is the analyst's gazetteer."""
        self._collection, self._notebook, self._memory, self._names = collection, notebook, memory, names

    def __call__(self, node: tree.Node) -> frozenset[str] | None:  # noqa: PLR0911 - one for each kind
        """Return the ids of the articles that a clause means; None if the index knows better."""
        match node:
            case tree.Field(name=kind, part=tree.Word(text=name) | tree.Phrase(text=name)):
                return self._naming(name, None if kind == "entity" else EntityType(kind)) or None
            case tree.NoteField(name="tag", text=tag):
                notes = self._tagged(tag)
            case tree.NoteField(name="note", text=words):
                notes = self._notebook.notes(query=words)
            case tree.State(name="has", value="note"):
                return frozenset(self._notebook.count_by_article())
            case tree.State(name="is", value="read"):
                return self._memory.read()
            case tree.State(name="is", value="changed"):
                return self._collection.library.changed_ids()
            case tree.State(name="is", value="duplicate"):
                return self._collection.library.versions.duplicates()
            case _:
                return None
        return frozenset(note.article for note in notes)

    def _tagged(self, tag: str) -> Sequence[Note]:
        try:
            return self._notebook.notes(tag=tag)
        except InvalidTag:  # no note can bear it
            return ()

    def tagged(self) -> dict[str, frozenset[str]]:
        """Return the articles of each tag, those of its children among them, as its clause finds them."""
        notes = self._notebook.notes()
        names = {fold(tag): tag for note in notes for tag in note.tags}
        found: dict[str, set[str]] = {tag: set() for tag in names.values()}
        for note in notes:
            borne = {part for tag in note.tags for part in accumulate(fold(tag).split("/"), "{}/{}".format)}
            for tag in borne & names.keys():
                found[names[tag]].add(note.article)
        return {tag: frozenset(articles) for tag, articles in found.items()}

    def canonical(self, name: str) -> set[str]:
        """Return the names of the entities that have this one among their names."""
        return self.gazetteer.names_like(name)

    def _naming(self, name: str, kind: EntityType | None) -> frozenset[str]:
        """Return the articles that name an entity under any of its names, also those no article uses."""
        mentions = self._collection.library.mentions
        names = {name, *self.canonical(name)}
        return frozenset().union(*(mentions.articles_naming(one, kind) for one in names))

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The names known beforehand: ours, and the analyst's own."""
        from index.entities import gazetteer  # noqa: PLC0415 - for queries about names only

        return gazetteer.load_leniently(self._names)


def plain(node: tree.Node) -> tree.Node:
    """Return a query with `is:unread` as what it means: not read."""
    unread = tree.State("is", "unread")
    return tree.mapped(node, lambda leaf: tree.Not(tree.State("is", "read")) if leaf == unread else leaf)
