"""An update as a message of the conversation, or None for what is not for us. Pure: it asks and changes nothing.

In groups the bot hears commands, replies to it and mentions, and nothing else: what people say to each other is neither
read nor kept nor logged. A session is the person's who speaks, never the group's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import CallbackQuery, MessageEntity, Update, User
from telegram import Message as TelegramMessage
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import filters

from bot.channels.telegram.address import Address, owner_tag
from bot.channels.telegram.keyboard import read_data
from bot.conversation.messages import Message, Pressed, Sent, Typed

HANDLED = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)
# In this order: a venue has a location too, an animation a document.
_KINDS = (
    ("animation", "other"),
    ("photo", "photo"),
    ("voice", "voice"),
    ("video_note", "voice"),
    ("audio", "voice"),
    ("document", "file"),
    ("sticker", "sticker"),
    ("contact", "contact"),
    ("location", "location"),
)


@dataclass(frozen=True)
class Heard:
    user: int
    message: Message
    address: Address
    query: CallbackQuery | None = None
    foreign: bool = False  # a press on a button that is another person's
    album: str | None = None  # pictures sent together come as a message each


def hear(update: Update, me: User) -> Heard | None:
    if update.callback_query is not None:
        return _hear_press(update.callback_query)
    message = update.message or update.edited_message
    # Bots would answer each other for ever; who writes as a group or channel is no person with a session.
    if message is None or message.from_user is None or message.from_user.is_bot or message.sender_chat is not None:
        return None
    if message.via_bot is not None and message.via_bot.id == me.id:
        return None  # an entry that they put there by inline mode: our words, not theirs
    group = message.chat.type != ChatType.PRIVATE
    said = _read(update, message, (me.username or "") if group else "")
    if said is None or (group and not _is_for(message, me)):
        return None
    owner = owner_tag(message.from_user.id) if group else ""
    address = Address(message.chat.id, _thread(message), quote=message.message_id if group else None, owner=owner)
    return Heard(message.from_user.id, said, address, album=message.media_group_id)


def _read(update: Update, message: TelegramMessage, name: str) -> Message | None:
    if update.edited_message is not None:
        # A shared live location is edited every few seconds: nobody wants an answer to each.
        return Sent("edited") if message.text or message.caption else None
    if message.text is not None:
        return Typed(_without_mention(message.text, name) if name else message.text)
    for attribute, kind in _KINDS:
        if getattr(message, attribute):
            return Sent(kind)
    return None if filters.StatusUpdate.ALL.check_update(update) else Sent("other")


def _thread(message: TelegramMessage) -> int | None:
    """The topic to answer in. Replies outside of topics carry a thread number too, one that must not be sent back."""
    return message.message_thread_id if message.is_topic_message else None


def standing_of(update: Update) -> tuple[int, bool] | None:
    """A chat that has blocked us, thrown us out or taken us in again, and whether it takes messages now."""
    change = update.my_chat_member
    if change is None:
        return None
    return change.chat.id, change.new_chat_member.status not in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)


# --- groups ---


def moved(update: Update) -> tuple[int, int] | None:
    """The group's old number and its new one, when it has become a supergroup. Both say so, each on its side."""
    message = update.message
    if message is None:
        return None
    if message.migrate_to_chat_id is not None:
        return message.chat.id, message.migrate_to_chat_id
    return None if message.migrate_from_chat_id is None else (message.migrate_from_chat_id, message.chat.id)


def invited(update: Update, me: User) -> tuple[int, Address] | None:
    """Who has brought the bot into a group, and where that is."""
    message = update.message
    if message is None or message.from_user is None:
        return None
    came = message.group_chat_created or any(member.id == me.id for member in message.new_chat_members)
    return (message.from_user.id, Address(message.chat.id, _thread(message))) if came else None


def _is_for(message: TelegramMessage, me: User) -> bool:
    command = _command(message)
    if command is not None:
        return command.partition("@")[2].lower() in ("", (me.username or "").lower())
    return _answers(message, me) or _mentions(message, me)


def _command(message: TelegramMessage) -> str | None:
    found = message.parse_entities([MessageEntity.BOT_COMMAND])
    return next((text for entity, text in found.items() if entity.offset == 0), None)


def _answers(message: TelegramMessage, me: User) -> bool:
    """Every message in a topic counts as a reply to the one that opened it, even if we did."""
    before = message.reply_to_message
    if before is None or before.from_user is None or before.forum_topic_created is not None:
        return False
    return before.from_user.id == me.id


def _mentions(message: TelegramMessage, me: User) -> bool:
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    found = {**message.parse_entities(kinds), **message.parse_caption_entities(kinds)}
    name = f"@{me.username}".lower()
    return any(text.lower() == name or (entity.user and entity.user.id == me.id) for entity, text in found.items())


def _without_mention(text: str, name: str) -> str:
    """「@bot 協議体」 -> 「協議体」; the core knows commands with a name behind them."""
    return text if text.startswith("/") else re.sub(rf"@{re.escape(name)}\b", "", text, flags=re.IGNORECASE).strip()


# --- presses ---


def _hear_press(query: CallbackQuery) -> Heard | None:
    if query.data is None:
        return None
    user = query.from_user.id
    message = query.message
    group = message is not None and message.chat.type != ChatType.PRIVATE
    token, owner = read_data(query.data, tagged=group)
    own = owner_tag(user) if group else ""
    chat = user if message is None else message.chat.id
    thread, tapped = None, None
    if isinstance(message, TelegramMessage):  # else too old, or deleted: there is nothing to edit
        thread = _thread(message)
        tapped = message.message_id if message.text else None  # a file's caption is no text to be replaced
    address = Address(chat, thread, tapped, owner=own)
    return Heard(user, Pressed(token), address, query, foreign=bool(owner) and owner != own)
