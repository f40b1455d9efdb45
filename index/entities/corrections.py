"""What an analyst says about the entities, and how it is laid over what was found.

A correction speaks of names, never of offsets, so it holds again when a text is
annotated anew, edited, or lost and added again. It is about one article, or about
all of them where `article` is empty.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

import regex

from index.article import EntityType, Mention, fold

FORMAT: Final = 1
_ID_BYTES: Final = 8


class Kind(StrEnum):
    """What a correction says of `name`: as an article writes it or, for all articles, an entity's."""

    WRONG = "wrong"
    """It names nothing."""
    TYPE = "type"
    """It is of the type `to`."""
    SPAN = "span"
    """Where it stands the name is `to`, which holds it or is in it."""
    SAME = "same"
    """The entity is also, and from now on called, `to`."""
    APART = "apart"
    """What is written so is not the entity `to`, but one of its own."""
    ADD = "add"
    """It names an entity of the type `to`."""
    RIGHT = "right"
    """It is an entity of this type, as it was found; it is not to be asked about again."""
    UNDO = "undo"
    """The correction whose id is `to` does not hold."""
    REDO = "redo"
    """It holds again."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the log. `type` is the type the name had when it was corrected; `time` is ISO 8601."""

    id: str
    time: str
    kind: Kind
    name: str
    type: EntityType
    to: str = ""
    article: str = ""

    @classmethod
    def of(
        cls, kind: Kind, name: str, type: EntityType = EntityType.OTHER, to: str = "", article: str = ""
    ) -> "Correction":
        """Return a new correction, made now."""
        time = datetime.now(UTC).isoformat(timespec="microseconds")
        return cls(secrets.token_hex(_ID_BYTES), time, kind, name, type, to, article)

    @property
    def moment(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.time)

    def after(self, other: "Correction | None") -> "Correction":
        """Return this, made after another: a clock may have been set back since."""
        if other is None or self.moment > other.moment:
            return self
        with suppress(OverflowError):  # from somebody who works at the end of time
            moment = other.moment + timedelta(microseconds=1)
            return replace(self, time=moment.astimezone(UTC).isoformat(timespec="microseconds"))
        return self

    def to_json(self) -> dict[str, object]:
        """Return the line of the log."""
        return {"version": FORMAT, **asdict(self)}

    @classmethod
    def from_json(cls, record: Mapping[str, object]) -> "Correction":
        """Return the correction of a line. Raises ValueError for what is none, or of a later format."""
        values = {field.name: record.get(field.name, "") for field in fields(cls)}
        texts = {name: value for name, value in values.items() if isinstance(value, str)}
        version = record.get("version")
        if not isinstance(version, int) or version > FORMAT or len(texts) < len(values):
            raise ValueError("not a correction that this Liseuse knows")
        "".join(texts.values()).encode()  # half a character can be written in JSON, and kept nowhere
        if datetime.fromisoformat(texts["time"]).tzinfo is None:
            raise ValueError("a correction's time without its zone")
        kind, type_ = Kind(texts.pop("kind")), EntityType(texts.pop("type"))
        if kind in (Kind.TYPE, Kind.ADD):
            EntityType(texts["to"])
        if not texts["to"].strip() and kind in (Kind.SAME, Kind.SPAN, Kind.APART):
            raise ValueError("a correction to no name")
        return cls(kind=kind, type=type_, **texts)


def in_order(log: Iterable[Correction]) -> list[Correction]:
    """Return corrections in the order in which they were made."""
    return sorted(log, key=lambda one: (one.moment, one.id))


def in_force(log: Iterable[Correction]) -> list[Correction]:
    """Return the corrections that hold, in the order in which they were made, each once."""
    ordered = in_order({one.id: one for one in log}.values())
    undone: set[str] = set()
    for one in ordered:
        if one.kind is Kind.UNDO:
            undone.add(one.to)
        elif one.kind is Kind.REDO:
            undone.discard(one.to)
    return [one for one in ordered if one.kind not in (Kind.UNDO, Kind.REDO) and one.id not in undone]


def corrected(
    text: str, articles: Sequence[str], found: Sequence[Mention], corrections: Iterable[Correction]
) -> list[Mention]:
    """Return the mentions of a text as the corrections in force have them, sorted, without overlaps.

    `articles` are the ids of the articles that have this text.
    """
    mentions = list(found)
    for one in corrections:
        if not one.article or one.article in articles:
            mentions = _APPLY[one.kind](text, mentions, one)
    return sorted(mentions)


def same_name(one: str, other: str) -> bool:
    """Say whether two surfaces are equal but for case, accents, hyphens and spaces."""
    return name_key(one) == name_key(other)


def name_key(name: str) -> str:
    """Return the key by which surfaces are compared."""
    return " ".join(fold(name).replace("-", " ").split())


def _meant(text: str, mention: Mention, one: Correction) -> bool:
    """Say whether a correction is about a mention: by its surface in one article, else by its entity."""
    if one.article:
        return same_name(text[mention.start : mention.end], one.name)
    return _is_entity(mention, one)


def _is_entity(mention: Mention, one: Correction) -> bool:
    return mention.type is one.type and same_name(mention.entity, one.name)


def _wrong(text: str, mentions: list[Mention], one: Correction) -> list[Mention]:
    return [mention for mention in mentions if not _meant(text, mention, one)]


def _type(text: str, mentions: list[Mention], one: Correction) -> list[Mention]:
    kind = EntityType(one.to)
    return [Mention(m.start, m.end, kind, m.entity) if _meant(text, m, one) else m for m in mentions]


def _span(text: str, mentions: list[Mention], one: Correction) -> list[Mention]:
    whole = _occurrences(text, one.to)
    moved: list[Mention] = []
    for mention in mentions:
        if not _meant(text, mention, one):
            continue
        for start, end in whole:
            if start < mention.end and mention.start < end:
                moved.append(Mention(start, end, mention.type, _plain(text[start:end])))
    return _over(mentions, moved)


def _add(text: str, mentions: list[Mention], one: Correction) -> list[Mention]:
    kind = EntityType(one.to)
    known = {m.entity for m in mentions if m.type is kind and same_name(m.entity, one.name)}
    entity = min(known, default=_plain(one.name))
    return _over(mentions, [Mention(s, e, kind, entity) for s, e in _occurrences(text, one.name)])


def _same(_text: str, mentions: list[Mention], one: Correction) -> list[Mention]:
    return [Mention(m.start, m.end, m.type, one.to) if _is_entity(m, one) else m for m in mentions]


def _apart(text: str, mentions: list[Mention], one: Correction) -> list[Mention]:
    def is_meant(mention: Mention) -> bool:
        return same_name(mention.entity, one.to) and same_name(text[mention.start : mention.end], one.name)

    return [Mention(m.start, m.end, m.type, _plain(one.name)) if is_meant(m) else m for m in mentions]


def _right(_text: str, mentions: list[Mention], _one: Correction) -> list[Mention]:
    return mentions


_APPLY: Final = {
    Kind.WRONG: _wrong,
    Kind.TYPE: _type,
    Kind.SPAN: _span,
    Kind.SAME: _same,
    Kind.APART: _apart,
    Kind.ADD: _add,
    Kind.RIGHT: _right,
}


def _over(mentions: Iterable[Mention], better: Iterable[Mention]) -> list[Mention]:
    """Return the mentions with others laid over them."""
    kept: list[Mention] = []
    for mention in sorted(set(better)):
        if not kept or kept[-1].end <= mention.start:
            kept.append(mention)
    free = [m for m in mentions if not any(m.start < k.end and k.start < m.end for k in kept)]
    return [*free, *kept]


def _occurrences(text: str, name: str) -> list[tuple[int, int]]:
    """Return where a name stands in a text as words of their own."""
    if not name.strip():
        return []
    spaced = r"\s+".join(map(regex.escape, name.split()))
    return [m.span() for m in regex.finditer(rf"(?<![\p{{L}}\p{{N}}]){spaced}(?![\p{{L}}\p{{N}}])", text)]


def _plain(surface: str) -> str:
    return " ".join(surface.split())
