"""Routes of passwords: change one that is known, replace one that was forgotten."""

from __future__ import annotations

from fastapi import Response

from tradesense.auth.deps import CurrentLimits, CurrentNewPassword, CurrentSigningIn
from tradesense.auth.schemas import ForgotIn, MailOnTheWay, PasswordChangeIn, ResetIn
from tradesense.auth.signing_in import subject_of
from tradesense.web.access import OWN_ACCOUNT, PUBLIC, callable_by
from tradesense.web.callers import CurrentCaller
from tradesense.web.errors import problem_responses
from tradesense.web.strict import api_router
from tradesense.web.visitor import CurrentVisitor

router = api_router(access=PUBLIC, prefix="/auth/password", tags=["auth"])


@router.post(
    "/change",
    summary="Change your password",
    operation_id="change_password",
    status_code=204,
    responses=problem_responses(422, 429, 503),
)
@callable_by(OWN_ACCOUNT)
async def change_password(
    given: PasswordChangeIn,
    caller: CurrentCaller,
    new_password: CurrentNewPassword,
    signing_in: CurrentSigningIn,
    limits: CurrentLimits,
    visitor: CurrentVisitor,
) -> Response:
    """Give yourself another password. All your sessions end; this one goes on with new cookies.

    A script signs in again, or takes its tokens from the cookies of the answer.
    """
    await limits.hit_auth(visitor.ip, str(caller.user_id))
    live = await new_password.change(caller, given.current_password, given.new_password, visitor)
    answer = Response(status_code=204)
    signing_in.hand_over(live, answer)
    return answer


@router.post(
    "/forgot",
    summary="Ask for a link to choose a new password",
    operation_id="forgot_password",
    status_code=202,
    response_model=MailOnTheWay,
    responses=problem_responses(422, 429, 503),
)
async def forgot_password(
    given: ForgotIn, new_password: CurrentNewPassword, limits: CurrentLimits, visitor: CurrentVisitor
) -> MailOnTheWay:
    """Have a link mailed that works once, for 30 minutes. The answer is the same without an account."""
    await limits.hit_auth(visitor.ip, subject_of(given.email))
    await new_password.forgot(given.email, visitor)
    return MailOnTheWay(detail="If there is an account with this address, a mail is on its way to it.")


@router.post(
    "/reset",
    summary="Choose a new password by a mailed link",
    operation_id="reset_password",
    status_code=204,
    responses=problem_responses(400, 422, 429, 503),
)
async def reset_password(
    given: ResetIn, new_password: CurrentNewPassword, limits: CurrentLimits, visitor: CurrentVisitor
) -> Response:
    """Use the link up and give the account a new password. All its sessions end, and none begins."""
    await limits.hit_auth(visitor.ip)
    await new_password.reset(given.token, given.password, visitor)
    return Response(status_code=204)
