"""The texts of our mails."""

from __future__ import annotations

from datetime import UTC, datetime

from tradesense.users.letters import Letter, Letters

WHEN = datetime(2026, 3, 5, 9, 7, tzinfo=UTC)
LETTERS = Letters("https://desk.example.org/")


def _all() -> list[Letter]:
    return [
        LETTERS.verify_address("TOKEN"),
        LETTERS.confirm_new_address("TOKEN"),
        LETTERS.reset_password("TOKEN"),
        LETTERS.account_exists(),
        LETTERS.new_sign_in(WHEN, "192.0.2.1", "Browser 1"),
        LETTERS.password_changed(WHEN),
        LETTERS.mfa_enabled(WHEN),
        LETTERS.mfa_disabled(WHEN),
        LETTERS.recovery_codes_made(WHEN),
        LETTERS.recovery_code_used(WHEN),
        LETTERS.api_key_made("night job", WHEN),
        LETTERS.address_change_asked(WHEN),
        LETTERS.address_changed(WHEN),
        LETTERS.made_for_you(),
        LETTERS.role_changed("viewer", WHEN),
        LETTERS.disabled(WHEN),
        LETTERS.enabled(WHEN),
        LETTERS.deleted(WHEN),
    ]


def test_links_lead_to_the_configured_address_with_the_token_in_the_fragment() -> None:
    assert "\nhttps://desk.example.org/reset-password#token=TOKEN\n" in LETTERS.reset_password("TOKEN").text
    assert "\nhttps://desk.example.org/verify-email#token=TOKEN\n" in LETTERS.verify_address("TOKEN").text
    assert (
        "\nhttps://desk.example.org/verify-email#token=TOKEN\n" in LETTERS.confirm_new_address("TOKEN").text
    )


def test_only_letters_with_a_link_to_confirm_hold_a_token() -> None:
    with_token = {letter.kind for letter in _all() if "TOKEN" in letter.text + letter.subject}
    assert with_token == {"verify_address", "confirm_new_address", "reset_password"}


def test_every_letter_has_its_own_kind_a_subject_of_one_line_and_plain_short_lines() -> None:
    letters = _all()
    assert len({letter.kind for letter in letters}) == len(letters)
    for letter in letters:
        assert letter.subject.isprintable()
        assert 5 < len(letter.subject) < 70
        assert letter.text.isascii()
        assert letter.text.endswith("\n")
        assert not any(line.startswith(" ") for line in letter.text.splitlines())
        assert "  " not in letter.text


def test_times_are_told_in_words_and_utc() -> None:
    assert "5 March 2026 at 09:07 UTC" in LETTERS.password_changed(WHEN).text
