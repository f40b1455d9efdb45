import hashlib
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import pytest

from notes import Anchor, InvalidTag, Notebook, Source, State, TagCount, Undone, UnknownNote

TEXT = "Bamako, 19 septembre 2024 – L’armée a repris l’aéroport. Le bilan reste inconnu."
REVISION = hashlib.sha256(TEXT.encode()).hexdigest()
SOURCE = Source("L’attaque de Bamako", "2024-09-19", "Le Monde", "https://example.net/a", "/a.txt")
PASSAGE = Anchor.of(TEXT, 28, 56, REVISION)
ARTICLE = "af133a31c0de"


def add(notebook: Notebook, comment: str = "", *tags: str, article: str = ARTICLE) -> str:
    return notebook.add(article, REVISION, SOURCE, PASSAGE, comment, tags).id


def test_a_note_is_kept_as_it_was_made(notebook: Notebook) -> None:
    note = notebook.add(ARTICLE, REVISION, SOURCE, PASSAGE, "À vérifier", ["group/jnim", "Chiffres"], TEXT)
    assert notebook.get(note.id) == note
    assert notebook.notes() == [note]
    assert (note.state, note.created, note.modified) == (
        State.EXACT,
        "2026-11-23T09:00:00Z",
        "2026-11-23T09:00:00Z",
    )
    assert notebook.snapshot(REVISION) == TEXT
    assert notebook.snapshot("0" * 64) is None


def test_the_record_of_a_note_is_the_contract_s(notebook: Notebook) -> None:
    note = notebook.add(ARTICLE, REVISION, SOURCE, PASSAGE, "Oui", ["jnim"])
    assert note.to_json() == {
        "id": note.id,
        "article": ARTICLE,
        "revision": REVISION,
        "start": 28,
        "end": 56,
        "quote": "L’armée a repris l’aéroport.",
        "prefix": "Bamako, 19 septembre 2024 – ",
        "suffix": " Le bilan reste inconnu.",
        "comment": "Oui",
        "tags": ["jnim"],
        "created": "2026-11-23T09:00:00Z",
        "modified": "2026-11-23T09:00:00Z",
        "state": "exact",
        "source": {
            "title": "L’attaque de Bamako",
            "date": "2024-09-19",
            "source": "Le Monde",
            "url": "https://example.net/a",
            "path": "/a.txt",
        },
    }


def test_a_note_on_a_whole_article_has_no_span(notebook: Notebook) -> None:
    record = notebook.get(notebook.add(ARTICLE, REVISION, SOURCE, None, "Tout").id).to_json()
    assert (record["start"], record["end"], record["quote"]) == (None, None, "")
    assert record["revision"] == REVISION


def test_everything_is_there_after_reopening(path: Path, notebook: Notebook) -> None:
    made = [notebook.get(add(notebook, f"note {number}", "a/b")) for number in range(3)]
    notebook.close()
    with Notebook.open(path) as again:
        assert again.notes() == made


def test_a_revision_changes_what_it_says_and_nothing_else(notebook: Notebook) -> None:
    first = notebook.get(add(notebook, "un", "x"))
    second = notebook.revise(first.id, comment="deux")
    assert (second.comment, second.tags, second.created) == ("deux", ("x",), first.created)
    assert second.modified > first.modified
    assert notebook.revise(first.id, comment="deux", tags=["X"]) == second
    assert notebook.revise(first.id, tags=[]).tags == ()


@pytest.mark.parametrize("blank", ["", " ", "\n\t\u00a0"])
def test_a_comment_of_blanks_alone_is_none(notebook: Notebook, blank: str) -> None:
    note = notebook.get(add(notebook, blank))
    assert note.comment == ""
    assert notebook.revise(note.id, comment=blank) == note


def test_a_removed_note_is_gone_from_every_list(notebook: Notebook) -> None:
    note = add(notebook, "un", "x")
    notebook.remove(note)
    with pytest.raises(UnknownNote):
        notebook.get(note)
    assert (notebook.notes(), notebook.tags(), notebook.count_by_article()) == ([], [], {})
    assert notebook.recent_tags() == []


def test_a_note_answers_to_the_beginning_of_its_id(notebook: Notebook) -> None:
    note = add(notebook)
    assert notebook.get(note[:4].upper()).id == note
    for wrong in ("", "abc", "%%%%", "zzzz", "*" * 4, "0" * 13):
        with pytest.raises(UnknownNote):
            notebook.get(wrong)


def test_an_ambiguous_beginning_says_what_it_could_be(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = iter(["abcd00000001", "abcd00000001", "abcd00000002"])
    monkeypatch.setattr("notes.notebook.secrets.token_hex", lambda _: next(ids))
    add(notebook)
    add(notebook)
    with pytest.raises(UnknownNote, match="abcd00000001, abcd00000002"):
        notebook.get("abcd")


def test_a_tag_keeps_the_name_it_was_first_given(notebook: Notebook) -> None:
    add(notebook, "", "Été", "été", "group/JNIM")
    note = notebook.get(add(notebook, "", "#ETE", "Group/jnim"))
    assert note.tags == ("Été", "group/JNIM")
    assert notebook.tags() == [TagCount("Été", 2), TagCount("group/JNIM", 2)]


def test_a_wrong_tag_keeps_nothing(notebook: Notebook) -> None:
    with pytest.raises(InvalidTag):
        add(notebook, "", "bon", "a,b")
    assert notebook.notes() == []


def test_notes_are_chosen_by_article_tag_and_words(notebook: Notebook) -> None:
    one = add(notebook, "L’été à Gao", "group/jnim")
    two = add(notebook, "rien", "groupe", "lieu")
    three = notebook.add("b" * 12, REVISION, SOURCE, None, "Gao encore", ["Group"]).id

    def ids(**conditions: object) -> set[str]:
        return {note.id for note in notebook.notes(**conditions)}  # type: ignore[arg-type]

    assert ids(article=ARTICLE) == {one, two}
    assert ids(tag="group") == {one, three}
    assert ids(tag="GROUP/JNIM") == {one}
    assert ids(tag=["groupe", "lieu"]) == {two}
    assert ids(query="ete l'ete") == {one}
    assert ids(query="GAO") == {one, three}
    assert ids(query="aeroport") == {one, two}
    assert ids(query="gao", tag="group", article="b" * 12) == {three}
    assert notebook.count_by_article() == {ARTICLE: 2, "b" * 12: 1}


def test_notes_come_article_by_article_in_text_order(notebook: Notebook) -> None:
    late = Source("B", "2024-10-01")
    spans = [(late, 5, 9), (SOURCE, 40, 44), (SOURCE, 3, 9), (late, 1, 2)]
    for source, start, end in spans:
        notebook.add(source.title, REVISION, source, Anchor.of(TEXT, start, end, REVISION))
    notebook.add(SOURCE.title, REVISION, SOURCE, None)
    listed = [(note.source.date, note.to_json()["start"]) for note in notebook.notes()]
    assert listed == [
        ("2024-09-19", None),
        ("2024-09-19", 3),
        ("2024-09-19", 40),
        ("2024-10-01", 1),
        ("2024-10-01", 5),
    ]


def test_recent_tags_are_those_of_the_last_notes(notebook: Notebook) -> None:
    add(notebook, "", "un", "deux")
    add(notebook, "", "trois", "un")
    assert notebook.recent_tags(2) == ["trois", "un"]
    assert notebook.recent_tags() == ["trois", "un", "deux"]


def test_undo_and_redo_go_through_every_change_and_across_reopening(path: Path, notebook: Notebook) -> None:
    note = add(notebook, "un", "x")
    notebook.revise(note, comment="deux", tags=["y"])
    notebook.remove(note)
    states = [[], ["un"], ["deux"], []]
    for kind, expected in zip(("remove", "revise", "add"), states[-2::-1], strict=True):
        notebook.close()
        notebook = Notebook.open(path)
        assert notebook.undo() == Undone(kind, (note,))
        assert [each.comment for each in notebook.notes()] == expected
    assert notebook.undo() is None
    for kind, expected in zip(("add", "revise", "remove"), states[1:], strict=True):
        notebook.close()
        notebook = Notebook.open(path)
        assert notebook.redo() == Undone(kind, (note,))
        assert [each.comment for each in notebook.notes()] == expected
    assert notebook.redo() is None
    notebook.close()


def test_undoing_gives_back_the_very_same_note(notebook: Notebook) -> None:
    before = notebook.get(add(notebook, "un", "x", "y"))
    after = notebook.revise(before.id, comment="deux", tags=["z"])
    notebook.undo()
    assert notebook.get(before.id) == before
    notebook.redo()
    assert notebook.get(before.id) == after


def test_a_new_change_ends_what_could_be_redone(notebook: Notebook) -> None:
    note = add(notebook, "un")
    notebook.revise(note, comment="deux")
    notebook.undo()
    notebook.revise(note, comment="trois")
    assert notebook.redo() is None
    assert notebook.undo() == Undone("revise", (note,))
    assert notebook.get(note).comment == "un"


def test_drafts_are_kept_by_place_until_dropped(path: Path, notebook: Notebook) -> None:
    notebook.save_draft(ARTICLE, PASSAGE, comment="commenc", tags="jnim, inach")
    notebook.save_draft(ARTICLE, PASSAGE, comment="commencé", tags="jnim, inachevé")
    notebook.save_draft(ARTICLE, None, comment="tout")
    notebook.save_draft(ARTICLE, PASSAGE, comment="autre", note="abcdabcdabcd")
    notebook.close()
    with Notebook.open(path) as again:
        draft = again.draft(ARTICLE, PASSAGE)
        assert draft is not None
        assert (draft.anchor, draft.comment, draft.tags) == (PASSAGE, "commencé", "jnim, inachevé")
        assert [each.comment for each in again.drafts()] == ["autre", "tout", "commencé"]
        again.drop_draft(ARTICLE, PASSAGE)
        again.drop_draft(ARTICLE, None)
        assert again.draft(ARTICLE, PASSAGE) is None
        assert [each.comment for each in again.drafts()] == ["autre"]


@pytest.mark.parametrize(
    "planted",
    [
        "",
        "[" * 10_000,
        "[1]",
        '"x"',
        "{}",
        json.dumps({**asdict(PASSAGE), "more": 1}),
        json.dumps({**asdict(PASSAGE), "start": "0"}),
        json.dumps({**asdict(PASSAGE), "start": -1, "end": 27}),
        json.dumps({**asdict(PASSAGE), "end": 10**9}),
        json.dumps({**asdict(PASSAGE), "start": 28.0}),
        json.dumps({**asdict(PASSAGE), "quote": "", "end": 28}),
        json.dumps({**asdict(PASSAGE), "prefix": None}),
    ],
)
def test_a_draft_that_no_liseuse_has_written_is_none(path: Path, notebook: Notebook, planted: str) -> None:
    notebook.save_draft(ARTICLE, PASSAGE, comment="commencé")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO draft VALUES (?, ?, 'abcdabcdabcd', 'x', '', '2999')", (ARTICLE, planted))
    assert [each.comment for each in notebook.drafts()] == ["commencé"]
    assert notebook.draft(ARTICLE, None, note="abcdabcdabcd") is None


def test_the_draft_of_a_note_is_found_wherever_its_passage_stands_now(notebook: Notebook) -> None:
    notebook.save_draft(ARTICLE, PASSAGE, comment="avant", note="abcdabcdabcd")
    moved = replace(PASSAGE, start=40, end=68)
    for anchor in (PASSAGE, moved):
        draft = notebook.draft(ARTICLE, anchor, note="abcdabcdabcd")
        assert draft is not None
        assert draft.comment == "avant"
    notebook.drop_draft(ARTICLE, moved, note="abcdabcdabcd")
    assert notebook.drafts() == []


def test_a_note_that_contradicts_itself_is_a_mistake(notebook: Notebook) -> None:
    with pytest.raises(ValueError, match="anchor is of revision"):
        notebook.add(ARTICLE, "other", SOURCE, PASSAGE)
    with pytest.raises(ValueError, match="not that of revision"):
        notebook.add(ARTICLE, REVISION, SOURCE, PASSAGE, text=TEXT + "!")
    with pytest.raises(ValueError, match="not the anchor's quote"):
        notebook.add(ARTICLE, REVISION, SOURCE, Anchor(REVISION, 0, 2, "xx", "", ""), text=TEXT)
    assert notebook.notes() == []


def test_hostile_text_is_kept_without_what_drives_a_terminal(notebook: Notebook) -> None:
    source = Source("A\x1b]52;c;UFdORUQ=\x07\nB", "x\x9b", "s\udce9")
    note = notebook.add(ARTICLE, REVISION, source, None, "a\x1b[2J\r\nb\x00\tc\udc80")
    assert note == notebook.get(note.id)
    assert note.comment == "a[2J\nb\tc\ufffd"
    assert note.source == Source("A]52;c;UFdORUQ= B", "x", "s\ufffd")


def test_two_notebooks_on_one_file_see_each_other(path: Path, notebook: Notebook) -> None:
    with Notebook.open(path) as other:
        before = notebook.data_version()
        mine = add(notebook)
        assert notebook.data_version() == before
        theirs = add(other)
        assert notebook.data_version() != before
        assert {note.id for note in notebook.notes()} == {mine, theirs}
        assert other.undo() == Undone("add", (theirs,))
        assert [note.id for note in notebook.notes()] == [mine]


def test_threads_and_notebooks_write_at_once_and_nothing_is_lost(path: Path) -> None:
    with Notebook.open(path) as one, Notebook.open(path) as two, ThreadPoolExecutor(6) as pool:
        ids = list(pool.map(lambda number: add((one, two)[number % 2], str(number), "t"), range(60)))
        assert {note.id for note in one.notes()} == set(ids)
        assert two.tags() == [TagCount("t", 60)]


def test_many_threads_can_open_a_new_notebook_at_once(path: Path) -> None:
    def once(number: int) -> str:
        with Notebook.open(path) as notebook:
            return add(notebook, str(number))

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(once, range(16)))
    with Notebook.open(path) as notebook:
        assert {note.id for note in notebook.notes()} == ids


def test_times_are_told_in_utc_whatever_the_clock_s_zone(path: Path) -> None:
    clock = lambda: datetime.fromisoformat("2026-11-23T10:00:00.5+01:00")  # noqa: E731
    with Notebook.open(path, clock=clock) as notebook:
        assert notebook.get(add(notebook)).created == "2026-11-23T09:00:00Z"
