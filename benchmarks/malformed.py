"""Calls that are wrong in their envelope, their signature or in what they hold, made of recorded samples."""

from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.wechat import WechatSandbox
from bot.sandbox.wechat.caller import Call
from bot.sandbox.wechat.sealing import seal, signature

FOLDER = Path(__file__).parents[1] / "tests" / "data" / "wechat"
SALT = b"0123456789abcdef"


def sample_texts() -> list[str]:
    """Messages and events as accounts receive them; the crypto samples are envelopes."""
    return [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("[!c]*.xml"))]


@dataclass(frozen=True)
class Malformed:
    """*xml* in an envelope; then parts of the query changed, the body replaced, or cut at a fraction."""

    xml: str
    odd: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    until: float = 1.0

    def call(self, wechat: WechatSandbox) -> Call:
        """Signed now."""
        made = enveloped(wechat, self.xml.encode(errors="replace").decode())
        body = made.body if self.body is None else self.body
        return Call(made.query | self.odd, body[: int(self.until * len(body))])


def enveloped(wechat: WechatSandbox, xml: str) -> Call:
    """A right call with *xml* in its envelope."""
    return signed(wechat, seal(wechat.account.aes_key, wechat.account.app_id, xml, SALT))


def signed(wechat: WechatSandbox, sealed: str) -> Call:
    """A call whose signature is right for *sealed*."""
    timestamp, nonce = str(int(wechat.clock().timestamp())), str(wechat.world.number())
    query = {"timestamp": timestamp, "nonce": nonce, "encrypt_type": "aes"}
    query["msg_signature"] = signature(wechat.account.token, timestamp, nonce, sealed)
    return Call(query, f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode())


def malformed() -> st.SearchStrategy[Malformed]:
    """Half of them wrong inside a right envelope, the others around it."""
    names = st.sampled_from(["timestamp", "nonce", "msg_signature", "signature", "encrypt_type"])
    odd = st.dictionaries(names, st.text(max_size=20), max_size=2)
    return st.one_of(
        st.builds(Malformed, _pieces()),
        st.builds(Malformed, _pieces()),
        st.builds(Malformed, _pieces(), odd),
        st.builds(Malformed, _pieces(), body=st.binary(max_size=400)),
        st.builds(Malformed, _pieces(), until=st.floats(0, 1)),
    )


def _pieces() -> st.SearchStrategy[str]:
    """A sample with a piece cut out, doubled or written anew."""
    cut = st.tuples(st.sampled_from(sample_texts()), st.floats(0, 1), st.floats(0, 1), st.text(max_size=60))
    return st.one_of(cut.map(_broken), cut.map(_doubled), st.text(max_size=300))


def _broken(given_: tuple[str, float, float, str]) -> str:
    text, first, second, new = given_
    begin, end = sorted((int(first * len(text)), int(second * len(text))))
    return f"{text[:begin]}{new}{text[end:]}"


def _doubled(given_: tuple[str, float, float, str]) -> str:
    text, first, second, _ = given_
    begin, end = sorted((int(first * len(text)), int(second * len(text))))
    return f"{text[:end]}{text[begin:]}"


def gather(examples: int) -> list[Malformed]:
    """That many, the same ones each time."""
    found: list[Malformed] = []

    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(malformed())
    def take(one: Malformed) -> None:
        found.append(one)

    take()
    return found
