"""What an analyst corrects stays corrected: annotated again, added again, merged, undone."""

import json
import os
import re
import stat
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from irregular import KINDS, in_bounds, lay

from index.article import Article, EntityType, Mention, revision_of
from index.entities.corrections import Correction, Kind, corrected, in_force
from index.entities.gazetteer import Gazetteer
from index.entities.log import CorrectionLog, read
from index.entities.settle import settle_all, settle_article
from index.errors import CorrectionsLocked
from index.library import Library

PERSON, ORG, PLACE, EVENT, OTHER = EntityType
WORDS = ("Awa", "Diallo", "Bamako", "FPX", "dit", "à", "Front", "Zou", "et")
TYPES = st.sampled_from([PERSON, ORG, PLACE])
State = list[tuple[str, tuple[Mention, ...]]]


def found_in(text: str) -> list[Mention]:
    """A model: every capitalised run of words is a name, of a type that its length says."""
    kinds = (PERSON, ORG, PLACE)
    runs = re.finditer(r"[A-Z]\w*(?: [A-Z]\w*)?", text)
    return [Mention(m.start(), m.end(), kinds[len(m[0]) % 3], m[0]) for m in runs]


def library_of(path: Path, texts: Sequence[str]) -> Library:
    library = Library(path)
    for text in texts:
        revision = revision_of(text)
        library.put(Article(revision[:12], revision, "T", text, lang="fr"))
        library.mentions.put(revision, text, "toy", found_in(text))
    return library


def settled(library: Library, log: CorrectionLog) -> State:
    for _articles in settle_all(library, log, Gazetteer):
        pass
    return [(one, library.mentions.of(library.get(one).revision)) for one in sorted(library.ids())]


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[str], list[Correction]]:
    texts = draw(
        st.lists(
            st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join),
            min_size=1,
            max_size=3,
            unique=True,
        )
    )
    names = st.sampled_from([*WORDS, "Awa Diallo", "Diallo Awa", "Front Zou"])
    articles = st.sampled_from(["", *(revision_of(text)[:12] for text in texts)])
    made = []
    for kind in draw(
        st.lists(st.sampled_from([k for k in Kind if k not in (Kind.UNDO, Kind.REDO)]), max_size=6)
    ):
        to = draw(TYPES).value if kind in (Kind.TYPE, Kind.ADD) else draw(names)
        made.append(Correction.of(kind, draw(names), draw(TYPES), to, draw(articles)))
    return texts, made


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases())
def test_corrections_survive_annotating_and_adding_again(tmp_path_factory, case) -> None:
    texts, corrections = case
    folder = tmp_path_factory.mktemp("case")
    log = CorrectionLog(folder / "log.jsonl")
    with library_of(folder / "one.sqlite", texts) as library:
        before = settled(library, log)
        log.append(*corrections)
        after = settled(library, log)
        for text in texts:
            library.mentions.put(revision_of(text), text, "again", found_in(text))
        assert settled(library, log) == after
        for _, mentions in after:
            assert all(a.end <= b.start for a, b in pairwise(mentions))
        with library_of(folder / "two.sqlite", texts[::-1]) as anew:
            assert settled(anew, log) == after
        while log.undo():
            pass
        assert settled(library, log) == before
        while log.redo():
            pass
        assert settled(library, log) == after


def test_joining_and_undoing_gives_back_the_identical_state(tmp_path: Path) -> None:
    log = CorrectionLog(tmp_path / "log.jsonl")
    with library_of(tmp_path / "library.sqlite", ["vu par Awa Diallo", "vu par Zou", "à Bamako"]) as library:
        before = settled(library, log)
        kind = found_in("vu par Zou")[0].type
        log.append(Correction.of(Kind.SAME, "Zou", kind, "Awa Diallo"))
        assert settled(library, log) != before
        assert {m.entity for _, ms in settled(library, log) for m in ms} == {"Awa Diallo", "Bamako"}
        log.undo()
        assert settled(library, log) == before


def test_nothing_is_done_when_nothing_has_changed(tmp_path: Path) -> None:
    log = CorrectionLog(tmp_path / "log.jsonl")
    with library_of(tmp_path / "library.sqlite", ["à Bamako"]) as library:
        settled(library, log)
        library.mark_indexed(library.unindexed())
        settled(library, log)
        assert library.unindexed() == []


def test_only_what_changes_is_owed_to_the_index(tmp_path: Path) -> None:
    log = CorrectionLog(tmp_path / "log.jsonl")
    with library_of(tmp_path / "library.sqlite", ["à Bamako", "vu par Zou"]) as library:
        settled(library, log)
        library.mark_indexed(library.unindexed())
        log.append(Correction.of(Kind.WRONG, "Zou", article=revision_of("vu par Zou")[:12]))
        settled(library, log)
        assert [debt.article for debt in library.unindexed()] == [revision_of("vu par Zou")[:12]]


def test_one_article_is_corrected_at_once(tmp_path: Path) -> None:
    log = CorrectionLog(tmp_path / "log.jsonl")
    with library_of(tmp_path / "library.sqlite", ["à Bamako"]) as library:
        [one] = library.ids()
        assert not settle_article(library, log, one)
        log.append(Correction.of(Kind.WRONG, "Bamako", article=one))
        assert settle_article(library, log, one)
        assert library.mentions.of(library.get(one).revision) == ()


TEXT = "Le colonel Goïta, chef de la junte du Mali, et Awa Goita. La  junte\ndu Mali parle."
FOUND = [
    Mention(11, 16, PLACE, "Goïta"),
    Mention(38, 42, PLACE, "Mali"),
    Mention(47, 56, PERSON, "Awa Goita"),
    Mention(TEXT.rindex("Mali"), TEXT.rindex("Mali") + 4, PLACE, "Mali"),
]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (Correction.of(Kind.WRONG, "goita", article="a"), ["Mali/place Mali", "Awa Goita/person Awa Goita", "Mali/place Mali"]),
        (Correction.of(Kind.WRONG, "Mali", PLACE), ["Goïta/place Goïta", "Awa Goita/person Awa Goita"]),
        (Correction.of(Kind.WRONG, "Mali", ORG), None),
        (Correction.of(Kind.WRONG, "Goïta", article="b"), None),
        (Correction.of(Kind.TYPE, "Goïta", PLACE, "person", "a"), ["Goïta/person Goïta", "Mali/place Mali", "Awa Goita/person Awa Goita", "Mali/place Mali"]),
        (Correction.of(Kind.SPAN, "Awa Goita", PERSON, "Awa", "a"), ["Goïta/place Goïta", "Mali/place Mali", "Awa/person Awa", "Mali/place Mali"]),
        (Correction.of(Kind.SPAN, "Mali", PLACE, "junte du Mali", "a"), ["Goïta/place Goïta", "junte du Mali/place junte du Mali", "Awa Goita/person Awa Goita", "junte\ndu Mali/place junte du Mali"]),
        (Correction.of(Kind.SAME, "Goïta", PLACE, "Assimi Goïta"), ["Goïta/place Assimi Goïta", "Mali/place Mali", "Awa Goita/person Awa Goita", "Mali/place Mali"]),
        (Correction.of(Kind.APART, "Mali", PLACE, "Mali"), None),
        (Correction.of(Kind.ADD, "junte du Mali", OTHER, "org", "a"), ["Goïta/place Goïta", "junte du Mali/org junte du Mali", "Awa Goita/person Awa Goita", "junte\ndu Mali/org junte du Mali"]),
        (Correction.of(Kind.ADD, "colonel", OTHER, "org", "a"), ["colonel/org colonel", "Goïta/place Goïta", "Mali/place Mali", "Awa Goita/person Awa Goita", "Mali/place Mali"]),
        (Correction.of(Kind.ADD, "jun", OTHER, "org", "a"), None),
    ],
)  # fmt: skip
def test_each_correction_does_what_it_says(one: Correction, expected: list[str] | None) -> None:
    made = corrected(TEXT, ["a"], FOUND, [one])
    assert [f"{TEXT[m.start : m.end]}/{m.type} {m.entity}" for m in made] == (
        [f"{TEXT[m.start : m.end]}/{m.type} {m.entity}" for m in FOUND] if expected is None else expected
    )


def test_a_name_taken_from_an_entity_is_one_of_its_own() -> None:
    found = [Mention(11, 16, PERSON, "Assimi Goïta"), Mention(47, 56, PERSON, "Assimi Goïta")]
    made = corrected(TEXT, ["a"], found, [Correction.of(Kind.APART, "Awa Goita", PERSON, "Assimi Goïta")])
    assert [m.entity for m in made] == ["Assimi Goïta", "Awa Goita"]


def test_two_analysts_logs_merge_the_same_way_round(tmp_path: Path) -> None:
    mine, theirs = CorrectionLog(tmp_path / "mine.jsonl"), CorrectionLog(tmp_path / "theirs.jsonl")
    mine.append(Correction.of(Kind.WRONG, "A"))
    theirs.append(Correction.of(Kind.WRONG, "B"), Correction.of(Kind.WRONG, "C"))
    theirs.undo()
    assert mine.merge(theirs.lines()) == 3
    assert theirs.merge(mine.lines()) == 1
    assert mine.merge(theirs.lines()) == 0
    assert mine.in_force() == theirs.in_force()
    assert [one.name for one in mine.in_force()] == ["A", "B"]


def test_redo_ends_where_something_new_is_said(tmp_path: Path) -> None:
    log = CorrectionLog(tmp_path / "log.jsonl")
    assert log.undo() is None
    assert log.redo() is None
    log.append(Correction.of(Kind.WRONG, "A"), Correction.of(Kind.WRONG, "B"))
    log.undo()
    log.undo()
    again = log.redo()
    assert again
    assert again.name == "A"
    log.append(Correction.of(Kind.WRONG, "C"))
    assert log.redo() is None
    assert [one.name for one in log.in_force()] == ["A", "C"]


def test_the_log_is_private_and_says_everything(tmp_path: Path) -> None:
    log = CorrectionLog(tmp_path / "notes" / "corrections.jsonl")
    one = Correction.of(Kind.SAME, "Goïta", PERSON, "Assimi Goïta")
    log.append(one)
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600
    assert json.loads(log.path.read_text()) == {
        "version": 1, "id": one.id, "time": one.time, "kind": "same", "name": "Goïta", "type": "person",
        "to": "Assimi Goïta", "article": "",
    }  # fmt: skip
    assert log.lines() == [one]


@pytest.mark.parametrize(
    "torn",
    [
        b'{"version": 1, "id": "x"',
        b"\xff\x00",
        b"[1]\n",
        b'{"version": 2}\n',
        b"[" * 200_000,
        b'{"version": ' + b"9" * 5_000 + b"}",
        json.dumps({**Correction.of(Kind.WRONG, "C").to_json(), "name": "x" * (5 << 20)}).encode(),
        json.dumps({**Correction.of(Kind.WRONG, "C").to_json(), "name": "\ud800"}).encode(),
    ],
    ids=range(8),
)
def test_a_line_cut_short_costs_itself_only(tmp_path: Path, torn: bytes) -> None:
    log = CorrectionLog(tmp_path / "log.jsonl")
    one, two = Correction.of(Kind.WRONG, "A"), Correction.of(Kind.WRONG, "B")
    log.append(one)
    with log.path.open("ab") as file:
        file.write(torn)
    log.append(two)
    assert log.in_force() == [one, two]


@pytest.mark.parametrize("kind", KINDS)
def test_a_log_that_is_no_file_is_told(tmp_path: Path, kind: str) -> None:
    log = CorrectionLog(lay(tmp_path / "log.jsonl", kind))
    with in_bounds():
        for use in (log.lines, log.digest, log.undo):
            with pytest.raises(CorrectionsLocked, match=r"cannot be read: (not a regular|Is a dir|larger)"):
                use()
        if kind in ("pipe", "device"):
            with pytest.raises(CorrectionsLocked, match="not a regular file"):
                log.append(Correction.of(Kind.WRONG, "A"))


def test_a_full_disk_leaves_the_log_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = CorrectionLog(tmp_path / "log.jsonl")
    log.append(Correction.of(Kind.WRONG, "A"))
    before, write = log.path.read_bytes(), os.write

    def full(file: int, data: bytes) -> int:
        write(file, data[:5])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(CorrectionsLocked, match="No space"):
        log.append(Correction.of(Kind.WRONG, "B"))
    assert log.path.read_bytes() == before


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"version": 1, "kind": "wrong", "name": 3, "type": "org"},
        {"version": 1, "kind": "other", "name": "A", "type": "org"},
        {"version": 1, "kind": "type", "name": "A", "type": "org", "to": "group"},
    ],
)
def test_what_is_no_correction_is_not_read(record: dict[str, object]) -> None:
    assert list(read(json.dumps(record).encode())) == []


def test_a_correction_said_twice_counts_once() -> None:
    one = Correction.of(Kind.WRONG, "A")
    assert in_force([one, one]) == [one]
