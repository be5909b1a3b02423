"""How an installation is set up, and what it refuses to start with."""

import pytest

from engine.settings import SettingsRefused, read_settings

GOOD = {"secret_key": "x" * 40, "base_url": "https://janji.example"}


def test_production_refuses_the_default_secret_and_says_how_to_make_one():
    with pytest.raises(SettingsRefused) as refused:
        read_settings(base_url="https://janji.example")

    assert "JANJI_SECRET_KEY" in str(refused.value)
    assert "secrets.token_urlsafe" in str(refused.value)


def test_production_refuses_a_short_secret():
    with pytest.raises(SettingsRefused, match="shorter"):
        read_settings(**{**GOOD, "secret_key": "short"})


def test_production_refuses_secret_links_over_plain_http():
    with pytest.raises(SettingsRefused, match="https"):
        read_settings(**{**GOOD, "base_url": "http://janji.example"})


def test_every_wrong_setting_is_named_at_once():
    with pytest.raises(SettingsRefused) as refused:
        read_settings(**GOOD, smtp_port=0, threads=0)

    assert {problem.split(":")[0] for problem in refused.value.problems} == {"JANJI_SMTP_PORT", "JANJI_THREADS"}


def test_an_unknown_database_is_refused_in_words():
    with pytest.raises(SettingsRefused, match="sqlite:///"):
        read_settings(**GOOD, database_url="mysql://x")


def test_postgresql_is_reached_through_psycopg():
    assert read_settings(**GOOD, database_url="postgresql://db/janji").database_url == "postgresql+psycopg://db/janji"


def test_bsre_is_refused_until_the_city_has_credentials():
    with pytest.raises(SettingsRefused, match="credentials"):
        read_settings(**GOOD, signer="bsre")


def test_settings_come_from_the_environment_and_from_one_file(tmp_path, monkeypatch):
    file = tmp_path / "janji.env"
    file.write_text("JANJI_SECRET_KEY=" + "y" * 40 + "\nJANJI_THREADS=3\n")
    monkeypatch.setenv("JANJI_FILE", str(file))
    monkeypatch.setenv("JANJI_BASE_URL", "https://env.example")

    settings = read_settings()

    assert (settings.threads, settings.base_url) == (3, "https://env.example")


@pytest.mark.parametrize(
    ("tiles", "said"),
    [
        ({"tile_url": "tiles.example/{z}/{x}/{y}.png", "tile_attribution": "x"}, "JANJI_TILE_URL: must be an address"),
        ({"tile_url": "https://tiles.example/{z}/{x}.png", "tile_attribution": "x"}, "{y}"),
        ({"tile_url": "https://a; script-src *//{z}/{x}/{y}", "tile_attribution": "x"}, "JANJI_TILE_URL"),
        ({"tile_url": "https://tiles.example/{z}/{x}/{y}.png"}, "JANJI_TILE_ATTRIBUTION is empty"),
    ],
    ids=["no address", "no place", "more than an address", "nobody's"],
)
def test_tiles_of_a_map_need_an_address_and_whom_they_are_from(tiles, said):
    with pytest.raises(SettingsRefused) as refused:
        read_settings(**GOOD, **tiles)

    assert said in str(refused.value)
