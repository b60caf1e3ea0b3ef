"""Which passwords may be chosen: long enough, not everybody's, not one's own name. Not how they are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from hashlib import sha1
from itertools import pairwise
from typing import Final

from tradesense.auth.errors import WeakPassword
from tradesense.auth.hasher import normalise
from tradesense.auth.ports import BreachList, NoBreachList

MOST_BYTES: Final = 1024
_OURS: Final = "tradesense"
_SHORTEST_WORD: Final = 4
_LEAST_BEYOND_WORDS: Final = 6
_LONG_STUTTER: Final = 32
_TRIMMINGS: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_WORD_BREAKS: Final = re.compile(r"[\W_]+")
_LOOKALIKES: Final = str.maketrans("@4310$57!", "aaeiossti")


class PasswordPolicy:
    """What a new password must be."""

    def __init__(self, *, min_length: int, breaches: BreachList | None = None) -> None:
        self._min_length = min_length
        self._breaches = breaches or NoBreachList()

    async def check(
        self, password: str, *, email: str, full_name: str | None, field: str = "body.password"
    ) -> None:
        """Raise `WeakPassword`, naming the `field`, where somebody would guess this password soon."""
        text = normalise(password)
        if len(text.encode()) > MOST_BYTES:
            raise WeakPassword(f"Use at most {MOST_BYTES} bytes.", field=field)
        if len(text) < self._min_length:
            raise WeakPassword(f"Use at least {self._min_length} characters.", field=field)
        if _is_common(text.casefold()):
            raise WeakPassword("Many people use this password; choose another.", field=field)
        if _is_mostly(text.casefold(), [_OURS, *_words_of(email, full_name)]):
            raise WeakPassword("Your name, your address and ours are too easy to guess.", field=field)
        digest = sha1(text.encode(), usedforsecurity=False).hexdigest()
        if await self._breaches.knows(digest):
            raise WeakPassword("This password was stolen somewhere else before; choose another.", field=field)


def _is_common(text: str) -> bool:
    """Tell whether it is a common password, also with digits and marks around it, twice, or in disguise."""
    core = _TRIMMINGS.sub("", text)
    candidates = {text, core, text.translate(_LOOKALIKES), core.translate(_LOOKALIKES)}
    candidates |= {_TRIMMINGS.sub("", each) for each in candidates}
    candidates |= {_repeated_part(each) for each in candidates}
    common = _common_passwords()
    if any(len(each) >= _SHORTEST_WORD and each in common for each in candidates):
        return True
    is_stutter = len(text) < _LONG_STUTTER and len(_repeated_part(text)) < _SHORTEST_WORD
    return is_stutter or _is_sequence(text)


def _is_mostly(text: str, words: Iterable[str]) -> bool:
    """Tell whether little is left once the words are taken away."""
    rest = text
    for word in sorted({word.casefold() for word in words}, key=len, reverse=True):
        if len(word) >= _SHORTEST_WORD:
            rest = rest.replace(word, "")
    return rest != text and len(_TRIMMINGS.sub("", rest)) < _LEAST_BEYOND_WORDS


def _words_of(email: str, full_name: str | None) -> list[str]:
    local, _, domain = email.rpartition("@")
    parts = [local, domain, *_WORD_BREAKS.split(local), *_WORD_BREAKS.split(domain)]
    names = [full_name, *_WORD_BREAKS.split(full_name)] if full_name else []
    words = [normalise(word) for word in (*parts, *names)]
    return [*words, *(_TRIMMINGS.sub("", word) for word in words)]


def _repeated_part(text: str) -> str:
    """Return the shortest part that the text repeats: of `abcabc` it is `abc`.

    >>> _repeated_part("abcabc"), _repeated_part("abcd")
    ('abc', 'abcd')
    """
    period = (text + text).find(text, 1)
    return text[:period] if text else text


def _is_sequence(text: str) -> bool:
    """Tell whether each character follows the one before it, as in 123456789012 or zyxw.

    >>> _is_sequence("34567890123"), _is_sequence("abcdefgh"), _is_sequence("abcdefgi")
    (True, True, False)
    """
    if text.isdecimal() and text.isascii():
        steps = {(int(b) - int(a)) % 10 for a, b in pairwise(text)}
        return steps in ({1}, {9})
    return {ord(b) - ord(a) for a, b in pairwise(text)} in ({1}, {-1})


@cache
def _common_passwords() -> frozenset[str]:
    # Tens of thousands of words: read when the first password is chosen, not at each start. A word stands
    # in one of the lists only, many common passwords in those of names and words.
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(word.casefold() for words in FREQUENCY_LISTS.values() for word in words)
