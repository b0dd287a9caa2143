"""Which language a text is in, told by its letters and its most frequent words."""

import re
from collections import Counter
from collections.abc import Iterable

# Of each language the little words that the others here do not have.
_FREQUENT = {
    "ru": "и в во на не с что по это как для из от к при или его её их чтобы если",
    "kk": "және мен бен пен үшін бұл бойынша немесе арқылы туралы кейін оның емес",
    "ky": "жана менен үчүн бул боюнча аркылуу жөнүндө кийин ушул анын эмес бардык",
    "en": "the of and to in is for that with on are as by this from be an it",
}
_LANGUAGES_OF = {
    word: language for language, words in _FREQUENT.items() for word in words.split()
}
LANGUAGES = frozenset(_FREQUENT)
_CAPITAL = re.compile("[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[а-яёәғқңөұүһі]")
# So many frequent words are no accident, if most of them are of one language.
_ENOUGH = 5


def languages_of(texts: Iterable[str]) -> frozenset[str]:
    """The languages that texts may be in; several when only the letters tell."""
    text = " ".join(texts).lower()
    words = Counter(map(_LANGUAGES_OF.get, text.split()))
    seen = {language: words[language] for language in LANGUAGES}
    total = sum(seen.values())
    leading = max(seen, key=seen.__getitem__)
    if total >= _ENOUGH and 2 * seen[leading] > total:
        return frozenset((leading,))
    return _by_letters(text)


def _by_letters(text: str) -> frozenset[str]:
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if cyrillic == latin:
        return LANGUAGES
    return frozenset(("ru", "kk", "ky") if cyrillic > latin else ("en",))


def capitals_in(text: str) -> int:
    """How many capital letters a text has."""
    return len(_CAPITAL.findall(text))


def letters_in(text: str) -> int:
    """How many letters a text has; signs and figures are none."""
    return len(_NO_LETTERS.sub("", text))
