"""One person with several accounts: told by where they write, and asked before they become one."""

from config.texts import Text, lines, say
from handlers.core.answer import Answer, Button
from handlers.core.context import Context
from handlers.core.errors import UserError
from storage.models.community import Account, Person
from storage.models.link import Code
from storage.queries.link import accounts_of


def whose(ctx: Context, code: Code) -> Answer:
    """Whose account the code is of, and what it means if both are one; raises UserError for one's own."""
    if code.person_id in (None, ctx.person_id):
        raise UserError(say("account-own"))
    owner = ctx.session.get_one(Person, code.person_id)
    places = [place(one) for one in accounts_of(ctx.session, code.person_id or 0)]
    asked = say("account-whose", name=owner.name, places=places)
    yes = Button(say("account-yes"), "account.join", code.word, only=ctx.person_id)
    return Answer(lines(asked, say("account-means"), say("account-not-you")), [[yes]])


def shown(ctx: Context, code: Code) -> Text:
    """A private code was typed in a group: others may have read it, so its owner will be asked."""
    code.chat_id = ctx.chat.id
    return say("link-in-private")


def place(account: Account) -> Text:
    """Where an account is, with the name it has there."""
    return say("account-place", platform=account.platform, name=account.name)
