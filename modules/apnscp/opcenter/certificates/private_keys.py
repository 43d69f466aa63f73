"""Private keys: making, reading and describing them."""

from __future__ import annotations

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from apnscp.core.answers import KeyInfo
from apnscp.core.errors import Refused

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
BITS = range(1024, 8193)
"""Sizes of RSA keys that OpenSSL makes today; the panel of 2019 took 384 bits and more."""
KINDS = {"rsa": 0, "ec": 3}
"""Numbers of the kinds of keys in PHP (OPENSSL_KEYTYPE_RSA, OPENSSL_KEYTYPE_EC)."""


def make_rsa(bits: int) -> str:
    """Return a new RSA key in PEM; raises Refused for a size out of range."""
    if bits not in BITS:
        raise Refused("bits: %d is not a size of keys; 2048 is usual, %d to %d are made", bits, BITS[0], BITS[-1])
    return pem(rsa.generate_private_key(public_exponent=65537, key_size=bits))


def make_ec() -> ec.EllipticCurvePrivateKey:
    """Return a new key on the curve P-256, as today's clients of Let's Encrypt make them; it takes no time."""
    return ec.generate_private_key(ec.SECP256R1())


def pem(key: PrivateKey) -> str:
    """Return a private key in PEM, without a passphrase."""
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def public_pem(key: PublicKeyTypes) -> str:
    """Return a public key in PEM."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.PEM, form).decode()


def read(text: str) -> PrivateKey:
    """Read a private key in PEM; raises Refused for anything else, and for one with a passphrase."""
    try:
        found = serialization.load_pem_private_key(text.strip().encode(), password=None)
    except TypeError:
        raise Refused("The private key has a passphrase; give it without one") from None
    except (ValueError, UnsupportedAlgorithm):
        raise Refused("This is not a private key in PEM; it begins with -----BEGIN PRIVATE KEY-----") from None
    if not isinstance(found, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise Refused("The private key is neither an RSA nor an elliptic curve key; web servers take these two")
    return found


def described(key: PublicKeyTypes) -> KeyInfo:
    """Return size in bits, public key in PEM, and PHP's number of the kind of a key."""
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise Refused("The key is neither an RSA nor an elliptic curve key")
    kind = "rsa" if isinstance(key, rsa.RSAPublicKey) else "ec"
    return {"bits": key.key_size, "key": public_pem(key), "type": KINDS[kind]}
