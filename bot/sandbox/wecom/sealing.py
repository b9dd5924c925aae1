"""How WeCom seals what people send: AES-256-CBC, begun with the key's own head, PKCS#7 to 32 bytes."""

import base64

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32


def seal(content: bytes, key: str) -> bytes:
    """*content* sealed with *key* (base64 of 32 bytes, without its padding)."""
    secret = base64.b64decode(key + "=")
    padding = BLOCK - len(content) % BLOCK
    sealing = Cipher(algorithms.AES(secret), modes.CBC(secret[:16])).encryptor()
    return sealing.update(content + bytes([padding]) * padding) + sealing.finalize()
