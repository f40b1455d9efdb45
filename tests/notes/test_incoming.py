"""What comes from outside: laid beside what is here, never over it; refused with a reason where it is wrong."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from notebooks import NOTES, TEXT, on_text

from notes import Edit, Fate, Note, Notebook
from notes.export import FORMATS
from notes.incoming import MAX_BYTES, Refused, content, read

SOME = [on_text(1, "six avions", "un", "bilan"), on_text(2, "Gao", "deux")]


def edits(*notes: Note) -> list[Edit]:
    return [Edit(note) for note in notes]


def fates(notebook: Notebook, *notes: Edit) -> list[Fate]:
    return [outcome.fate for outcome in notebook.take_in(notes)]


def here(notebook: Notebook) -> dict[str, str]:
    return {note.id: note.comment for note in notebook.notes()}


# Beside what is here


def test_what_is_new_comes_in_as_one_step(notebook: Notebook) -> None:
    assert fates(notebook, *edits(*SOME)) == [Fate.ADDED, Fate.ADDED]
    assert notebook.notes() == SOME[::-1]
    assert fates(notebook, *edits(*SOME)) == [Fate.UNCHANGED, Fate.UNCHANGED]
    notebook.undo()
    assert notebook.notes() == []
    notebook.redo()
    assert notebook.notes() == SOME[::-1]


def test_a_note_changed_here_and_there_is_kept_twice_and_shown(notebook: Notebook) -> None:
    notebook.take_in(edits(*SOME))
    notebook.revise(SOME[0].id, comment="ici")
    there = replace(SOME[0], comment="là", modified="2030-01-01T00:00:00Z")
    (outcome,) = notebook.take_in(edits(there))
    assert outcome.fate is Fate.CONFLICT
    assert outcome.here is not None
    assert outcome.kept is not None
    assert (outcome.here.comment, outcome.kept.comment) == ("ici", "là")
    assert sorted(here(notebook).values()) == ["deux", "ici", "là"]
    assert fates(notebook, *edits(there)) == [Fate.UNCHANGED]
    notebook.undo()
    assert here(notebook)[SOME[0].id] == "ici"
    assert len(notebook.notes()) == 2


def test_a_later_version_of_a_note_never_touched_here_follows_it(notebook: Notebook) -> None:
    made = [replace(note, modified=note.created) for note in SOME]
    notebook.take_in(edits(*made))
    later = replace(made[0], comment="corrigé", modified="2030-01-01T00:00:00Z")
    assert fates(notebook, *edits(later)) == [Fate.UPDATED]
    assert here(notebook)[made[0].id] == "corrigé"
    assert fates(notebook, *edits(made[0])) == [Fate.OLDER]
    assert here(notebook)[made[0].id] == "corrigé"


def test_a_note_never_comes_to_quote_other_words_or_another_source(notebook: Notebook) -> None:
    made = [replace(note, modified=note.created) for note in SOME]
    notebook.take_in(edits(*made))
    late = {"comment": "corrigé", "modified": "2030-01-01T00:00:00Z"}
    anchor, source = made[0].anchor, made[0].source
    assert anchor
    assert fates(notebook, *edits(replace(made[0], anchor=replace(anchor, quote="sept avions"), **late))) == [
        Fate.CONFLICT
    ]
    assert fates(notebook, *edits(replace(made[1], source=replace(source, url="https://x.fr"), **late))) == [
        Fate.CONFLICT
    ]
    assert [notebook.get(note.id) for note in made] == made


def test_a_note_whose_words_do_not_stand_where_it_says_is_not_taken(notebook: Notebook) -> None:
    anchor = SOME[0].anchor
    kept = notebook.add(SOME[0].article, anchor.revision, SOME[0].source, anchor, text=TEXT)
    false = replace(SOME[0], id="f" * 12, anchor=replace(anchor, start=anchor.start + 1, end=anchor.end + 1))
    far = replace(false, id="e" * 12, anchor=replace(anchor, start=2**53 - len(anchor.quote), end=2**53))
    assert fates(notebook, *edits(false, far)) == [Fate.MISPLACED] * 2
    assert notebook.notes() == [kept]


def test_a_text_that_is_not_in_the_notebook_is_asked_for(notebook: Notebook) -> None:
    anchor = SOME[0].anchor
    false = replace(SOME[0], anchor=replace(anchor, start=anchor.start + 1, end=anchor.end + 1))
    asked = [(one, notebook.take_in(edits(one), {anchor.revision: TEXT}.get)) for one in (false, SOME[0])]
    assert [outcome.fate for _one, (outcome,) in asked] == [Fate.MISPLACED, Fate.ADDED]


def test_each_text_is_read_once_in_whatever_order_its_notes_come(notebook: Notebook) -> None:
    asked: list[str] = []
    anchor = SOME[0].anchor
    several = [
        replace(SOME[0], id=f"{n:012x}", revision=one, anchor=replace(anchor, revision=one))
        for n in range(20)
        for one in ("r1", "r2")
    ]
    notebook.take_in(edits(*several), asked.append)
    assert asked == ["r1", "r2"]


def test_a_deleted_note_comes_back_when_its_file_is_read(notebook: Notebook) -> None:
    notebook.take_in(edits(*SOME))
    notebook.remove(SOME[0].id)
    assert fates(notebook, *edits(SOME[0])) == [Fate.RESTORED]
    assert notebook.get(SOME[0].id) == SOME[0]


def test_an_id_that_is_of_another_article_here_is_not_mixed_up(notebook: Notebook) -> None:
    notebook.take_in(edits(SOME[0]))
    other = replace(SOME[1], id=SOME[0].id, article="0123456789ab")
    assert fates(notebook, Edit(other)) == [Fate.CONFLICT]
    assert notebook.get(SOME[0].id) == SOME[0]
    assert len(notebook.notes()) == 2


def test_one_id_twice_in_one_go_is_two_notes(notebook: Notebook) -> None:
    twice = edits(SOME[0], replace(SOME[0], comment="autre"), SOME[0])
    assert fates(notebook, *twice) == [Fate.ADDED, Fate.CONFLICT, Fate.UNCHANGED]
    assert sorted(here(notebook).values()) == ["autre", "un"]


def test_edits_of_a_file_that_remembers_are_merged_field_by_field(notebook: Notebook) -> None:
    notebook.take_in(edits(SOME[0]))
    notebook.tag([SOME[0].id], "ici")
    there = replace(SOME[0], comment="édité", tags=("là",))
    assert fates(notebook, Edit(there, SOME[0])) == [Fate.UPDATED]
    merged = notebook.get(SOME[0].id)
    assert (merged.comment, merged.tags) == ("édité", ("ici", "là"))
    notebook.revise(SOME[0].id, comment="encore")
    assert fates(notebook, Edit(there, SOME[0])) == [Fate.CONFLICT]
    assert sorted(here(notebook).values()) == ["encore", "édité"]


def test_a_note_deleted_here_and_untouched_there_stays_deleted(notebook: Notebook) -> None:
    notebook.take_in(edits(*SOME))
    notebook.remove(SOME[0].id)
    assert fates(notebook, Edit(SOME[0], SOME[0])) == [Fate.LEFT]
    edited = Edit(replace(SOME[0], comment="édité"), SOME[0])
    assert fates(notebook, edited) == [Fate.RESTORED]
    assert here(notebook)[SOME[0].id] == "édité"


def test_tags_are_spelled_as_they_are_here(notebook: Notebook) -> None:
    notebook.take_in(edits(SOME[0]))
    notebook.take_in(edits(replace(SOME[1], tags=("BILAN",))))
    assert notebook.get(SOME[1].id).tags == ("bilan",)


# Refused


def line(**changes: object) -> bytes:
    return json.dumps({**SOME[0].to_json(), **changes}).encode()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": "../../etc/pwd"}, "'id' is not 12 of the digits"),
        ({"id": 12}, "'id' is not a text"),
        ({"article": ""}, "'article' is not 12"),
        ({"revision": "'; DROP TABLE note; --"}, "'revision' is not"),
        ({"start": -1}, "where a passage could be"),
        ({"start": True}, "where a passage could be"),
        ({"start": 1e3}, "where a passage could be"),
        ({"end": 10**30}, "where a passage could be"),
        ({"end": 10**30, "start": 10**30 - 10}, "where a passage could be"),
        ({"end": None}, "where a passage could be"),
        ({"quote": "", "start": 0, "end": 1}, "characters, the quote has 0"),
        ({"quote": "six avion\x1b"}, "'quote' has control characters"),
        ({"quote": "x" * 1_000_001}, "the most is 1000000"),
        ({"quote": ["six"]}, "'quote' is not a text"),
        ({"comment": {"a": 1}}, "'comment' is not a text"),
        ({"tags": "bilan"}, "'tags' is not a list"),
        ({"tags": ["a,b"]}, "holds a comma"),
        ({"tags": [""]}, "empty part"),
        ({"tags": ["x"] * 1001}, "it has 1001 tags"),
        ({"created": "yesterday"}, "'created' is not a time"),
        ({"modified": "2026-02-30T00:00:00Z"}, "no time of any day"),
        ({"state": "fine"}, "'state' is not one of exact"),
        ({"source": "Le Monde"}, "'source' is not a JSON object"),
        ({"source": {"title": 1}}, "'title' is not a text"),
    ],
    ids=range(24),
)  # fmt: skip
def test_a_wrong_record_is_refused_with_its_line_and_costs_itself_alone(
    changes: dict[str, object], reason: str
) -> None:
    found = read(b"\n".join([line(), line(**changes), line(id="f" * 12)]))
    assert [edit.note.id for edit in found.edits] == [SOME[0].id, "f" * 12]
    (rejected,) = found.rejected
    assert rejected.number == 2
    assert reason in rejected.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no exact records"),
        (b"\xff\xfe{", "not UTF-8 text (byte 0)"),
        (b"SQLite format 3\x00", "no exact records"),
        (b"[" * 1_000_000, "nested deeper than any note"),
        (b'{"@context": ' * 100_000, "nested deeper"),
        (b'{"@context": "x"', "not JSON"),
        (b'{"@context": "x"}', "no annotations"),
        (b'{"@context": "x", "items": 1}', "no annotations"),
        (b'{"@context": "x", "total": NaN, "items": []}', "NaN is no number"),
        (b'{"@context": "x", "total": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"id": 1}\n' * 1002, "1000 faults"),
    ],
    ids=range(11),
)
def test_a_wrong_file_is_refused_whole(data: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read(data)
    assert reason in str(refused.value)


@pytest.mark.parametrize("part", ["{}", "[]", "1"])
def test_a_text_of_more_parts_than_an_export_is_refused_before_it_is_read(part: str, monkeypatch) -> None:
    monkeypatch.setattr("notes.incoming.reading._MOST_PARTS", 1000)
    monkeypatch.setattr("notes.incoming.reading._MOST_VALUES", 4000)
    data = '{"@context": "x", "items": [' + ",".join([part] * 5000) + "]}"
    with pytest.raises(Refused, match="more parts"):
        read(data.encode())


def test_a_wrong_first_line_is_refused_alone() -> None:
    found = read(b'{"id": NaN}\n' + line())
    assert (len(found.edits), [one.number for one in found.rejected]) == (1, [1])


def test_a_deep_line_is_refused_alone() -> None:
    found = read(b"\n".join([line(), b'{"id": ' + b"[" * 200_000, line(id="f" * 12)]))
    assert len(found.edits) == 2
    assert [one.reason for one in found.rejected] == ["nested deeper than any note"]


def test_annotations_of_others_are_refused_one_by_one() -> None:
    whole = json.loads(FORMATS["jsonld"](SOME)[0].text)
    ours = whole["first"]["items"][0]
    foreign = [
        {**ours, "id": "https://hypothes.is/a/1"},
        {**ours, "body": "text"},
        {**ours, "body": [{"purpose": "commenting", "value": 1}]},
        {**ours, "target": "https://x.fr"},
        {**ours, "target": {**ours["target"], "selector": {"type": "RangeSelector"}}},
        {**ours, "target": {**ours["target"], "selector": ["x"]}},
        "annotation", None, 1,
    ]  # fmt: skip
    found = read(json.dumps({"@context": "x", "items": [ours, *foreign]}).encode())
    assert [edit.note.id for edit in found.edits] == [SOME[1].id]
    assert [one.number for one in found.rejected] == list(range(2, 11))


def test_the_shapes_annotations_come_in_are_read() -> None:
    items = json.loads(FORMATS["jsonld"](SOME)[0].text)["first"]["items"]
    for shape in (items, {"@context": "x", "type": "AnnotationPage", "items": items}):
        assert len(read(json.dumps(shape).encode()).edits) == 2
    (alone,) = read(json.dumps({"@context": "x", **items[0]}).encode()).edits
    assert alone.note == SOME[1]


@given(st.binary(max_size=300), st.integers(0, 5))
@settings(max_examples=200)
@example(b'{"a":1}', 0)
def test_bytes_are_read_or_refused(noise: bytes, at: int) -> None:
    for name in ("jsonl", "jsonld"):
        data = FORMATS[name](NOTES)[0].data
        cut = len(data) * at // 6
        try:
            read(data[:cut] + noise + data[cut + len(noise) :])
        except Refused as error:
            assert str(error)


def test_a_file_is_plain_and_of_a_size(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, reason in (
        (tmp_path, "a folder: name the files in it"),
        (Path("/dev/zero"), "not a plain file"),
        (tmp_path / "pipe", "not a plain file"),
    ):
        with pytest.raises(Refused, match=reason):
            content(path)
    with (tmp_path / "large").open("wb") as large:
        large.truncate(MAX_BYTES + 1)
    with pytest.raises(Refused, match="256 MiB"):
        content(tmp_path / "large")
