"""What a note editor edits."""

from typing import NamedTuple, Self


class Body(NamedTuple):
    """What is written in a note: the comment and the tags, the latter as typed, comma-separated."""

    comment: str = ""
    tags: str = ""

    @classmethod
    def of(cls, comment: str, tags: str) -> Self:
        """Return what is written; a comment of blanks alone is none."""
        return cls(comment if comment.strip() else "", tags)

    def tag_list(self) -> tuple[str, ...]:
        """Return the tags."""
        return tuple(tag.strip().lstrip("#") for tag in self.tags.split(",") if tag.strip().lstrip("#"))
