import os
import sqlite3
import stat
from pathlib import Path

import pytest

from index.article import Article, EntityType, Mention, revision_of
from index.errors import (
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryNotOurs,
    LibraryTooNew,
    UnknownArticle,
)
from index.library import Library
from index.places import Stamp

TEXT = "Le colonel Assimi Goïta parle à Bamako. Goïta reste à Bamako."


def article(text: str = TEXT, id: str = "", **fields: str) -> Article:
    revision = revision_of(text)
    return Article(
        id=id or revision[:12],
        revision=revision,
        title=fields.pop("title", "T"),
        text=text,
        lang="fr",
        **fields,
    )


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "library" / "library.sqlite") as opened:
        yield opened


def test_one_who_is_in_a_hurry_is_told_that_another_writes(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "library" / "library.sqlite"
    with (
        Library(path, patience=0.01) as other,
        library.transaction(),
        pytest.raises(LibraryBusy, match="try again"),
    ):
        other.put(article())
    assert library.count() == 0


def test_what_is_put_comes_back(library: Library) -> None:
    one = article(date="2024-09-19", place="Bamako", source="S", url="u", author="A")
    library.put(one)
    assert library.get(one.id) == one
    assert library.count() == 1


def test_a_new_text_is_a_new_revision_and_the_old_one_stays(library: Library) -> None:
    one = article()
    library.put(one)
    library.put(article("Autre texte", id=one.id))
    assert library.get(one.id).text == "Autre texte"
    assert library.revision_text(one.revision) == TEXT


def test_ids_answer_to_a_prefix_of_four(library: Library) -> None:
    library.put(article(id="abcd00000001"))
    library.put(article("x", id="abcd00000002"))
    assert library.resolve("ABCD00000001") == "abcd00000001"
    for wrong in ("abc", "abcd", "ffff", "abcd0000000123", "ab%d", ""):
        with pytest.raises(UnknownArticle):
            library.resolve(wrong)


def test_a_taken_id_is_not_given_twice(library: Library) -> None:
    one = article()
    library.put(one)
    assert library.new_id(one.revision) not in ("", one.id)


def test_a_transaction_is_all_or_nothing(library: Library) -> None:
    with pytest.raises(ZeroDivisionError), library.transaction():
        library.put(article())
        raise ZeroDivisionError
    assert library.count() == 0


def test_debts_renewed_while_they_are_paid_stay(library: Library) -> None:
    one = article()
    library.put(one)
    owed = library.unindexed()
    library.put(article("changed", id=one.id))
    library.mark_indexed(owed)
    assert [debt.article for debt in library.unindexed()] == [one.id]
    library.mark_indexed(library.unindexed())
    assert library.unindexed() == []


def test_stamps_and_places(library: Library) -> None:
    one = article()
    library.put(one)
    path = b"/caf\xe9.txt"
    library.places.put(path, "", one)
    library.places.set_stamp(path, Stamp(3, 4))
    assert library.places.stamp(path) == Stamp(3, 4)
    assert library.places.at(path, "") == one.id
    assert library.get(one.id).path == "/caf\\xe9.txt"


def mentions() -> list[Mention]:
    return [
        Mention(11, 23, EntityType.PERSON, "Assimi Goïta"),
        Mention(32, 38, EntityType.PLACE, "Bamako"),
        Mention(40, 45, EntityType.PERSON, "Assimi Goïta"),
    ]


def test_mentions_are_kept_with_the_version_that_found_them(library: Library) -> None:
    one = article()
    library.put(one)
    assert [p.article for p in library.mentions.pending({"fr": "v1"}, 10)] == [one.id]
    library.mentions.put(one.revision, one.text, "v1", mentions())
    assert library.mentions.pending({"fr": "v1"}, 10) == []
    assert [p.article for p in library.mentions.pending({"fr": "v2"}, 10)] == [one.id]
    assert library.mentions.of(one.revision) == tuple(mentions())
    assert library.mentions.progress({"fr": "v1"}) == (1, 1)


def test_entities_are_counted_and_found_by_any_name(library: Library) -> None:
    one = article()
    library.put(one)
    library.mentions.put(one.revision, one.text, "v1", mentions())
    (goita,) = library.mentions.entities("goita")
    assert (goita.name, goita.aliases, goita.articles, goita.mentions) == ("Assimi Goïta", ("Goïta",), 1, 2)
    assert library.mentions.articles_naming("GOITA") == {one.id}
    assert library.mentions.entities("", EntityType.ORG) == []


def test_the_library_is_private_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        with Library(tmp_path / "l" / "library.sqlite"):
            assert stat.S_IMODE((tmp_path / "l").stat().st_mode) == 0o700
            assert stat.S_IMODE((tmp_path / "l" / "library.sqlite").stat().st_mode) == 0o600
    finally:
        os.umask(old)


@pytest.mark.parametrize(
    ("sql", "error"),
    [("PRAGMA application_id = 7", LibraryNotOurs), ("CREATE TABLE x (y)", LibraryNotOurs)],
)
def test_a_foreign_database_is_refused_and_left_alone(
    tmp_path: Path, sql: str, error: type[LibraryError]
) -> None:
    path = tmp_path / "library.sqlite"
    other = sqlite3.connect(path)
    other.execute(sql)
    other.execute("PRAGMA user_version = 3")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(error):
        Library(path)
    assert path.read_bytes() == before


def test_a_later_library_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    Library(path).close()
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 999")
    other.close()
    with pytest.raises(LibraryTooNew, match="999"):
        Library(path)


def test_a_damaged_library_is_named_so(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"not a database at all, " * 300)
    with pytest.raises(LibraryDamaged, match="adds the sources again"):
        Library(path)
