"""The annotation of a real library by an annotator of the test's."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from index.article import Article, EntityType, Mention, revision_of
from index.entities.work import Progress, annotate_pending
from index.library import Library

VERSIONS = {"fr": "v1", "en": "v1"}


def article(text: str, lang: str = "fr") -> Article:
    revision = revision_of(text)
    return Article(id=revision[:12], revision=revision, title="t", text=text, lang=lang)


class Fake:
    version = "v1"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def annotate(self, texts: Iterable[str]) -> Iterator[list[Mention]]:
        for text in texts:
            self.seen.append(text)
            if "bomb" in text:
                raise MemoryError
            yield [Mention(0, 3, EntityType.ORG, text[:3])]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.sqlite") as opened:
        yield opened


def put(library: Library, *texts: str, lang: str = "fr") -> list[str]:
    articles = [article(text, lang) for text in texts]
    for one in articles:
        library.put(one)
    return [one.id for one in articles]


def run(library: Library, fake: Fake, **options: object) -> list[Progress]:
    keywords = {"annotator_for": lambda _lang: fake, "versions": VERSIONS, "batch": 2, **options}
    return list(annotate_pending(library, **keywords))  # type: ignore[arg-type]


def test_all_that_is_pending_is_done_once(library: Library) -> None:
    ids = put(library, "aaa", "bbb", "ccc", "ddd", "eee") + put(library, "fff", lang="en")
    put(library, "ggg", lang="de")
    fake = Fake()
    reports = run(library, fake)
    assert [(r.done, r.total) for r in reports] == [(2, 6), (4, 6), (6, 6)]
    assert [a for r in reports for a in r.articles] == ids
    assert library.mentions.of(revision_of("aaa")) == (Mention(0, 3, EntityType.ORG, "aaa"),)
    assert not run(library, fake)
    assert fake.seen == ["aaa", "bbb", "ccc", "ddd", "eee", "fff"]


def test_a_new_version_does_it_again(library: Library) -> None:
    put(library, "aaa")
    run(library, Fake())
    assert len(run(library, Fake(), versions={"fr": "v2"})) == 1
    assert library.mentions.annotator_of(revision_of("aaa")) == "v2"


def test_a_text_that_breaks_the_model_stops_nothing(library: Library) -> None:
    ids = put(library, "aaa", "bomb", "ccc")
    reports = run(library, Fake(), batch=8)
    assert reports == [Progress(3, 3, (ids[0], ids[2]), (ids[1],))]
    assert library.mentions.of(revision_of("bomb")) == ()
    assert not run(library, Fake())


def test_an_article_asked_for_jumps_the_queue(library: Library) -> None:
    ids = put(library, *(letter * 3 for letter in "abcdefgh"))
    fake = Fake()
    reports = run(library, fake, first=lambda: ids[7] if fake.seen else None, batch=8)
    assert [r.articles for r in reports] == [tuple(ids[:4]), (ids[7],), tuple(ids[4:7])]
    assert fake.seen == [letter * 3 for letter in "abcdhefg"]


def test_asking_for_nonsense_changes_nothing(library: Library) -> None:
    put(library, "aaa", "bbb")
    assert [r.done for r in run(library, Fake(), first=lambda: "no such id")] == [2]


def test_what_another_process_has_done_is_not_done_again(library: Library) -> None:
    put(library, "aaa", "bbb", "ccc")
    fake = Fake()
    pass_ = annotate_pending(library, annotator_for=lambda _: fake, versions=VERSIONS, batch=1)
    next(pass_)
    library.mentions.put(revision_of("bbb"), "bbb", "v1", [])
    assert [p.done for p in pass_] == [3]
    assert fake.seen == ["aaa", "ccc"]


def test_stopping_keeps_what_is_done(library: Library) -> None:
    put(library, *(letter * 3 for letter in "abcdefgh"))
    fake = Fake()
    assert [r.done for r in run(library, fake, stop=lambda: bool(fake.seen), batch=8)] == [4]
    assert library.mentions.progress(VERSIONS) == (4, 8)


def test_a_batch_is_kept_whole_or_not_at_all(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library, "aaa", "bbb")
    kept = library.mentions.put

    def put_one(revision: str, text: str, version: str, mentions: Iterable[Mention]) -> None:
        if text == "bbb":
            raise KeyboardInterrupt
        kept(revision, text, version, mentions)

    monkeypatch.setattr(library.mentions, "put", put_one)
    with pytest.raises(KeyboardInterrupt):
        run(library, Fake())
    assert library.mentions.progress(VERSIONS) == (0, 2)
