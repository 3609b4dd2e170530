"""From text to search terms: stems of either language, and the words that say little."""

from functools import lru_cache
from itertools import islice
from pathlib import Path

from core.text import stem, words

LONGEST_TERM = 32
MOST_TERMS = 8_000  # of one field; keeps a megabyte of text within a tsvector's own limit

# Question words (who, where, how, why) are not here: they carry the question.
_LITTLE = """
и в во на с со к ко о об от по до из у за для при над под без не ни но а же ли бы то это этот эта
эти тот я мы вы он она они оно мне меня мной нам нас вам вас вами ваш ваша ваше ваши вашем
мой моя мое мои моем свой свое свои его ее их ему ей им есть быть был была было были будет будут
так там тут здесь уже еще только очень все всё всех весь если да нет можно подскажите
пожалуйста здравствуйте добрый день привет
a an the and or of in on at to for with by from is are was were be been am do does did have has had
i my me mine you your we our us it its this that these those there so just please hi hello can
could would will if but not
"""


@lru_cache(maxsize=1 << 16)
def term(word: str) -> str:
    """What a word is indexed under: its stem, letters and digits only; may be empty."""
    found = stem(word)
    if not found.isalnum():
        found = "".join(filter(str.isalnum, found))
    return found[:LONGEST_TERM]


def terms(text: str) -> list[str]:
    return [found for found in map(term, islice(words(text), MOST_TERMS)) if found]


LITTLE = frozenset(terms(_LITTLE))
# Everyday words, which are not mistaken for slips where no article has them.
ORDINARY = LITTLE | frozenset(terms(Path(__file__).with_name("ordinary.txt").read_text("utf-8")))
