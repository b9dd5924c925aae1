"""Who is where: people and groups come into being, join, leave, are promoted, move to a supergroup."""

from collections.abc import Sequence

from bot.sandbox.people import LEADING, Chat, Person, Post, member
from bot.sandbox.registry import Json, Registry, Wherever, Whoever

FIRST_PERSON = 700_001
FIRST_SUPERGROUP = -1_001_700_000_001
FIRST_GROUP = -4_170_000_001


class Membership(Registry):
    """People and groups, and the notices Telegram gives about them."""

    def add_person(
        self, name: str, language_code: str | None = "zh-hans", username: str | None = None
    ) -> Person:
        """A new person, who has not written to the bot yet."""
        number = FIRST_PERSON + len(self.people)
        person = Person(number, name, username, language_code)
        self.people[number] = person
        self.chats[number] = Chat(number, "private", name, {number: "member"})
        self.changed("person", number)
        self.changed("chat", number)
        return person

    def add_group(
        self, title: str, *people: Whoever, kind: str = "supergroup", forum: bool = False, bot: str = "member"
    ) -> Chat:
        """A new group; the first of *people* is its creator. The bot is in it unless *bot* is "left"."""
        first = FIRST_GROUP if kind == "group" else FIRST_SUPERGROUP
        number = first - sum(1 for chat in self.chats.values() if chat.kind == kind)
        members = {self.person(person).id: "member" for person in people}
        members |= {self.person(person).id: "creator" for person in people[:1]}
        chat = Chat(number, kind, title, members, bot=bot, forum=forum)
        self.chats[number] = chat
        self.changed("chat", number)
        return chat

    def add_topic(self, person: Whoever, chat: Wherever | None, name: str) -> int:
        """A person opens a forum topic; returns its message_thread_id."""
        group = self.chat(chat)
        thread = group.next_message
        group.topics[thread] = name
        body = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        return self.publish(self.post(group, self.person(person).user(), body, thread=thread)).id

    def join(self, person: Whoever, chat: Wherever | None = None, by: Whoever | None = None) -> Post:
        """A person joins, by themselves or added *by* another."""
        who, group = self.person(person), self.chat(chat)
        self._status(group, who, "member", self.person(by) if by else who)
        body = {"new_chat_members": [who.user()]}
        return self.publish(self.post(group, (self.person(by) if by else who).user(), body))

    def leave(self, person: Whoever, chat: Wherever | None = None) -> Post:
        """A person leaves."""
        who, group = self.person(person), self.chat(chat)
        self._status(group, who, "left", who)
        return self.publish(self.post(group, who.user(), {"left_chat_member": who.user()}))

    def promote(self, person: Whoever, status: str = "administrator", chat: Wherever | None = None) -> None:
        """Give a person, or `world.bot`, another status: administrator, member, restricted, creator."""
        group = self.chat(chat)
        self._status(group, self.person(person), status, self._leader(group))

    def add_bot(
        self, chat: Wherever | None = None, by: Whoever | None = None, status: str = "member"
    ) -> Post:
        """Somebody adds the bot: a my_chat_member update and a service message."""
        group = self.chat(chat)
        who = self.person(by) if by else self._leader(group)
        self._status(group, self.bot, status, who)
        return self.publish(self.post(group, who.user(), {"new_chat_members": [self.bot.user()]}))

    def kick_bot(self, chat: Wherever | None = None, by: Whoever | None = None) -> Post:
        """Somebody removes the bot; it may not write there any more."""
        group = self.chat(chat)
        who = self.person(by) if by else self._leader(group)
        self._status(group, self.bot, "kicked", who)
        return self.post(group, who.user(), {"left_chat_member": self.bot.user()})

    def leave_bot(self, chat: Chat) -> None:
        """The bot leaves of its own will."""
        self._status(chat, self.bot, "left", self.bot)
        self.post(chat, self.bot.user(), {"left_chat_member": self.bot.user()})

    def block(self, person: Whoever, blocked: bool = True) -> None:
        """A person blocks the bot in private, or takes that back."""
        who = self.person(person)
        who.blocked = blocked
        self.changed("person", who.id)
        self._status(self.chats[who.id], self.bot, "kicked" if blocked else "member", who)

    def migrate(self, chat: Wherever | None = None, order: Sequence[str] = ("to", "from")) -> Chat:
        """A group becomes a supergroup; *order* says which notice comes first. Returns the new chat."""
        old = self.chat(chat)
        who = self._leader(old)
        new = self.add_group(old.title, bot=old.bot)
        new.members, new.privacy, new.last_bot = dict(old.members), old.privacy, old.last_bot
        old.migrated_to = new.id
        notices = {
            "to": (old, {"migrate_to_chat_id": new.id}),
            "from": (new, {"migrate_from_chat_id": old.id}),
        }
        for which in order:
            place, body = notices[which]
            self.publish(self.post(place, who.user(), body))
        return new

    def member_of(self, chat: Chat, person: Person) -> Json:
        """The ChatMember of a person or of the bot."""
        status = chat.bot if person is self.bot else chat.members.get(person.id, "left")
        return member(person.user(), status)

    def _leader(self, chat: Chat) -> Person:
        ranked = sorted(chat.members, key=lambda number: chat.members[number] != "creator")
        return self.people[ranked[0]]

    def _status(self, chat: Chat, person: Person, status: str, by: Person) -> None:
        old = self.member_of(chat, person)
        if person is self.bot:
            chat.bot = status
        else:
            chat.members[person.id] = status
        self.changed("chat", chat.id)
        told: Json = {"chat": chat.shown(), "from": by.user(), "date": self.seconds, "old_chat_member": old}
        told["new_chat_member"] = self.member_of(chat, person)
        if person is self.bot:
            self.updates.emit("my_chat_member", told)
        elif chat.bot in LEADING:
            self.updates.emit("chat_member", told)
