"""What stands in and around an article on its page and is none of it, told by class names and by wording."""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMES: Final = re.compile(
    r"(?:^|[-_ ])(?:share|sharing|social|partage\w*|related|recommend\w*|lire-aussi|read-?more|read-?also"
    r"|newsletter|comments?|commentaires?|advert\w*|promo|sponsor\w*|outbrain|taboola|subscri\w*|abonne\w*|paywall"
    r"|tags?|keywords?|breadcrumbs?|byline|signature|author-?(?:box|bio|info)|auteur|published|publi\w*-date|date"
    r"|timestamp|cookies?|consent|copyright|caption|legend|toolbar|sidebar|widget|popular|trending|navigation"
    r"|pagination|print|skip-link|sr-only|visually-hidden|screen-reader-text|hidden|metas?|infos?-?pub)"
    r"(?:$|[-_ ])",
    re.IGNORECASE,
)
_TAGS: Final = frozenset(["aside", "figcaption", "footer", "form", "nav"])

_DATED: Final = (
    r"(?:publié|mis à jour|mise à jour|modifié|actualisé|posté|published|updated|posted|last modified)"
)
_BYLINE: Final = re.compile(
    rf"(?:.{{0,60}}\b{_DATED}\b.{{0,100}}\d.{{0,40}}"
    r"|(?:par|by|de notre \w+)\s+[A-ZÀ-Ý][^.!?]{2,70}"
    r"|(?:de|avec) nos? (?:correspondant|envoyé)\S* .{2,60},"
    rf"|{_DATED}(?: le| on)?\s*:?"
    r"|(?:avec |with )?(?:l’|l')?(?:afp|ap|reuters|aps|apa|xinhua)"
    r"(?:[ ,/&-]+(?:et |and |avec |with )?[\w’' -]{2,30}){0,2}"
    r"|(?:temps de lecture|lecture|reading time)\s*:?.{0,30}"
    r"|\d+\s*min(?:utes?|s)?(?: de lecture| read)?"
    r"|(?:[^.!?]{2,60}\s[—–|·•-]\s)?"
    r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day)?[ ,]*"
    r"(?:le )?\d{1,2}(?:er)?[ /.-]\w{1,9}\.?[ /.-]\d{4}(?:\s*(?:à|at|,|-)?\s*\d{1,2}\s*[h:]\s*\d{0,2})?)\s*",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(
    r"(?:(?:à|a)\s+)?(?:lire|voir|écouter|relire)\s+(?:aussi|également|encore|plus|notre|la suite)\b"
    r"|(?:read|see|watch)\s+(?:also|more|next)\b|(?:also|more)\s+(?:read|on this)\b"
    r"|partage[rz]\b|share (?:this|on|via)\b|(?:ré)?abonnez-vous|inscrivez-vous|suivez-nous|follow us"
    r"|sign up"
    r"|subscribe\b|©|\(c\)\s|copyright\b|tous droits réservés|all rights reserved"
    r"|publicité\s*$|advertisement\s*$"
    r"|(?:sur le|même) sujet|related articles?|articles? liés|commentaires?\s*(?:\(\d+\))?\s*$"
    r"|laisser un commentaire|(?:offrir|imprimer|sauvegarder|envoyer|classer) cet article"
    r"|(?:article )?réservé (?:aux|à nos) abonnés|il vous reste \d+ ?% de cet article|je m.abonne|déjà abonné"
    r"|(?:already a )?subscriber\?"
    r"|leave a (?:reply|comment)|mots[- ]clés|tags?\s*:",
    re.IGNORECASE,
)
_LISTED: Final = frozenset(["dl", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "table", "ul"])
_LINKED: Final = 0.5
_LONGEST: Final = 200
_EDGE: Final = 4


def is_noise(element: "HtmlElement") -> bool:
    """Tell whether an element in an article is none of its text, by its tag and its names."""
    if element.tag in _TAGS or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if element.tag in ("body", "html", "article", "main"):
        return False
    return bool(_NAMES.search(element.get("class") or "") or _NAMES.search(element.get("id") or ""))


def is_aside(element: "HtmlElement") -> bool:
    """Tell whether an element is noise, or mostly links to elsewhere."""
    if is_noise(element):
        return True
    if element.tag not in _LISTED and (element.tag != "div" or len(element.text_content()) > _LONGEST):
        return False
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    return linked > _LINKED * len(element.text_content())


def without_noise(paragraphs: list[str]) -> list[str]:
    """Return paragraphs without bylines at either end, and without calls to read, share or subscribe."""
    last = len(paragraphs) - _EDGE
    return [
        text
        for place, text in enumerate(paragraphs)
        if len(text) > _LONGEST
        or not (_ASIDE.match(text) or ((place < _EDGE or place >= last) and _BYLINE.fullmatch(text)))
    ]
