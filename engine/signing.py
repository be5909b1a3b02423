"""Signatures under what we issue: who signs, with which key, and whether a signed PDF is still as it was signed.

The local signer's certificate is its own root: it proves that a paper left this installation and was not changed since,
and nothing about a person. In the words of PP 71/2019 article 60 that is *tidak tersertifikasi*, and every letter says
so. Certified signing (BSrE) would be another `Signer`; settings refuse it while the city has no credentials.

pyHanko is imported where it is used: it costs most of a second that no other command should pay.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Protocol

from .clock import Clock, SystemClock

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate

LABEL = (
    "Ditandatangani secara elektronik, tidak tersertifikasi (PP 71/2019 Pasal 60 ayat 2)."
    " Periksa keasliannya dengan memindai kode QR atau membuka alamat di bawah."
)
"""What every letter says about its signature. Nothing stronger may be printed while the local signer signs."""
VALID_FOR = timedelta(days=3653)
_FIELD = "Janji"
_FILES = ("root.pem", "signer.pem", "signer.key")


class SignerUnavailable(RuntimeError):
    """The key cannot be used. The message says what is wrong with it."""


class Signer(Protocol):
    """Puts a signature under a finished PDF."""

    def sign(self, pdf: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Signature:
    """What a signed PDF tells. `intact`: its bytes are those that were signed; `trusted`: by this installation's key;
    `whole`: the signature covers the file to its end.
    """

    intact: bool
    trusted: bool
    whole: bool
    signed_at: datetime | None

    @property
    def good(self) -> bool:
        return self.intact and self.trusted and self.whole


class LocalSigner:
    """Signs with a key made on first use and kept in `folder`, which only this account can read."""

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        self._folder = folder / "local"
        self._clock = clock or SystemClock()

    def sign(self, pdf: bytes) -> bytes:
        """The PDF with a PAdES signature (B-B, EC P-256) appended; every byte before it stays."""
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import fields, signers

        self._make_keys()
        now = self._clock.now()
        meta = signers.PdfSignatureMetadata(
            field_name=_FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        )
        signer = _at(signers.PdfSigner, now)(meta, signer=self._signer())
        out = BytesIO()
        signer.sign_pdf(_as_drawn(IncrementalPdfFileWriter)(BytesIO(pdf)), output=out)
        return out.getvalue()

    def verify(self, pdf: bytes) -> Signature | None:
        """What the signature of a PDF is worth today, None when there is none."""
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.validation import validate_pdf_signature
        from pyhanko_certvalidator import ValidationContext

        self._make_keys()
        signed = PdfFileReader(BytesIO(pdf)).embedded_signatures
        if not signed:
            return None
        trust = ValidationContext(trust_roots=[self._certificate("root.pem")], moment=self._clock.now())
        found = validate_pdf_signature(signed[-1], signer_validation_context=trust)
        whole = str(getattr(found.coverage, "name", "")) == "ENTIRE_FILE"
        return Signature(found.intact and found.valid, found.trusted, whole, found.signer_reported_dt)

    def _signer(self) -> Any:
        from pyhanko.sign.signers import SimpleSigner

        loaded = SimpleSigner.load(  # type: ignore[no-untyped-call]
            str(self._folder / "signer.key"),
            str(self._folder / "signer.pem"),
            ca_chain_files=(str(self._folder / "root.pem"),),
        )
        if loaded is None:
            raise SignerUnavailable(f"the key in {self._folder.name}/ cannot be read")
        return loaded

    def _certificate(self, name: str) -> Any:
        from pyhanko.keys import load_cert_from_pemder

        return load_cert_from_pemder(str(self._folder / name))  # type: ignore[no-untyped-call]

    def _make_keys(self) -> None:
        """Make root and key once. Two processes may try at once: the folder appears whole, and the first one stays."""
        if self._folder.exists():
            return
        self._folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = Path(mkdtemp(dir=self._folder.parent, prefix=".new-"))
        for name, content in zip(_FILES, _new_keys(self._clock.now()), strict=True):
            _write_private(new / name, content)
        try:
            new.rename(self._folder)
        except OSError:
            for name in _FILES:
                (new / name).unlink()
            new.rmdir()


def _at(signer: type[Any], now: datetime) -> type[Any]:
    """pyHanko's signer, told the time instead of reading the machine's, and kept from making a PDF 2.0 of a PDF/A-2."""
    from pyhanko.sign.signers.constants import ESIC_EXTENSION_1

    class AtAnInstant(signer):  # type: ignore[misc]
        def register_extensions(self, pdf_out: Any, **_named: Any) -> None:
            pdf_out.register_extension(ESIC_EXTENSION_1)

        def init_signing_session(self, *given: Any, **named: Any) -> Any:
            session = super().init_signing_session(*given, **named)
            session.system_time = now
            return session

    return AtAnInstant


def _as_drawn(writer: type[Any]) -> type[Any]:
    """pyHanko's writer, which leaves the letter's metadata as drawn: rewritten, they would claim PDF/A wrongly."""

    class AsDrawn(writer):  # type: ignore[misc]
        def _update_meta(self) -> None: ...

    return AsDrawn


def _write_private(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def _new_keys(now: datetime) -> tuple[bytes, bytes, bytes]:
    """Root certificate, signer's certificate, signer's key, as PEM. The root's key is forgotten: it signs once."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certified("Janji, akar lokal", root_key, None, root_key, now)
    signer = _certified("Janji, penanda tangan lokal (tidak tersertifikasi)", key, root, root_key, now)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return root.public_bytes(Encoding.PEM), signer.public_bytes(Encoding.PEM), secret


def _certified(
    name: str,
    key: EllipticCurvePrivateKey,
    issuer: Certificate | None,
    issuer_key: EllipticCurvePrivateKey,
    now: datetime,
) -> Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256

    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    root = issuer is None
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + VALID_FOR)
        .add_extension(x509.BasicConstraints(ca=root, path_length=0 if root else None), critical=True)
        .add_extension(_usage(root), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, SHA256())
    )


def _usage(root: bool) -> Any:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not root,
        content_commitment=not root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=root,
        crl_sign=root,
        encipher_only=False,
        decipher_only=False,
    )
