"""Finding chats, persons and members, making those that are new."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import String, bindparam, case, delete, func, select, update
from sqlmodel import Session, col

from storage.models.community import Account, Chat, Community, Member, Person, Role
from storage.models.delivery import Pending
from storage.models.log import Change
from storage.prepared import Prepared, write_changes
from storage.queries.delivery import unsay
from storage.rows import columns_of, every, first
from storage.types import UTCDateTime


def add_chat(session: Session, platform: str, address: str, private: bool, title: str) -> Chat:
    """A chat that has not been seen before."""
    chat = Chat(platform=platform, address=address, private=private, title=title)
    session.add(chat)
    session.flush()
    return chat


Presence = tuple[Chat, Community | None, Account | None, Person | None, Member | None, Pending | None]
_MODELS = (Chat, Community, Account, Person, Member, Pending)


@cache
def _presence() -> Prepared:
    # A group that is not set up has no community, whoever speaks there: others read along.
    own = case((col(Chat.private), col(Person.community_id)))
    community_id = func.coalesce(col(Chat.community_id), own)
    platform = bindparam("platform", type_=String)
    query = (
        select(*(column for model in _MODELS for column in columns_of(model)))
        .select_from(Chat)
        .outerjoin(
            Account,
            (col(Account.platform) == platform) & (col(Account.address) == bindparam("sender", type_=String)),
        )
        .outerjoin(Person, col(Person.id) == col(Account.person_id))
        .outerjoin(Community, col(Community.id) == community_id)
        .outerjoin(
            Member, (col(Member.community_id) == community_id) & (col(Member.person_id) == col(Person.id))
        )
        .outerjoin(
            Pending,
            (col(Pending.chat_id) == col(Chat.id))
            & (col(Pending.person_id) == col(Person.id))
            & (col(Pending.expires_at) > bindparam("now", type_=UTCDateTime)),
        )
        .where(col(Chat.platform) == platform, col(Chat.address) == bindparam("chat", type_=String))
    )
    return Prepared(query)


def presence(
    session: Session, platform: str, chat: str, sender: str | None, now: datetime
) -> Presence | None:
    """All that is known of *sender* speaking in *chat* (both the platform's ids), in one question.

    In a private chat the community is the one the person last chose. None: the chat is new.
    """
    session.flush()
    values = {"platform": platform, "chat": chat, "sender": sender, "now": now}
    found = first(_presence(), session, _MODELS, **values)
    return cast(Presence, tuple(found)) if found else None


def add_account(
    session: Session, platform: str, address: str, name: str, username: str | None, now: datetime
) -> tuple[Account, Person]:
    """A person who has not been seen before, with their account."""
    person = Person(name=name, created_at=now)
    session.add(person)
    session.flush()
    account = Account(
        platform=platform, address=address, name=name, username=username, person_id=person.id or 0
    )
    session.add(account)
    session.flush()
    return account, person


def membership(session: Session, community_id: int | None, person_id: int | None) -> Member | None:
    """The person's membership in the community, if they have joined."""
    return session.scalars(
        select(Member).where(col(Member.community_id) == community_id, col(Member.person_id) == person_id)
    ).one_or_none()


def communities_of(session: Session, person_id: int) -> list[Community]:
    """The communities the person has joined, oldest first."""
    write_changes(session, Member, Community)
    return every(_communities_of(), session, Community, person=person_id)


@cache
def _communities_of() -> Prepared:
    query = select(*columns_of(Community)).join(Member, col(Member.community_id) == col(Community.id))
    return Prepared(query.where(col(Member.person_id) == bindparam("person")).order_by(col(Community.id)))


@cache
def _chats_of() -> Prepared:
    here = col(Chat.community_id) == bindparam("community")
    following = select(col(Member.chat_id)).where(col(Member.community_id) == bindparam("community"))
    groups = ~col(Chat.private) & here
    query = select(*columns_of(Chat)).where(col(Chat.active), groups | col(Chat.id).in_(following))
    return Prepared(query.order_by(col(Chat.private), col(Chat.id)))


def chats_of(session: Session, community_id: int) -> list[Chat]:
    """Where the community's posts go: its groups, then the private chats of who is in none of them."""
    write_changes(session, Chat)
    return every(_chats_of(), session, Chat, community=community_id)


def private_chats(session: Session, person_id: int, platform: str = "") -> list[Chat]:
    """The person's private chats the bot may write in: those on *platform*, then where they last spoke."""
    spoke = select(col(Person.chat_id)).where(col(Person.id) == person_id).scalar_subquery()
    query = (
        select(Chat)
        .where(col(Chat.person_id) == person_id, col(Chat.private), col(Chat.active))
        .order_by(
            col(Chat.platform) != platform, case((col(Chat.id) == spoke, 0), else_=1), col(Chat.id).desc()
        )
    )
    return list(session.scalars(query))


def private_chat(session: Session, person_id: int, platform: str = "") -> Chat | None:
    """The first of `private_chats`."""
    found = private_chats(session, person_id, platform)
    return found[0] if found else None


def leaders(session: Session, community_id: int) -> list[tuple[Member, Person]]:
    """Leaders and deputies of the community, leaders first."""
    query = (
        select(Member, Person)
        .join(Person, col(Person.id) == col(Member.person_id))
        .where(col(Member.community_id) == community_id, col(Member.role).in_([Role.LEADER, Role.DEPUTY]))
        .order_by(col(Member.role).desc(), col(Member.id))
    )
    return list(session.execute(query))


def account_at(session: Session, platform: str, address: str) -> Account | None:
    """The account with the platform's id *address*."""
    return session.scalars(
        select(Account).where(col(Account.platform) == platform, col(Account.address) == address)
    ).one_or_none()


def addresses_of(session: Session, people: Sequence[int], platform: str) -> list[str]:
    """The platform's ids of those of *people* who have an account there."""
    query = select(col(Account.address)).where(
        col(Account.platform) == platform, col(Account.person_id).in_(people)
    )
    return list(session.scalars(query.order_by(col(Account.id))))


def members_of(session: Session, community_id: int) -> list[tuple[Member, Person]]:
    """Everybody who has joined, in the order they did."""
    query = (
        select(Member, Person)
        .join(Person, col(Person.id) == col(Member.person_id))
        .where(col(Member.community_id) == community_id)
        .order_by(col(Member.id))
    )
    return list(session.execute(query))


def only_leader(session: Session, community_id: int, person_id: int) -> bool:
    """Whether the community's other members would be left without a leader if the person went."""
    members = [member for member, _ in members_of(session, community_id)]
    mine = [one for one in members if one.person_id == person_id and one.role is Role.LEADER]
    others = [one for one in members if one.person_id != person_id]
    return bool(mine and others) and not any(one.role is Role.LEADER for one in others)


def end_membership(session: Session, member: Member) -> None:
    """The person is no longer a member; another of their communities becomes the current one."""
    session.delete(member)
    session.flush()
    person = session.get_one(Person, member.person_id)
    if member.chat_id is not None and not communities_of(session, member.person_id):
        unsay(session, member.chat_id)
    if person.community_id == member.community_id:
        others = communities_of(session, member.person_id)
        person.community_id = others[0].id if others else None


def export(session: Session, person_id: int) -> dict[str, Any]:
    """What is kept of the person themselves: name, choices, accounts, memberships."""
    person = session.get_one(Person, person_id)
    accounts = session.scalars(select(Account).where(col(Account.person_id) == person_id))
    memberships = session.execute(
        select(Member, Community)
        .join(Community, col(Community.id) == col(Member.community_id))
        .where(col(Member.person_id) == person_id)
        .order_by(col(Member.id))
    )
    return {
        "name": person.name,
        "language": person.language,
        "zone": person.zone,
        "muted_until": person.muted_until.isoformat() if person.muted_until else None,
        "first_seen": person.created_at.isoformat(),
        "accounts": [
            {"platform": one.platform, "address": one.address, "name": one.name, "username": one.username}
            for one in accounts
        ],
        "memberships": [
            {"community": community.name, "role": member.role.value, "joined": member.joined_at.isoformat()}
            for member, community in memberships
        ],
    }


def erase(session: Session, person_id: int) -> None:
    """Delete the person; the rows of their private chats stay, nameless, for the last words."""
    _unname_changes(session, session.get_one(Person, person_id))
    session.execute(update(Change).where(col(Change.person_id) == person_id).values(person_id=None))
    session.execute(update(Chat).where(col(Chat.person_id) == person_id).values(person_id=None))
    session.execute(delete(Member).where(col(Member.person_id) == person_id))
    session.execute(delete(Account).where(col(Account.person_id) == person_id))
    session.execute(delete(Person).where(col(Person.id) == person_id))


def _unname_changes(session: Session, person: Person) -> None:
    communities = select(col(Member.community_id)).where(col(Member.person_id) == person.id)
    for change in session.scalars(select(Change).where(col(Change.community_id).in_(communities))):
        if person.name in change.content.values() or change.content.get("person") == person.id:
            change.content = {
                name: None if name == "person" else "…" if value == person.name else value
                for name, value in change.content.items()
            }
    session.flush()
