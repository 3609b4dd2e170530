"""Words that say nothing of a matter: prepositions, articles, forms of "to be", "ещё"."""


def word_set(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


PREPOSITIONS = word_set(
    "в во на с со к ко по о об обо от до из за у для при про под над через",
    "of in on at to for with by from about",
)
SMALL_WORDS = PREPOSITIONS | word_set(
    "был была было были будет будут бывает больше еще уже вообще совсем абсолютно",
    "там тут мне нам у меня нас это каких либо то нибудь",
    "a an the any been be being is are was were am will has have had do does did yet",
    "more further really even ever such much my our your his her their its single",
)
# Neither sought in a text nor counted between the words of a phrase.
LEFT_ASIDE = SMALL_WORDS | word_set("и а но же ли бы что the and")
