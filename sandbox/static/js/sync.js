// The live link: server-sent events into the store, with reconnection that loses nothing.
//
// On every opening the whole state is read again while events wait in a buffer; each event is
// idempotent, so replaying the buffer over the state ends at the present whichever came first.
import { api } from "./api.js";

/** Milliseconds before trying again when the browser has given the connection up. */
const RETRY_MS = 1_500;

/** Keep `store` true; `onLink` hears "connecting", "live" and "lost". */
export function follow(store, onLink) {
  let source = null;
  let waiting = null;
  let turn = 0;

  function connect() {
    source?.close();
    source = new EventSource("/sandbox/events");
    source.onopen = reload;
    source.onmessage = (event) => receive(JSON.parse(event.data));
    source.onerror = () => {
      onLink("lost");
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MS);
    };
  }

  async function reload() {
    const mine = ++turn;
    waiting = waiting ?? [];
    try {
      const state = await api.state();
      if (mine !== turn) return;
      store.load(state);
      const buffered = waiting;
      waiting = null;
      for (const event of buffered) apply(store, event);
      onLink("live");
    } catch {
      if (mine !== turn) return;
      onLink("lost"); // the sandbox is away: start over with a fresh connection
      setTimeout(connect, RETRY_MS);
    }
  }

  function receive(event) {
    if (event.type === "reload") reload();
    else if (waiting) waiting.push(event);
    else apply(store, event);
  }

  onLink("connecting");
  connect();
}

const HANDLERS = {
  message: (store, event) => store.putMessage(event.chat_id, event.message, false),
  edit: (store, event) => store.putMessage(event.chat_id, event.message, true),
  delete: (store, event) => store.removeMessages(event.chat_id, event.message_ids),
  keyboard: (store, event) =>
    store.change(store.chats.get(event.chat_id), { keyboard: event.reply_keyboard }),
  commands: (store, event) =>
    store.change(store.chats.get(event.chat_id), { commands: event.commands }),
  action: (store, event) => store.setAction(store.chats.get(event.chat_id), event.action),
  clock: (store, event) => store.setNow(event.now),
  block: (store, event) => store.change(store.phoneOf(event.person_id), { blocked: event.blocked }),
  journey: (store, event) => store.emit("journey", event.share),
  answered: (store, event) => store.release(store.chats.get(event.chat_id), event.message_id),
  toast(store, event) {
    const chat = store.chats.get(event.chat_id);
    store.release(chat, event.message_id);
    if (chat && event.text) store.emit("toast", { chat, text: event.text, alert: event.alert });
  },
  phone(store, event) {
    store.putPhone(event.phone);
    store.emit("chats");
  },
};

function apply(store, event) {
  HANDLERS[event.type]?.(store, event);
}
