"""The account's cipher and signatures as Tencent describes them, written apart from what the bot uses.

A message is 16 random bytes, its length as four bytes, itself, the app id; padded to 32, AES-256-CBC with the
key's first half as the first block, base64. Both sides would otherwise share one mistake.
"""

import base64
import hashlib
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32
HEAD = 16


class Broken(ValueError):
    """It was not sealed with this key, or for another account."""


def signature(*parts: str) -> str:
    """SHA-1 over the parts in order."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def seal(aes_key: str, app_id: str, text: str, salt: bytes) -> str:
    """*text* for *app_id*; *salt*: 16 bytes."""
    words = text.encode()
    plain = salt + struct.pack(">I", len(words)) + words + app_id.encode()
    pad = BLOCK - len(plain) % BLOCK
    encryptor = _cipher(aes_key).encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()).decode()


def unseal(aes_key: str, app_id: str, sealed: str) -> str:
    """What was sealed; raises Broken."""
    decryptor = _cipher(aes_key).decryptor()
    try:
        plain = decryptor.update(base64.b64decode(sealed, validate=True)) + decryptor.finalize()
        pad = plain[-1]
        (length,) = struct.unpack(">I", plain[HEAD : HEAD + 4])
        words = plain[HEAD + 4 : HEAD + 4 + length]
        owner = plain[HEAD + 4 + length : -pad]
        if not 0 < pad <= BLOCK or owner.decode() != app_id:
            raise Broken("of another account")
        return words.decode()
    except (ValueError, IndexError, struct.error) as error:
        raise Broken(str(error)) from None


def _cipher(aes_key: str) -> Cipher[modes.CBC]:
    key = base64.b64decode(f"{aes_key}=")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))
