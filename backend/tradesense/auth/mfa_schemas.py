"""What requests about the second factor hold and what answers show."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, Field, StringConstraints, model_validator

from tradesense.users import Strict

CodeText = Annotated[
    str,
    StringConstraints(max_length=64),
    Field(description="The six digits the authenticator app shows.", examples=["123456"]),
]
RecoveryCodeText = Annotated[
    str,
    StringConstraints(max_length=64),
    Field(description="One of the recovery codes.", examples=["snm7-48b7-7dam-etv4-jse6"]),
]
GivenPassword = Annotated[
    str, StringConstraints(max_length=1024), Field(description="The account's password.")
]


class MfaSetupIn(Strict):
    """Proves who asks; the password may be left out within five minutes of signing in."""

    password: GivenPassword | None = None


class MfaSetupOut(BaseModel):
    """A new secret, to be put into an authenticator app; it asks nothing of anybody until it is verified."""

    secret: str = Field(description="The seed in base32, to be typed where nothing can be scanned.")
    otpauth_uri: str = Field(description="The same for an app, as its QR code says it.")
    qr_svg: str = Field(description="The QR code, one `<svg>` element.")


class MfaVerifyIn(Strict):
    """Proves that the app has the secret."""

    code: CodeText


class RecoveryCodesOut(BaseModel):
    """Ten codes that each replace the app once. They are shown in this answer only."""

    recovery_codes: list[str] = Field(examples=[["snm7-48b7-7dam-etv4-jse6"]])


class MfaChallengeIn(Strict):
    """The second step of signing in: a code of the app, or a recovery code."""

    mfa_token: str = Field(max_length=2048, description="From the first step; it lives for five minutes.")
    code: CodeText | None = None
    recovery_code: RecoveryCodeText | None = None

    @model_validator(mode="after")
    def _check_one_code(self) -> Self:
        if (self.code is None) == (self.recovery_code is None):
            raise ValueError("give either code or recovery_code")
        return self


class MfaProofIn(Strict):
    """Password and code, for what would weaken the account; without both it is a 403."""

    password: GivenPassword | None = None
    code: CodeText | None = None


class MfaStateOut(BaseModel):
    """Whether a code is asked for when signing in."""

    enabled: bool
    enabled_at: datetime | None
    recovery_codes_left: int = Field(description="Recovery codes not used yet.", examples=[10])
