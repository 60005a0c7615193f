"""Secrets of ours: words that say what they are, and random hexadecimal digits.

By the words, who scans code and logs finds them. ``log`` keeps the digits out of
Odoo's.
"""

import secrets
from hashlib import sha256

SECRET_BYTES = 20


def new_digits():
    """Return the random part of a secret: 160 bits of the system's generator.

    :rtype: str, of 40 small hexadecimal digits
    """
    return secrets.token_hex(SECRET_BYTES)


def hash_secret(secret):
    """Return what is stored of a secret.

    A slow hash would slow down nothing but ourselves: the secret is random.

    :param str secret: as the client sent it
    :return: SHA-256, in hexadecimal digits
    :rtype: str
    """
    return sha256(secret.encode()).hexdigest()
