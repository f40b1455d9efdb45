"""Every command, declared once: its key, its words, and where it works.

The contexts nest: what a pane does not know, `anywhere` may. Text fields have
contexts of their own that nothing else reaches into.
"""

from typing import Final

from reader.keys import Command

_LIST_KEYS: Final = (
    ("down", "Down", ("j", "down")),
    ("up", "Up", ("k", "up")),
    ("page_down", "Page down", ("space", "pagedown", "ctrl+f")),
    ("page_up", "Page up", ("b", "pageup", "ctrl+b")),
    ("half_down", "Half a page down", ("ctrl+d",)),
    ("half_up", "Half a page up", ("ctrl+u",)),
    ("top", "To the beginning", ("g g", "home")),
    ("bottom", "To the end", ("G", "end")),
)

COMMANDS: Final = (
    # Anywhere but in a text field
    Command("search", "Search the collection", "anywhere", ("s",), footer="Search"),
    Command("next_pane", "Next pane", "anywhere", ("tab",), palette=False),
    Command("previous_pane", "Previous pane", "anywhere", ("shift+tab",), palette=False),
    Command("focus_results", "Results", "anywhere", ("1",)),
    Command("focus_article", "Article", "anywhere", ("2",)),
    Command("focus_side", "Entities and notes", "anywhere", ("3",)),
    Command("entities", "All entities", "anywhere", ("g e",)),
    Command("add_folder", "Add a folder or a file", "anywhere", ("g a",)),
    Command("export", "Export the notes", "anywhere", ("X",), footer="Export"),
    Command("undo", "Undo", "anywhere", ("u",)),
    Command("redo", "Redo", "anywhere", ("ctrl+r",)),
    Command("help", "Help", "anywhere", ("?", "f1"), footer="Keys"),
    Command("back", "Back", "anywhere", ("q",)),
    Command("quit", "Quit", "anywhere", ("Q",), footer="Quit"),
    # The query bar
    Command("to_results", "To the results", "query", ("enter", "down"), footer="Results", palette=False),
    Command("older_query", "Earlier queries", "query", ("up",), footer="History", palette=False),
    Command("clear", "Clear, then leave", "query", ("escape",), footer="Clear", palette=False),
    Command("next_pane", "Next pane", "query", ("tab",), palette=False),
    Command("previous_pane", "Previous pane", "query", ("shift+tab",), palette=False),
    # An empty collection
    Command("add_folder", "Add a folder or a file", "welcome", ("enter",), footer="Add", palette=False),
    # Lists
    *(Command(name, title, "list", keys, palette=False) for name, title, keys in _LIST_KEYS),
    Command("open", "Read", "results", ("enter",), footer="Read", palette=False),
    Command("sort", "Sort: relevance, newest, oldest", "results", ("o",), footer="Sort"),
    Command("open", "Go to it", "side", ("enter",), footer="Go", palette=False),
    Command("edit_note", "Edit the note", "side", ("e",), footer="Edit", palette=False),
    Command("remove_note", "Delete the note", "side", ("d",), footer="Delete", palette=False),
    # All entities, and the dossier of one
    Command("open", "Dossier", "entities", ("enter",), footer="Dossier", palette=False),
    Command("narrow", "Narrow the list", "entities", ("/",), footer="Narrow", palette=False),
    Command(
        "sort_entities", "Sort: mentions, articles, name", "entities", ("o",), footer="Sort", palette=False
    ),
    Command("next_type", "One type after another", "entities", ("f",), footer="Type", palette=False),
    Command("review", "What is worth a look", "entities", ("r",), footer="Review", palette=False),
    Command("right", "It is right", "entities", ("y",), footer="Right", palette=False),
    Command("wrong", "It is no name", "entities", ("x",), footer="Wrong", palette=False),
    Command("other_type", "It is of another type", "entities", ("c",), footer="Type", palette=False),
    Command("also", "It is also another", "entities", ("i",), footer="Is also", palette=False),
    Command("open", "Go to it", "dossier", ("enter",), footer="Go", palette=False),
    Command("sort_contexts", "Sort: date, left, right", "dossier", ("o",), footer="Sort", palette=False),
    Command("also", "It is also another", "dossier", ("i",), footer="Is also", palette=False),
    Command("not_same", "This name is not its", "dossier", ("I",), footer="Not its", palette=False),
    Command("export_dossier", "Write as Markdown", "dossier", ("X",), footer="Export", palette=False),
    Command("leave_page", "Back", "page", ("q", "escape"), footer="Back", palette=False),
    Command("undo", "Undo", "page", ("u",), footer="Undo", palette=False),
    Command("redo", "Redo", "page", ("ctrl+r",), palette=False),
    Command("help", "Help", "page", ("?", "f1"), footer="Keys", palette=False),
    Command("quit", "Quit", "page", ("Q",), palette=False),
    # The article: correcting its entities
    Command("wrong", "Entity: it is no name", "article", ("x",)),
    Command("other_type", "Entity: of another type", "article", ("c",)),
    Command("other_span", "Entity: the selection is all of it", "article", ("z",)),
    Command("also", "Entity: it is also another", "article", ("i",)),
    Command("not_same", "Entity: it is not that one", "article", ("I",)),
    Command("add_entity", "Entity: make the selection one", "article", ("m",)),
    # The article: annotating
    Command("annotate", "Note", "article", ("a",), footer="Note"),
    Command("tag", "Tag", "article", ("t",), footer="Tag"),
    Command("tag_again", "Same tags as last time", "article", (".",)),
    Command("select", "Select", "article", ("v",), footer="Select"),
    Command("copy", "Copy the quote", "article", ("y",), footer="Copy"),
    Command("copy_cited", "Copy the quote with its citation", "article", ("Y",)),
    Command("open_here", "The note or the dossier under the caret", "article", ("enter",)),
    Command("toggle_entities", "Show or hide the entities", "article", ("e",)),
    Command("find", "Find in the article", "article", ("/",), footer="Find"),
    Command("next_match", "Next match", "article", ("n",)),
    Command("previous_match", "Previous match", "article", ("N",)),
    Command("next_article", "Next article", "article", ("J",)),
    Command("previous_article", "Previous article", "article", ("K",)),
    Command("leave", "Drop the selection", "article", ("escape",), palette=False),
    # The article: moving
    Command("page_down", "Page down", "article", ("space", "pagedown", "ctrl+f"), palette=False),
    Command("page_up", "Page up", "article", ("pageup", "ctrl+b"), palette=False),
    Command("half_down", "Half a page down", "article", ("ctrl+d",), palette=False),
    Command("half_up", "Half a page up", "article", ("ctrl+u",), palette=False),
    Command("top", "To the beginning", "article", ("g g", "home"), palette=False),
    Command("bottom", "To the end", "article", ("G", "end"), palette=False),
    Command("left", "A character back", "article", ("h", "left"), palette=False),
    Command("right", "A character on", "article", ("l", "right"), palette=False),
    Command("word_forward", "Next word", "article", ("w",), palette=False),
    Command("word_backward", "Previous word", "article", ("b",), palette=False),
    Command("sentence_forward", "Next sentence", "article", (")",), palette=False),
    Command("sentence_backward", "Previous sentence", "article", ("(",), palette=False),
    Command("paragraph_forward", "Next paragraph", "article", ("}", ";"), palette=False),
    Command("paragraph_backward", "Previous paragraph", "article", ("{", ","), palette=False),
    Command("line_down", "Line down", "article", ("j", "down"), palette=False),
    Command("line_up", "Line up", "article", ("k", "up"), palette=False),
    Command("line_start", "Beginning of the line", "article", ("0",), palette=False),
    Command("line_end", "End of the line", "article", ("$",), palette=False),
    Command("next_entity", "Next entity", "article", ("] e", "> e")),
    Command("previous_entity", "Previous entity", "article", ("[ e", "< e")),
    Command("next_note", "Next note", "article", ("] n", "> n")),
    Command("previous_note", "Previous note", "article", ("[ n", "< n")),
    Command("next_hit", "Next hit", "article", ("] h", "> h")),
    Command("previous_hit", "Previous hit", "article", ("[ h", "< h")),
    # The article: while something is selected
    Command("sentence", "Sentence", "selecting", ("s",), footer="Sentence", palette=False),
    Command("paragraph", "Paragraph", "selecting", ("p",), footer="Paragraph", palette=False),
    Command("grow", "Grow", "selecting", ("+",), footer="Grow", palette=False),
    Command("shrink", "Shrink", "selecting", ("-",), footer="Shrink", palette=False),
    Command("other_end", "Other end", "selecting", ("o",), footer="Other end", palette=False),
    # Dialogues
    Command("cancel", "Leave", "dialogue", ("escape",), palette=False),
    Command("save", "Save", "dialogue", ("ctrl+s",), palette=False),
    Command("down", "Down", "picker", ("down",), palette=False),
    Command("up", "Up", "picker", ("up",), palette=False),
)
