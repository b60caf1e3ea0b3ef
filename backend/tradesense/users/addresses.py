"""What a mail address may look like, and when two are the same. Pure."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from pydantic import AfterValidator, Field, StringConstraints

from tradesense.base.errors import Invalid
from tradesense.users.values import Address

_LONGEST_EMAIL = 254

# Names of one's own network. The package refuses them for the internet's sake, and lets its list be changed.
_OWN_NETWORK = frozenset({"local", "localhost", "test"})
SPECIAL_USE_DOMAIN_NAMES[:] = [name for name in SPECIAL_USE_DOMAIN_NAMES if name not in _OWN_NETWORK]


def email_key(text: str, *, field: str = "body.email") -> Address:
    """Return an address as it is written to, and the key under which only one account may have it.

    Blanks around it are dropped, the domain is lower case and, in the key, IDNA; the key's local part is
    casefolded. Raises `Invalid` naming `field` for anything else than one plain address.

    >>> email_key(" North@Example.COM ")
    Address(email='North@example.com', key='north@example.com')
    """
    address = text.strip(" ")
    if len(address) > _LONGEST_EMAIL or not all(_is_plain(character) for character in address):
        raise _no_address(field)
    try:
        found = validate_email(address, strict=True, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        raise _no_address(field) from None
    local = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", found.local_part).casefold())
    return Address(found.normalized, f"{local}@{found.ascii_domain.lower()}")


def _is_plain(character: str) -> bool:
    # No control or format characters, no halves of pairs, no separators: nothing a mail header could end at.
    return unicodedata.category(character)[0] not in "CZ"


def _no_address(field: str) -> Invalid:
    return Invalid("This is not an e-mail address.", code="invalid_email", field=field)


def _check_address(text: str) -> str:
    try:
        email_key(text)
    except Invalid as error:
        raise ValueError("must be an e-mail address") from error
    return text


EmailText = Annotated[
    str,
    StringConstraints(min_length=3, max_length=320),
    AfterValidator(_check_address),
    Field(description="An e-mail address.", examples=["north@example.com"]),
]
"""What a request gives as an address, as it was written; `email_key` reads it."""
