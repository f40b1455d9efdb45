"""Pages as the usual systems make them: the article whole and to the character, and nothing else."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Draft
from index.formats.html import read
from index.formats.html.body import as_on_page
from index.formats.markup import html_text

LEAD = (
    "Deux attaques ont visé mardi l’aéroport militaire et une école de gendarmerie de la capitale malienne."
)
FIRST = (
    "Les tirs ont commencé avant l’aube, selon des habitants du quartier de Faladié joints par téléphone\u00a0: "
    "«\u202fnous avons entendu des explosions puis des rafales\u202f», raconte l’un d’eux, qui demande l’anonymat."
)
SECOND = (
    "L’état-major général des armées a fait savoir dans un communiqué que la situation était «\u202fsous contrôle\u202f» "
    "et a demandé à la population de rester chez elle jusqu’à nouvel ordre, le temps des opérations de ratissage."
)
QUOTE = "Nous ne céderons pas, a déclaré le général Oumar Diarra devant la presse réunie à Bamako."
LIST = ["trois avions endommagés sur le tarmac", "une quinzaine de suspects arrêtés dans la journée"]
LAST = "Le bilan humain n’avait pas été communiqué mercredi matin\u00a0; les hôpitaux de la ville disent avoir reçu des blessés."
STORY = [FIRST, SECOND, QUOTE, *LIST, LAST]

NOISE = (
    "Accueil", "Politique", "Société", "Partager sur Facebook", "Lire aussi", "Les plus lus", "Un lecteur fâché",
    "Abonnez-vous", "Mentions légales", "Nous utilisons des cookies", "Par Awa Traoré", "Publié le",
)  # fmt: skip

MENU = "<nav><ul><li><a href=/>Accueil</a><li><a href=/p>Politique</a><li><a href=/s>Société</a></ul></nav>"
INNER = (
    f"<p>{FIRST}</p><p>{SECOND}</p><blockquote><p>{QUOTE}</p></blockquote>"
    f"<ul><li>{LIST[0]}</li><li>{LIST[1]}</li></ul><p>{LAST}</p>"
)
COMMENTS = "<section id='comments' class='comments-area'><h3>2 commentaires</h3><p>Un lecteur fâché dit son avis sur l’article.</p></section>"
FOOT = "<footer><p>Mentions légales</p><div class='cookie-banner'>Nous utilisons des cookies pour vous servir.</div></footer>"
RELATED = "<aside><h3>Les plus lus</h3><ul><li><a href=/1>Une autre affaire dont il n’est pas question</a></ul></aside>"


def page(body: str, head: str = "") -> str:
    return (
        "<!doctype html><html lang='fr-FR'><head><meta charset='utf-8'><title>Bamako attaquée - Le Journal d’essai</title>"
        "<meta property='og:title' content='Bamako attaquée'><meta property='og:site_name' content='Le Journal d’essai'>"
        f"<meta property='article:published_time' content='2024-09-18T07:30:00+00:00'>{head}</head><body>{MENU}{body}{FOOT}</body></html>"
    )


PAGES = {
    "wordpress": page(
        "<main><article class='post hentry'><header class='entry-header'><h1 class='entry-title'>Bamako attaquée</h1>"
        "<div class='entry-meta'><span class='byline'>Par Awa Traoré</span> <time>Publié le 18 septembre 2024 à 9h30</time></div></header>"
        f"<div class='entry-content'><p><strong>{LEAD}</strong></p>{INNER}"
        "<div class='sharedaddy sd-sharing-enabled'><h3>Partager sur Facebook</h3></div></div></article>"
        f"{RELATED}{COMMENTS}</main>"
    ),
    "spip": page(
        "<div id='contenu'><div class='cartouche'><h1 class='crayon titre'>Bamako attaquée</h1>"
        "<p class='info-publi'>Publié le 18 septembre 2024, par <span class='vcard author'>Awa Traoré</span></p></div>"
        f"<div class='crayon chapo'><p>{LEAD}</p></div><div class='crayon texte'>{INNER}</div></div>{COMMENTS}{RELATED}"
    ),
    "drupal": page(
        "<main role='main'><article class='node node--type-article'><h1><span>Bamako attaquée</span></h1>"
        "<div class='node__meta'>Par Awa Traoré - 18 septembre 2024</div>"
        f"<div class='field field--name-field-chapo'>{LEAD}</div><div class='field field--name-body'>{INNER}</div>"
        f"<p>Lire aussi : <a href=/x>Une autre affaire</a></p></article>{RELATED}</main>",
        head=f"<meta name='description' content=\"{LEAD}\">",
    ),
    "schema.org": page(
        "<article itemscope itemtype='http://schema.org/NewsArticle'><h1 itemprop='headline'>Bamako attaquée</h1>"
        f"<p itemprop='description' class='standfirst'>{LEAD}</p><div itemprop='articleBody'><p class='date'>AFP, publié le mercredi 18 septembre 2024 à 07h30</p>"
        f"{INNER}<div class='newsletter-box'><p>Abonnez-vous à notre lettre</p></div></div></article>{COMMENTS}"
    ),
    "divs": page(
        "<div class='wrap'><div class='col-8'><h1>Bamako attaquée</h1><div class='share-bar'>Partager sur Facebook</div>"
        f"<div class='story'><p>{LEAD}</p>{INNER}</div></div><div class='col-4 sidebar'>{RELATED}</div></div>{COMMENTS}"
    ),
}  # fmt: skip


def draft_of(markup: str | bytes) -> Draft:
    (draft,) = read(io.BytesIO(markup if isinstance(markup, bytes) else markup.encode()))
    return draft


@pytest.mark.parametrize("kind", PAGES)
def test_the_article_is_whole_to_the_character_and_alone(kind: str) -> None:
    draft = draft_of(PAGES[kind])
    text = draft.text.replace("\n\n- ", "\n\n")
    assert [part for part in (LEAD, *STORY) if part not in text] == []
    assert [noise for noise in NOISE if noise in text] == []
    assert (draft.title, draft.date, draft.lang) == ("Bamako attaquée", "2024-09-18", "fr")
    assert draft.source == "Le Journal d’essai"


def test_a_mark_on_a_teaser_alone_is_not_believed() -> None:
    markup = page(
        f"<article><h1>T</h1><div itemprop='articleBody'><p>{LEAD}</p></div><div>{INNER}</div></article>"
    )
    assert LAST in draft_of(markup).text


def test_a_short_dispatch_is_an_article() -> None:
    markup = page(f"<article><h1>Bamako attaquée</h1><p>{LEAD}</p></article>")
    assert LEAD in draft_of(markup).text


def test_the_declared_encoding_is_believed() -> None:
    markup = PAGES["divs"].replace("charset='utf-8'", "charset='windows-1252'").replace("\u202f", "\u00a0")
    text = draft_of(markup.encode("cp1252")).text
    assert FIRST.replace("\u202f", "\u00a0") in text


@given(st.lists(st.text("aé ’«»\u00a0\u202f.", min_size=1, max_size=30), min_size=1, max_size=6))
def test_white_space_comes_back_as_it_stands_on_the_page(lines: list[str]) -> None:
    page_text = "\n\n".join(lines)
    found = "\n".join(" ".join(line.split()) for line in lines)
    assert all(line in page_text for line in as_on_page(found, page_text))


@pytest.mark.parametrize("before", ["", '<?xml version="1.0"?>\n', "<!-- vu -->"])
def test_declarations_in_a_doctype_are_no_text(before: str) -> None:
    page = f"""{before}<!DOCTYPE html [<!ENTITY a "[x]"> <!ENTITY b SYSTEM "file:///etc/passwd">] >
    <html><head><title>Un titre</title></head><body><article><p>{"Une phrase de Gao. " * 20}</p></article></html>"""
    (draft,) = read(io.BytesIO(page.encode()))
    assert draft.title == "Un titre"
    assert "]" not in draft.text
    assert html_text(f'{before}<!DOCTYPE html [<!ENTITY a "b]>">]><p>Un texte</p>') == "Un texte"


def test_what_is_no_declaration_in_a_doctype_is_kept() -> None:
    text = html_text("<!DOCTYPE html [<p>un</p><script>a[b[0]>1]</script><p>deux</p>")
    assert text == "un\n\ndeux"
