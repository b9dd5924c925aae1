"""Web links in what people write: finding them, and telling when two are the same."""

import re
from contextlib import suppress
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, urlsplit

_HAN = "\u3400-\u9fff"
_LABEL = rf"[A-Za-z0-9{_HAN}-]+"
_ENDING = "[A-Za-z]{2,}|中国|中國|公司|网络|網絡|集团|在线|商城|网址|香港"
_KNOWN_ENDING = "com|cn|net|org|edu|gov|info|top|cc|tv|io|site|xyz|vip|club|中国"
_AUTHORITY = rf"(?:{_LABEL}(?:\.{_LABEL})*\.(?:{_ENDING})|[A-Za-z0-9.\-_~%@:\[\]]+)(?::\d+)?"
# Words that follow a link without a space are not part of it, unless a slash or equals sign leads to them.
_REST = rf"(?:[/?#](?:[!-;=?-_a-z|~]|(?<=[/=])[{_HAN}]+)*)?"
# Letters in any case only where there are no ranges of Chinese: each sign of those would be looked at.
_LINK = re.compile(rf"(?i:https?)://{_AUTHORITY}{_REST}")
_BARE = re.compile(
    r"(?<![A-Za-z0-9@._/:-])(?i:www\.(?:[a-z0-9-]+\.)+[a-z]{2,}"
    rf"|(?:[a-z0-9-]+\.)+(?:{_KNOWN_ENDING}))(?![A-Za-z0-9@-])(?::\d+)?{_REST}"
)
_PAIRS = {")": "(", "]": "[", "}": "{"}

_PORTS = {"http": 80, "https": 443}
_ESCAPE = re.compile("%[0-9a-fA-F]{2}")
_UNRESERVED = re.compile("[A-Za-z0-9._~-]")
_TRACKING = re.compile(
    r"utm_.*|spm(?:_id_from)?|scm|fbclid|gclid|isappinstalled"
    r"|share_(?:token|source|medium|from|id|tag|times|session_id)"
    r"|sharer?_?(?:uid|token|info|shareid|shareinfo)|vd_source|weibo_id|xsec_(?:source|token)|_?wxfrom|scene"
    r"|nsukey|tdsourcetag|hmsr|hmpl|bd_vid|ref_src|igshid"
)
_SHARED_FROM = re.compile(r"from=\D.*", re.IGNORECASE)
_KEPT = {"mp.weixin.qq.com": {"__biz", "mid", "idx", "sn"}}


def find_links(text: str) -> list[str]:
    """The links in *text* as they are written, in order, each once; `www.x.cn/a` counts as one."""
    return list(_links_in(text))


# A message is asked more than once.
@lru_cache(4)
def _links_in(text: str) -> tuple[str, ...]:
    spans = [match.span() for match in _LINK.finditer(text)]
    covered = list(text)
    for start, end in spans:
        covered[start:end] = "/" * (end - start)
    spans += [match.span() for match in _BARE.finditer("".join(covered))]
    found = {
        normalise(link): link
        for start, end in sorted(spans, reverse=True)
        if (link := _trim(text[start:end]))
    }
    return tuple(found.values())[::-1]


@lru_cache(256)
def normalise(url: str) -> str:
    """*url* in the one form under which the same page is recognised again; anything else comes back stripped.

    A bare domain is taken for https. Order of parameters is kept, since it may matter.
    """
    bare = url.strip()
    try:
        parts = urlsplit(f"https://{bare}" if _BARE.match(bare) else bare)
        host, port = _host(parts), parts.port
    except ValueError:
        return bare
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host:
        return bare
    account = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    place = f":{port}" if port not in (None, _PORTS[scheme]) else ""
    return f"{scheme}://{account}{host}{place}{_path(parts)}{_query(parts, host)}{_route(parts)}"


def _trim(link: str) -> str:
    """Without the punctuation of the sentence around it."""
    while link and (
        link[-1] in ".,;:!?'\"*_~" or link.count(link[-1]) > link.count(_PAIRS.get(link[-1], link[-1]))
    ):
        link = link[:-1]
    return link


def _host(parts: SplitResult) -> str:
    name = parts.hostname or ""
    if ":" in name:
        return f"[{name}]"
    with suppress(UnicodeError):
        name = name.encode("idna").decode("ascii")
    return name.lower().rstrip(".")


def _path(parts: SplitResult) -> str:
    return _escaped(parts.path, "/;:@!$&'()*+,=|[]") or "/"


def _query(parts: SplitResult, host: str) -> str:
    pieces = [_escaped(piece, "/?:@!$'()*+,;=|[]") for piece in parts.query.split("&") if piece]
    kept = [piece for piece in pieces if _matters(host, piece)]
    return f"?{'&'.join(kept)}" if kept else ""


def _matters(host: str, piece: str) -> bool:
    key = unquote(piece.partition("=")[0]).lower()
    if host in _KEPT:
        return key in _KEPT[host]
    return not (_TRACKING.fullmatch(key) or _SHARED_FROM.fullmatch(piece))


def _route(parts: SplitResult) -> str:
    """A fragment matters only where a page built in the browser uses it as its address."""
    is_route = parts.fragment.startswith(("/", "!/"))
    return f"#{_escaped(parts.fragment, '/?:@!$&()*+,;=|[]' + chr(39))}" if is_route else ""


def _escaped(piece: str, safe: str) -> str:
    """Percent-encoded where needed and nowhere else, with capital digits."""
    parts: list[str] = []
    start = 0
    for match in _ESCAPE.finditer(piece):
        plain = unquote(match.group(), errors="replace")
        parts.append(quote(piece[start : match.start()], safe, errors="replace"))
        parts.append(plain if _UNRESERVED.fullmatch(plain) else match.group().upper())
        start = match.end()
    return "".join([*parts, quote(piece[start:], safe, errors="replace")])
