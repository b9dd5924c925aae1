"""What a finding is."""

from typing import Any

import aiohttp

PATIENCE = aiohttp.ClientTimeout(total=15)
Line = tuple[bool, str]
# Platform, address there, and the name of the community if there is one.
Groups = list[tuple[str, str, str | None]]
Json = dict[str, Any]
