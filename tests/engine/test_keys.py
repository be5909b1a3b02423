"""The secrets a citizen holds."""

from engine import keys

KEY = b"a city's key"


def test_the_same_case_gives_the_same_link_months_later():
    nonce = keys.nonce()

    assert keys.tracking_token(KEY, nonce) == keys.tracking_token(KEY, nonce)


def test_two_cases_share_neither_link_nor_code():
    one, other = keys.nonce(), keys.nonce()

    assert keys.tracking_token(KEY, one) != keys.tracking_token(KEY, other)
    assert keys.tracking_code(KEY, one) != keys.tracking_code(KEY, other)


def test_a_stolen_nonce_opens_nothing_without_the_citys_key():
    nonce = keys.nonce()

    assert keys.tracking_token(KEY, nonce) != keys.tracking_token(b"a guessed key", nonce)


def test_a_code_can_be_spelled_over_the_telephone():
    codes = {letter for _ in range(200) for letter in keys.tracking_code(KEY, keys.nonce())}

    assert codes.isdisjoint("ILO01")


def test_a_link_carries_at_least_128_bits():
    token = keys.tracking_token(KEY, keys.nonce())

    assert len(token) * 5 >= 128
    assert token.isalnum()
