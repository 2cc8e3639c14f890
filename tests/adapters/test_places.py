"""Provinces and communes before and since the reform, and countries by name."""

from __future__ import annotations

import pytest

from fairapp.adapters import places
from fairapp.adapters.places import Division


def test_both_maps_are_complete() -> None:
    counted = {
        division: (
            len(places.provinces(division)),
            sum(len(places.communes(province.code, division)) for province in places.provinces(division)),
        )
        for division in Division
    }
    assert counted == {Division.LEGACY: (63, 10_035), Division.SINCE_2025: (34, 3_321)}


def test_every_old_province_went_into_one_of_today() -> None:
    today = [places.province_of_legacy(province.code) for province in places.provinces(Division.LEGACY)]
    assert None not in today
    assert {province.code for province in today if province} == {one.code for one in places.provinces()}


@pytest.mark.parametrize(
    ("legacy", "today"), [("83", "Vĩnh Long"), ("24", "Bắc Ninh"), ("62", "Quảng Ngãi"), ("46", "Huế")]
)
def test_an_old_province_is_found_in_its_new_one(legacy: str, today: str) -> None:
    found = places.province_of_legacy(legacy)
    assert found is not None
    assert found.name == today


def test_one_code_may_name_two_provinces_at_two_times() -> None:
    assert [found.name for division in Division if (found := places.province("24", division))] == [
        "Bắc Giang",
        "Bắc Ninh",
    ]
    assert places.province("24x") is None
    assert places.province_of_legacy("99") is None


def test_provinces_stand_in_the_order_of_the_vietnamese_alphabet() -> None:
    names = [province.name for province in places.provinces()]
    assert names[:5] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ"]
    assert (
        names.index("Đà Nẵng") < names.index("Đắk Lắk") < names.index("Điện Biên") < names.index("Đồng Nai")
    )


def test_a_province_has_a_name_for_each_reader() -> None:
    dak_lak = places.province("66")
    city = places.province("79")
    assert dak_lak is not None
    assert city is not None
    assert (dak_lak.full, dak_lak.name_in("vi"), dak_lak.name_in("en")) == (
        "Tỉnh Đắk Lắk",
        "Đắk Lắk",
        "Dak Lak",
    )
    assert (city.name_in("vi"), city.name_in("en")) == ("TP. Hồ Chí Minh", "Ho Chi Minh City")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Đắk Lắk", "66"),
        ("dak lak", "66"),
        ("DAKLAK", "66"),
        ("Tỉnh Đắk Lắk", "66"),
        ("TP.HCM", "79"),
        ("tp hồ chí minh", "79"),
        ("Ho Chi Minh City", "79"),
        ("Thừa Thiên Huế", "46"),
        ("1", "01"),
        ("Bến Tre", None),
        ("", None),
        ("99", None),
    ],
)
def test_a_province_is_found_as_people_write_it(text: str, code: str | None) -> None:
    found = places.find_province(text)
    assert (found.code if found else None) == code


def test_every_province_is_found_by_each_of_its_own_names() -> None:
    for division in Division:
        for province in places.provinces(division):
            for text in (province.full, province.name, province.latin, province.code):
                assert places.find_province(text, division) == province


def test_every_commune_of_today_is_found_by_its_own_name() -> None:
    for province in places.provinces():
        for commune in places.communes(province.code):
            assert places.find_commune(commune.name, province.code) == commune


@pytest.mark.parametrize("text", ["Xã Tân Cương", "tan cuong", "X. Tân Cương", "TÂN CƯƠNG", "xa tan cuong"])
def test_a_commune_is_found_as_people_write_it(text: str) -> None:
    found = places.find_commune(text, "19")
    assert found is not None
    assert (found.code, found.name) == ("05503", "Xã Tân Cương")


def test_a_name_that_fits_several_communes_names_none_of_them() -> None:
    several = places.communes_named("Phường 7", "79", Division.LEGACY)
    assert len(several) > 1
    assert places.find_commune("Phường 7", "79", Division.LEGACY) is None
    assert places.find_commune("P.07", "83", Division.LEGACY) == places.commune("28780", Division.LEGACY)
    assert places.find_commune("", "79") is None
    assert places.find_commune("Tân Cương", "99") is None


def test_an_old_commune_knows_its_district() -> None:
    commune = places.commune("28780", Division.LEGACY)
    assert commune is not None
    district = places.district(commune.district_code)
    assert district is not None
    assert (commune.name, commune.bare, district.name) == ("Phường 7", "Phường 7", "Thành phố Bến Tre")
    assert commune.name_in("en") == "Phuong 7"


def test_while_typing_the_communes_that_begin_so_come_first() -> None:
    names = [commune.bare for commune in places.communes_like("tan", "19")]
    assert names[0].startswith("Tân")
    assert all("tan" in places.without_accents(name).casefold().replace(" ", "") for name in names)
    assert len(places.communes_like("", "19", limit=5)) == 5


def test_countries_have_names_in_every_language_we_keep() -> None:
    assert [
        places.country_name("VN", language) for language in ("vi", "en", "th", "ja", "zh_Hans", "xx")
    ] == [
        "Việt Nam",
        "Vietnam",
        "เวียดนาม",
        "ベトナム",
        "越南",
        "Vietnam",
    ]
    assert places.country_name("la", "vi") == "Lào"
    assert places.country_name("XX", "vi") == "XX"
    assert (places.is_country("TH"), places.is_country("XX"), places.is_country("th")) == (True, False, False)


def test_countries_stand_in_the_order_of_the_reader_s_language() -> None:
    vietnamese = [country.name for country in places.countries("vi")]
    english = [country.name for country in places.countries("en")]
    assert len(vietnamese) == len(english) == 249
    assert (
        vietnamese.index("Ai Cập")
        < vietnamese.index("Áo")
        < vietnamese.index("Ấn Độ")
        < vietnamese.index("Đức")
    )
    assert english[:3] == ["Afghanistan", "Åland Islands", "Albania"]
    assert places.countries("en")[0].flag == "🇦🇫"
