"""Time zones as people name them: by city, in Chinese or English, or by the IANA name.

City names in Chinese come from the Unicode CLDR as the babel library carries it.
"""

import unicodedata
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

# Cities people name that do not give their zone its IANA name, and those offered first.
CITIES = {
    "北京": "Asia/Shanghai",
    "香港": "Asia/Hong_Kong",
    "台北": "Asia/Taipei",
    "新加坡": "Asia/Singapore",
    "伦敦": "Europe/London",
    "纽约": "America/New_York",
    "beijing": "Asia/Shanghai",
    "中国": "Asia/Shanghai",
    "china": "Asia/Shanghai",
    "广州": "Asia/Shanghai",
    "深圳": "Asia/Shanghai",
    "成都": "Asia/Shanghai",
    "西安": "Asia/Shanghai",
    "武汉": "Asia/Shanghai",
    "重庆": "Asia/Shanghai",
    "澳门": "Asia/Macau",
    "高雄": "Asia/Taipei",
    "旧金山": "America/Los_Angeles",
    "san francisco": "America/Los_Angeles",
    "波士顿": "America/New_York",
    "boston": "America/New_York",
    "华盛顿": "America/New_York",
}
OFFERED = {
    "Asia/Shanghai": ("北京", "Beijing"),
    "Asia/Hong_Kong": ("香港", "Hong Kong"),
    "Asia/Taipei": ("台北", "Taipei"),
    "Asia/Singapore": ("新加坡", "Singapore"),
    "Europe/London": ("伦敦", "London"),
    "America/New_York": ("纽约", "New York"),
}


def zone_of(words: str) -> str | None:
    """The IANA name of the zone *words* name, or None."""
    wanted = _folded(words).removesuffix("时间").removesuffix(" time").strip()
    return _names().get(wanted)


def city_of(zone: str, language: str) -> str:
    """A city people know the zone by."""
    if zone in OFFERED:
        return OFFERED[zone][language != "zh-CN"]
    known = Locale.parse("zh_Hans").time_zones.get(zone, {}) if language == "zh-CN" else {}
    return str(known.get("city") or zone.rpartition("/")[2].replace("_", " "))


def country_of(zone: str) -> str:
    """The ISO country of the zone; empty where it has none."""
    found = str(get_global("zone_territories").get(zone, ""))
    return found if found.isalpha() else ""


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    zones = available_timezones()
    for zone in sorted(zones):
        names[_folded(zone)] = zone
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/")):
            names[_folded(zone.rpartition("/")[2])] = zone
    for zone, known in Locale.parse("zh_Hans").time_zones.items():
        if city := known.get("city"):
            names[str(city)] = zone
    return {name: zone for name, zone in (names | CITIES).items() if zone in zones}


def _folded(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).replace("_", " ").casefold().split())
