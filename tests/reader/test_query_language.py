"""docs/query-language.md, held to its word: each of its queries finds what the page says."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from index.article import EntityType, Mention
from index.query import QueryError, parse, understood
from reader.paths import places
from reader.workspace import Workspace

PAGE = Path(__file__).resolve().parents[2] / "docs" / "query-language.md"
TODAY = date(2024, 9, 20)


def table(heading):
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip(" ") for cell in row.strip("|").split("|")] for row in rows[2:]]


def code(cell):
    return re.sub(r"\A`|`\Z", "", cell)


FINDS = [(code(query), [int(n) for n in found.split()]) for query, found, _ in table("What finds what")]
REFUSED = [(code(q), int(column) - 1, code(said)) for q, column, said in table("What is refused")]


def jsonl(path, number, title, day, source, lang, text):  # noqa: PLR0917 - the columns of the table
    known = {"title": title, "date": day, "source": source, "lang": lang, "text": text}
    path.write_text(json.dumps({"id": f"{number}", **{k: v for k, v in known.items() if v}}))


def mentions(text, names):
    for kind, name in re.findall(r"(\w+) ([^,]+)", names):
        entity, _, surface = name.partition(" = ")
        start = text.index(surface or entity)
        yield Mention(start, start + len(surface or entity), EntityType(kind), entity)


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    folder = tmp_path_factory.mktemp("collection")
    with Workspace(places(folder / "home")) as space:
        space.finder._today = lambda: TODAY
        library = space.collection.library
        numbers = {}
        for number, title, day, source, lang, text, names, noted in table("The collection"):
            file = folder / f"{number}.jsonl"
            if number == "4":  # it was shorter when it was added
                jsonl(file, number, title, day, source, lang, "Le Niger manque d’eau.")
                list(space.collection.add([file]))
            jsonl(file, number, title, day, source, lang, text)
            list(space.collection.add([file]))
            if number == "6":
                list(space.collection.add([shutil.copy(file, folder / "6-again.jsonl")]))
            [article] = [a for a in library.articles(library.ids()) if a.id not in numbers]
            numbers[article.id] = int(number)
            library.mentions.put(
                article.revision, article.text, "test", sorted(mentions(article.text, names))
            )
            if noted:
                tag, _, comment = noted.partition(":")
                space.note(article, None, comment.strip(), [tag])
            if number == "2":
                space.memory.mark(article.id, read=True)
        space.finder.settle()
        space.numbers = numbers
        yield space


def test_the_page_has_enough_of_them():
    assert len(FINDS) >= 80
    assert len({query for query, _ in FINDS}) == len(FINDS)


@pytest.mark.parametrize(("query", "found"), FINDS)
def test_what_finds_what(space, query, found):
    answer = space.finder.search(query)
    assert sorted(space.numbers[hit.id] for hit in answer.hits) == found
    assert answer.total == len(found)
    assert understood(parse(answer.understood, TODAY)) == answer.understood
    again = space.finder.search(answer.understood)
    assert [hit.id for hit in again.hits] == [hit.id for hit in answer.hits]


@pytest.mark.parametrize(("query", "column", "suggestion"), REFUSED)
def test_what_is_refused(space, query, column, suggestion):
    with pytest.raises(QueryError) as refused:
        space.finder.search(query)
    assert (refused.value.column, refused.value.suggestion) == (column, suggestion)
