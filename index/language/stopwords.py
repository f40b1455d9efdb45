"""Words that stand in nearly every text of their language and so find nothing.

Our own lists, folded. A word that means something in the other language, or another
thing in its own, is left out, because a bare stop word is dropped from a query whatever
its language: `est` (east), `son`, `car`, `or`, `but`, `pays`, `sous`, `us`.
"""

from typing import Final


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list written as text."""
    return frozenset(text.split())


FRENCH: Final = word_set(
    """
    a ai aie aient ainsi alors apres as au aucun aucune auquel aurait aussi autre autres aux auxquels
    avait avant avec avez avoir avons ayant c ca ce ceci cela celle celles celui ces cet cette ceux
    chaque chez ci comme comment contre d dans de depuis des desquels devant donc dont du duquel durant
    e elle elles en encore entre es et etaient etait etant etc etre eu eux faut furent fut j je jusqu l
    la laquelle le lequel les lesquelles lesquels leur leurs lors lorsqu lorsque lui m ma mais me meme
    memes mes mien moi moins mon n ne ni nos notre nous on ont ou par parce parmi pas pendant peu peut
    peuvent plus plusieurs pour pourquoi puis puisqu puisque qu quand que quel quelle quelles quels qui
    quoi s sa sans se selon sera seraient serait seront ses seulement si sien sinon soi soient soit
    sommes sont suis sur t ta tandis te tel telle telles tels tes toi toujours tous tout toute toutes
    tres tu un une vers voici voila vos votre vous y
    """
)

ENGLISH: Final = word_set(
    """
    a about after again all also am an and any are as at be because been before being between both by
    can cannot could did do does doing down during each few for from further had have having he her here
    hers herself him himself his how i if in into is it its itself just me more most my myself no nor
    not now of off on once only other our ours ourselves out over s same she should so some such t than
    that the their theirs them themselves then there these they this those through to too under until up
    very was we were what when where which while who whom why will with would you your yours yourself
    """
)

_EITHER: Final = FRENCH | ENGLISH


def is_stop_word(word: str) -> bool:
    """Say whether a folded word is one of either list."""
    return word in _EITHER
