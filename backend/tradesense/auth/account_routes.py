"""The endpoints of the account as a whole: its end, export and address, and what administrators change."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Request
from starlette.responses import Response

from tradesense.auth.account import Account
from tradesense.auth.account_schemas import (
    AccountExport,
    DeleteIn,
    EmailChangeIn,
    EmailVerifyIn,
    ResendIn,
)
from tradesense.auth.addresses import Addresses
from tradesense.auth.deps import CurrentAuth, CurrentPasswordProof
from tradesense.auth.schemas import MailOnTheWay
from tradesense.auth.signing_in import subject_of
from tradesense.users import UserChange, UserItem
from tradesense.web.access import MANAGES_USERS, OWN_ACCOUNT, PUBLIC, callable_by
from tradesense.web.callers import CurrentCaller
from tradesense.web.cookies import clear_session_cookies
from tradesense.web.errors import problem_responses
from tradesense.web.session import DbSession
from tradesense.web.strict import api_router
from tradesense.web.visitor import CurrentVisitor

users_router = api_router(access=OWN_ACCOUNT, prefix="/users", tags=["users"])
email_router = api_router(access=OWN_ACCOUNT, prefix="/auth/email", tags=["auth"])


async def _account(request: Request, session: DbSession) -> Account:
    return Account(session, request.state.auth, request.state.sealer)


async def _addresses(request: Request) -> Addresses:
    return Addresses(request.state.auth, request.state.database)


CurrentAccount = Annotated[Account, Depends(_account)]
CurrentAddresses = Annotated[Addresses, Depends(_addresses)]


@users_router.delete(
    "/me",
    summary="Delete your account",
    operation_id="delete_me",
    status_code=204,
    responses=problem_responses(401, 403, 409, 422, 429, 503),
)
async def delete_me(
    given: DeleteIn,
    caller: CurrentCaller,
    proof: CurrentPasswordProof,
    account: CurrentAccount,
    auth: CurrentAuth,
    visitor: CurrentVisitor,
) -> Response:
    """Deletes the account and everything in it, at once and for good, and signs out everywhere.

    That it existed, and what happened to it, stays in the log. The last administrator can't go.
    """
    await proof.check(caller.user_id, given.password)
    await account.delete(caller, given.code, visitor)
    answer = Response(status_code=204, headers={"Clear-Site-Data": '"cache", "storage"'})
    clear_session_cookies(answer, secure=auth.rules.secure_cookies)
    return answer


@users_router.get(
    "/me/export",
    summary="Everything we keep about you",
    operation_id="export_me",
    response_model=AccountExport,
    responses=problem_responses(401, 403),
)
async def export_me(caller: CurrentCaller, account: CurrentAccount) -> Response:
    """Answers with one document: account, preferences, watch lists, strategies, sessions, API keys, events.

    No secret is in it.
    """
    document = await account.export(caller)
    name = f"tradesense-account-{document.exported_at:%Y-%m-%d}.json"
    return Response(
        document.model_dump_json(indent=2),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@users_router.patch(
    "/{user_id}",
    summary="Change somebody's role or status",
    operation_id="update_user",
    responses=problem_responses(401, 403, 404, 409, 422),
)
@callable_by(MANAGES_USERS)
async def update_user(
    user_id: Annotated[UUID, Path(description="The account's id.")],
    change: UserChange,
    caller: CurrentCaller,
    account: CurrentAccount,
    visitor: CurrentVisitor,
) -> UserItem:
    """Gives somebody another role or status, which counts from their next request on. They are told by mail.

    Disabling an account ends its sessions and API keys for good. The last administrator who can sign in stays
    one.
    """
    return await account.change(caller, user_id, role=change.role, status=change.status, visitor=visitor)


@email_router.post(
    "/change",
    summary="Ask for another e-mail address",
    operation_id="change_email",
    status_code=202,
    responses=problem_responses(401, 403, 409, 422, 429, 503),
)
async def change_email(
    request: Request,
    given: EmailChangeIn,
    caller: CurrentCaller,
    proof: CurrentPasswordProof,
    addresses: CurrentAddresses,
    visitor: CurrentVisitor,
) -> MailOnTheWay:
    """Mails a link to the new address, and a notice to the present one, which stays until then."""
    await request.state.limiter.hit_auth(visitor.ip, str(caller.user_id))
    await proof.check(caller.user_id, given.password)
    await addresses.ask_change(caller, given.new_email, visitor)
    return MailOnTheWay(detail="A mail is on its way to the new address. Open the link in it.")


@email_router.post(
    "/verify",
    summary="Confirm an e-mail address",
    operation_id="verify_email",
    status_code=204,
    responses=problem_responses(400, 409, 422, 429),
)
@callable_by(PUBLIC)
async def verify_email(
    request: Request, given: EmailVerifyIn, addresses: CurrentAddresses, visitor: CurrentVisitor
) -> None:
    """Uses the token of a mailed link: confirms an account's address, or puts a new one in its place."""
    await request.state.limiter.hit_auth(visitor.ip, None)
    await addresses.verify(given.token, visitor)


@email_router.post(
    "/verify/resend",
    summary="Mail the link again",
    operation_id="resend_verification",
    status_code=202,
    responses=problem_responses(422, 429),
)
@callable_by(PUBLIC)
async def resend_verification(
    request: Request, given: ResendIn, addresses: CurrentAddresses, visitor: CurrentVisitor
) -> MailOnTheWay:
    """Mails another link to an address still to be confirmed. The answer is the same for any address."""
    await request.state.limiter.hit_auth(visitor.ip, subject_of(given.email))
    await addresses.resend(given.email)
    return MailOnTheWay(detail="If this address is still to be confirmed, a mail is on its way.")
