"""Markdown that people write in: what they edit comes back, what they add stays, whoever exports again."""

from dataclasses import replace

import pytest
from edited import BOTH, LAYOUTS, NOTES, ONE, SLOW, TWO, WHOLE, changed, edits, put, text
from hypothesis import example, given, settings
from hypothesis import strategies as st
from notebooks import any_notebook

from notes import Edit, Fate, Note, Notebook
from notes.export import FORMATS, Layout
from notes.export.again import merged
from notes.incoming import Refused, read


@given(any_notebook(), st.sampled_from(BOTH), st.sampled_from(["article", "tag", "single"]))
@settings(max_examples=40, suppress_health_check=SLOW)
def test_a_file_that_nobody_wrote_in_has_no_edits(notes: list[Note], form: str, layout: Layout) -> None:
    for document in FORMATS[form](notes, layout=layout, lang="fr"):
        found = edits(document.text)
        assert {one.note.id: one.note for one in found}.items() <= {one.id: one for one in notes}.items()
        assert document.text.count("\n— ") >= len(found) > 0 or layout == "single"
    if layout == "article":
        assert sum(len(edits(d.text)) for d in FORMATS[form](notes, layout=layout, lang="fr")) == len(notes)


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_edited_comment_is_read_back_by_its_block_id(form: str, layout: Layout) -> None:
    written = put(text(form=form, layout=layout), ("- deux\n", "- deux bis\n\n> cité\n\n# titre\n"))
    assert changed(written) == {ONE.id: ("Premier.\n\n- un\n- deux bis\n\n> cité\n\n# titre", ONE.tags)}
    written = put(text(form=form, layout=layout), ("Second.", ""))
    assert changed(written) == {TWO.id: ("", ())}
    written = put(text(form=form, layout=layout), ("Tout lire.", "Tout\n\nrelire."))
    assert changed(written) == {WHOLE.id: ("Tout\n\nrelire.", WHOLE.tags)}


def test_edited_tags_are_read_back_as_the_notebook_calls_them() -> None:
    obsidian, plain = text(), text(form="commonmark")
    assert changed(put(obsidian, ("#lieu/Gao #À-vérifier", "#À-vérifier #neuf"))) == {
        ONE.id: (ONE.comment, ("À vérifier", "neuf"))
    }
    assert changed(put(obsidian, ("#lieu/Gao #À-vérifier", ""))) == {ONE.id: (ONE.comment, ())}
    assert changed(put(obsidian, ("Second.", "Second.\n\n#À-vérifier"))) == {
        TWO.id: (TWO.comment, ("À vérifier",))
    }
    assert changed(put(plain, ("lieu/Gao, À vérifier", "À vérifier, a\\_b, À VÉRIFIER"))) == {
        ONE.id: (ONE.comment, ("À vérifier", "a_b"))
    }
    (one,) = read(put(obsidian, ("#lieu/Gao", "#a,b")).encode()).rejected
    assert "comma" in one.reason


def test_a_comment_that_ends_in_hashtags_has_not_lost_them_to_the_tags() -> None:
    hashed = replace(TWO, comment="voir\n\n#a #b")
    assert changed(text([hashed])) == {}
    assert changed(put(text([hashed]), ("voir", "vu"))) == {TWO.id: ("vu\n\n#a #b", ())}


@pytest.mark.parametrize("form", BOTH)
def test_what_turns_the_text_is_not_in_the_file_and_stays_in_the_notebook(
    notebook: Notebook, form: str
) -> None:
    turned = replace(ONE, comment="\u202e\nle\u202e bilan\n\n\u200fde Gao\n<b>oui<i \u2066non\n\u202e")
    notebook.take_in([Edit(turned)])
    written = text([turned], form)
    assert not set("\u202e\u200f\u2066") & set(written)
    assert changed(written) == {}
    (left,) = notebook.take_in(edits(written))
    assert (left.fate, notebook.get(ONE.id)) == (Fate.UNCHANGED, turned)
    retagged = put(written, ("#lieu/Gao ", "") if form == "markdown" else ("lieu/Gao, ", ""))
    assert changed(retagged) == {ONE.id: (turned.comment, ("À vérifier",))}
    notebook.take_in(edits(put(written, ("de Gao", "de Gao, relu"))))
    assert notebook.get(ONE.id).comment == "le\u202e bilan\n\nde Gao, relu\n<b>oui<i \u2066non"
    assert merged(text([notebook.get(ONE.id)], form), written, "fr") == text([notebook.get(ONE.id)], form)


def test_a_file_written_before_that_was_left_out_has_no_edits() -> None:
    turned = replace(TWO, comment="le\u202e bilan")
    assert changed(put(text([turned]), ("le bilan", "le\u202e bilan"))) == {}


def test_windows_line_ends_and_a_byte_order_mark_are_no_edit() -> None:
    assert changed("\ufeff" + put(text(), ("\n", "\r\n"))) == {}


def test_what_is_not_ours_or_no_longer_whole_is_refused_with_a_reason() -> None:
    for written in ("# A note", "", text().split("```")[0]):
        with pytest.raises(Refused, match="no exact records"):
            read(written.encode())
    found = read(put(text(), ("> [!quote]", "")).replace("> ", "").encode())
    assert {one.reason for one in found.rejected} == {
        "its quote is no longer there, so where its comment begins is not sure"
    }
    found = read(put(text(), (f"^n-{TWO.id}", "^n-ffffffffffff")).encode())
    assert [one.note.id for one in found.edits] == [WHOLE.id, ONE.id]
    assert [one.reason for one in found.rejected] == ["the file has no exact record of the note ffffffffffff"]


def test_words_replaced_throughout_a_file_are_not_taken_for_no_edit() -> None:
    everywhere = text().replace("Second.", "Second, partout.")
    with pytest.raises(Refused, match="replacing words throughout"):
        read(everywhere.encode())
    with pytest.raises(Refused, match="replacing words throughout"):
        merged(text(), everywhere, "fr")


@given(st.text(alphabet=">`~-*_[]<!\n #^—|\\", max_size=60))
@example("[" * 5000 + "\n" + ">" * 5000)
def test_whatever_is_written_into_a_file_is_read_or_refused(noise: str) -> None:
    half = put(text(), ("Second.", noise))
    try:
        assert len(read(half.encode()).edits) <= 3
    except Refused as error:
        assert str(error)


def test_edits_in_the_file_and_in_the_notebook_meet(notebook: Notebook) -> None:
    notebook.take_in([Edit(note) for note in NOTES])
    written = put(text(), ("Second.", "Second, édité."), ("- deux", "- deux, édité"))
    notebook.revise(ONE.id, comment="Autre chose.")
    notebook.tag([TWO.id], "ici")
    outcomes = notebook.take_in(edits(written))
    assert [outcome.fate for outcome in outcomes] == [Fate.UNCHANGED, Fate.CONFLICT, Fate.UPDATED]
    assert notebook.get(TWO.id).comment == "Second, édité."
    assert notebook.get(TWO.id).tags == ("ici",)
    assert sorted(note.comment for note in notebook.notes()) == sorted(
        ["Autre chose.", "Premier.\n\n- un\n- deux, édité", "Second, édité.", "Tout lire."]
    )
    notebook.undo()
    assert len(notebook.notes()) == 3


def test_one_note_edited_in_two_files_is_merged_in_one_step(notebook: Notebook) -> None:
    notebook.take_in([Edit(note) for note in NOTES])
    by_comment = edits(put(text(), ("Second.", "Second, édité.")))
    by_tag = edits(put(text(), ("Second.", "Second.\n\n#neuf")))
    fates = [outcome.fate for outcome in notebook.take_in([*by_comment, *by_tag])]
    assert Fate.CONFLICT not in fates
    both = notebook.get(TWO.id)
    assert (both.comment, both.tags) == ("Second, édité.", ("neuf",))
    notebook.undo()
    assert notebook.get(TWO.id) == TWO
