// What the page knows: one chat per phone or group, kept true by the sandbox's events.

/** Milliseconds after which a press that was never answered stops spinning. */
const PRESS_PATIENCE_MS = 60_000;
/** Milliseconds a chat action is shown, as in Telegram's documentation of sendChatAction. */
const ACTION_MS = 5_000;

/** Holds the chats and tells listeners: chats, chat, arrived, toast, clock, journey, action,
 * look (bring a phone into view). */
export class Store {
  #listeners = new Map();
  #offset = 0;

  constructor() {
    this.bot = { id: 0, username: "", first_name: "" };
    this.chats = new Map();
  }

  on(kind, listener) {
    if (!this.#listeners.has(kind)) this.#listeners.set(kind, new Set());
    this.#listeners.get(kind).add(listener);
  }

  /** As `on`, for the next time alone. */
  once(kind, listener) {
    const heard = (detail) => {
      this.#listeners.get(kind).delete(heard);
      listener(detail);
    };
    this.on(kind, heard);
  }

  emit(kind, detail) {
    for (const listener of this.#listeners.get(kind) ?? []) listener(detail);
  }

  /** The sandbox's present instant. */
  now() {
    return new Date(Date.now() + this.#offset);
  }

  setNow(iso) {
    this.#offset = Date.parse(iso) - Date.now();
    this.emit("clock", this.now());
  }

  /** Take over a whole state; chats already known keep their identity and unread counts. */
  load(state) {
    this.bot = state.bot;
    const seen = new Set();
    for (const phone of state.phones) seen.add(this.putPhone(phone).id);
    for (const group of state.groups ?? []) seen.add(this.#putGroup(group).id);
    for (const id of [...this.chats.keys()]) if (!seen.has(id)) this.chats.delete(id);
    this.setNow(state.now);
    this.emit("chats");
    for (const chat of this.chats.values()) this.emit("chat", chat);
  }

  putPhone(phone) {
    const chat = this.#chat(phone.chat_id);
    chat.person = phone.person;
    chat.keyboard = phone.reply_keyboard ?? null;
    chat.commands = phone.commands ?? [];
    chat.blocked = Boolean(phone.blocked);
    chat.started = Boolean(phone.started);
    this.#putMessages(chat, phone.messages ?? []);
    return chat;
  }

  #putGroup(group) {
    const chat = this.#chat(group.chat.id);
    chat.group = group.chat;
    chat.members = group.members;
    chat.commandsOf = group.commands ?? {};
    if (!chat.members.includes(chat.speaker)) chat.speaker = chat.members[0] ?? null;
    chat.commands = chat.commandsOf[chat.speaker] ?? [];
    this.#putMessages(chat, group.messages ?? []);
    return chat;
  }

  #chat(id) {
    if (!this.chats.has(id)) {
      this.chats.set(id, {
        id,
        person: null,
        group: null,
        members: [],
        speaker: null,
        messages: [],
        keyboard: null,
        commands: [],
        blocked: false,
        started: false,
        pending: new Map(),
        action: null,
        loaded: false,
      });
    }
    return this.chats.get(id);
  }

  #putMessages(chat, messages) {
    const known = new Set(chat.messages.map((message) => message.message_id));
    chat.messages = [...messages].sort((a, b) => a.message_id - b.message_id);
    const fresh = chat.messages.filter((message) => !known.has(message.message_id));
    if (chat.loaded) for (const message of fresh) this.emit("arrived", { chat, message });
    chat.loaded = true;
  }

  /** The chat of a person's phone, or undefined. */
  phoneOf(personId) {
    return [...this.chats.values()].find((chat) => chat.person?.id === personId);
  }

  /** Everybody with a phone, in the order of the phones. */
  people() {
    return [...this.chats.values()].map((chat) => chat.person).filter(Boolean);
  }

  personOf(personId) {
    return this.phoneOf(personId)?.person ?? null;
  }

  /** Apply a message or its edit; `edited` marks it for a brief highlight. */
  putMessage(chatId, message, edited) {
    const chat = this.chats.get(chatId);
    if (!chat) return;
    const at = chat.messages.findIndex((known) => known.message_id === message.message_id);
    if (at >= 0) {
      chat.messages[at] = message;
    } else {
      chat.messages.push(message);
      chat.messages.sort((a, b) => a.message_id - b.message_id);
      if (message.from?.is_bot) this.setAction(chat, null);
      this.emit("arrived", { chat, message });
    }
    if (message.from?.id === chat.person?.id) chat.started = true;
    this.emit("chat", chat);
    if (at >= 0 && edited) this.emit("edited", { chat, message });
  }

  removeMessages(chatId, ids) {
    const chat = this.chats.get(chatId);
    if (!chat) return;
    const gone = new Set(ids);
    chat.messages = chat.messages.filter((message) => !gone.has(message.message_id));
    this.emit("chat", chat);
  }

  /** Set fields of a chat (keyboard, commands, blocked, started) and tell its phone. */
  change(chat, fields) {
    if (!chat) return;
    Object.assign(chat, fields);
    if (chat.group) chat.commands = chat.commandsOf[chat.speaker] ?? [];
    this.emit("chat", chat);
  }

  setAction(chat, action) {
    if (!chat) return;
    clearTimeout(chat.actionTimer);
    chat.action = action;
    if (action) chat.actionTimer = setTimeout(() => this.setAction(chat, null), ACTION_MS);
    this.emit("action", chat);
  }

  /** Note a pressed button, "row:col", until the bot answers. */
  press(chat, messageId, button) {
    chat.pending.set(messageId, button);
    setTimeout(() => {
      if (chat.pending.get(messageId) === button) this.release(chat, messageId);
    }, PRESS_PATIENCE_MS);
    this.emit("chat", chat);
  }

  /** End the spinner of one message, or of every message when no id is given. */
  release(chat, messageId) {
    if (!chat) return;
    if (messageId === undefined) chat.pending.clear();
    else chat.pending.delete(messageId);
    this.emit("chat", chat);
  }
}
