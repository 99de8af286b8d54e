"""Key pairs."""

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from marula.base.crypto.keys import new_key_pair


async def test_what_the_private_key_signs_the_public_key_verifies() -> None:
    pair = await new_key_pair()
    private, public = load_pem_private_key(pair.private.encode(), None), load_pem_public_key(pair.public.encode())
    assert isinstance(private, rsa.RSAPrivateKey)
    assert isinstance(public, rsa.RSAPublicKey)
    assert public.key_size == 2048
    signature = private.sign(b"a letter", padding.PKCS1v15(), SHA256())
    public.verify(signature, b"a letter", padding.PKCS1v15(), SHA256())


async def test_the_private_key_is_not_shown() -> None:
    assert "PRIVATE" not in repr(await new_key_pair())
