"""The endpoints of the second factor."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from tradesense.auth.deps import CurrentAuth, CurrentPasswordProof, CurrentSigningIn
from tradesense.auth.errors import ReauthRequired, SessionEnded, WrongPassword
from tradesense.auth.mfa import SecondFactors
from tradesense.auth.mfa_schemas import (
    MfaChallengeIn,
    MfaProofIn,
    MfaSetupIn,
    MfaSetupOut,
    MfaStateOut,
    MfaVerifyIn,
    RecoveryCodesOut,
)
from tradesense.auth.qr import draw_qr
from tradesense.auth.reauth import PasswordProof
from tradesense.auth.schemas import SignedIn, SignedInScript
from tradesense.base.principal import Principal
from tradesense.web.access import OWN_ACCOUNT, PUBLIC, callable_by
from tradesense.web.callers import CurrentCaller
from tradesense.web.errors import problem_responses
from tradesense.web.session import DbSession
from tradesense.web.strict import api_router
from tradesense.web.visitor import CurrentVisitor

router = api_router(access=OWN_ACCOUNT, prefix="/auth/mfa", tags=["auth"])


async def _second_factors(request: Request, session: DbSession) -> SecondFactors:
    return SecondFactors(session, request.state.auth, request.state.sealer)


Factors = Annotated[SecondFactors, Depends(_second_factors)]


@router.get("", summary="Your second factor", operation_id="get_mfa", response_model=MfaStateOut)
async def get_mfa(caller: CurrentCaller, factors: Factors) -> MfaStateOut:
    """Tells whether a code is asked for when you sign in, and how many recovery codes are left."""
    return MfaStateOut.model_validate(await factors.state(caller.user_id), from_attributes=True)


@router.post(
    "/setup",
    summary="Set up a second factor",
    operation_id="set_up_mfa",
    response_model=MfaSetupOut,
    responses=problem_responses(409, 422, 429),
)
async def set_up_mfa(
    body: MfaSetupIn, caller: CurrentCaller, proof: CurrentPasswordProof, factors: Factors
) -> MfaSetupOut:
    """Makes a secret for an authenticator app. It is pending until a code of it comes to `verify`, for 15
    minutes; setting up again voids it. Without `password` you must have signed in within five minutes, else
    it is a 403 `reauth_required`.
    """
    if body.password is not None or not await factors.signed_in_lately(caller):
        await _prove(proof, caller, body.password)
    pending = await factors.begin(caller.user_id)
    return MfaSetupOut(secret=pending.seed, otpauth_uri=pending.uri, qr_svg=draw_qr(pending.uri))


@router.post(
    "/verify",
    summary="Turn the second factor on",
    operation_id="verify_mfa",
    response_model=RecoveryCodesOut,
    responses=problem_responses(409, 422, 429),
)
async def verify_mfa(
    body: MfaVerifyIn, caller: CurrentCaller, visitor: CurrentVisitor, factors: Factors
) -> RecoveryCodesOut:
    """Turns on the second factor that was set up, by a code of the app. The ten recovery codes are shown in
    this answer only; your other sessions end.
    """
    return RecoveryCodesOut(recovery_codes=await factors.verify(caller, body.code, visitor))


@router.post(
    "/challenge",
    summary="Sign in with a code",
    operation_id="answer_mfa_challenge",
    response_model=SignedIn | SignedInScript,
    responses=problem_responses(401, 422, 429),
)
@callable_by(PUBLIC)
async def answer_mfa_challenge(
    body: MfaChallengeIn,
    request: Request,
    response: Response,
    session: DbSession,
    visitor: CurrentVisitor,
    auth: CurrentAuth,
    factors: Factors,
    signing_in: CurrentSigningIn,
) -> SignedIn:
    """The second step of signing in: answers as the first would have without a second factor. A code is good
    once, from half a minute before its time to half a minute after.
    """
    claims = auth.mfa_tokens.read(body.mfa_token)
    await request.state.limiter.hit_auth(visitor.ip, str(claims.user_id) if claims else None)
    if claims is None:
        raise SessionEnded
    typed = body.recovery_code if body.code is None else body.code
    assert typed is not None
    user = await factors.answer_challenge(claims, typed, visitor)
    return await signing_in.finish(session, user, visitor, response=response, for_script=claims.for_script)


@router.post(
    "/disable",
    summary="Turn the second factor off",
    operation_id="disable_mfa",
    status_code=204,
    response_class=Response,
    responses=problem_responses(401, 409, 422, 429),
)
async def disable_mfa(
    body: MfaProofIn,
    caller: CurrentCaller,
    proof: CurrentPasswordProof,
    visitor: CurrentVisitor,
    factors: Factors,
) -> None:
    """Turns it off and deletes its secret and recovery codes; your other sessions end. Takes the password and
    a code of the app or a recovery code; without both it is a 403 `reauth_required`.
    """
    code = await _prove_both(proof, caller, body)
    await factors.disable(caller, code, visitor)


@router.post(
    "/recovery-codes",
    summary="Make new recovery codes",
    operation_id="renew_recovery_codes",
    response_model=RecoveryCodesOut,
    responses=problem_responses(401, 409, 422, 429),
)
async def renew_recovery_codes(
    body: MfaProofIn,
    caller: CurrentCaller,
    proof: CurrentPasswordProof,
    visitor: CurrentVisitor,
    factors: Factors,
) -> RecoveryCodesOut:
    """Makes ten new codes; the old ones stop working. Takes what `disable` takes."""
    code = await _prove_both(proof, caller, body)
    return RecoveryCodesOut(recovery_codes=await factors.renew_codes(caller, code, visitor))


async def _prove_both(proof: PasswordProof, caller: Principal, given: MfaProofIn) -> str:
    if given.code is None:
        raise ReauthRequired("This takes your password and a code.")
    await _prove(proof, caller, given.password)
    return given.code


async def _prove(proof: PasswordProof, caller: Principal, password: str | None) -> None:
    if password is None:
        raise ReauthRequired("This takes your password.")
    try:
        await proof.check(caller.user_id, password)
    except WrongPassword as wrong:
        raise ReauthRequired(wrong.detail) from None
