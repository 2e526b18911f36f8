// The page's side of the sandbox's HTTP protocol.

/** An answer of the sandbox that was not 2xx, or none at all (status 0). */
export class SandboxError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function request(method, path, body) {
  const form = body instanceof FormData;
  const headers = body === undefined || form ? {} : { "Content-Type": "application/json" };
  const payload = body === undefined || form ? body : JSON.stringify(body);
  let response;
  try {
    response = await fetch(path, { method, headers, body: payload });
  } catch (error) {
    throw new SandboxError(0, error.message);
  }
  return answer(response);
}

async function answer(response) {
  const text = await response.text();
  let data = null;
  try {
    data = text ? JSON.parse(text) : null;
  } catch {
    data = null; // an error page in plain text still carries its words in `text`
  }
  if (response.ok) return data;
  const why = data?.description ?? data?.detail ?? data?.error ?? text.slice(0, 200);
  throw new SandboxError(response.status, String(why || response.statusText));
}

function act(person, verb, body = {}) {
  return request("POST", `/sandbox/people/${person}/${verb}`, body);
}

function upload(person, verb, field, file, about) {
  const form = new FormData();
  form.append(field, file, file.name);
  for (const [name, value] of Object.entries(about)) if (value) form.append(name, value);
  return act(person, verb, form);
}

export const api = {
  state: () => request("GET", "/sandbox/state"),
  limits: () => request("GET", "/sandbox/limits"),
  moveClock: (seconds) => request("POST", "/sandbox/clock", { seconds, stepwise: true }),
  setFaults: (faults) => request("POST", "/sandbox/faults", faults),
  addPerson: (person) => request("POST", "/sandbox/people", person),
  addGroup: (group) => request("POST", "/sandbox/groups", group),
  start: (person, payload) => act(person, "start", payload ? { payload } : {}),
  // `where` is {} in a private chat and {chat_id} in a group.
  text: (person, text, replyTo, where = {}) =>
    act(person, "text", replyTo ? { text, reply_to: replyTo, ...where } : { text, ...where }),
  edit: (person, messageId, text, where = {}) =>
    act(person, "edit", { message_id: messageId, text, ...where }),
  forward: (person, messageId, fromChatId) =>
    act(person, "forward", { message_id: messageId, from_chat_id: fromChatId }),
  press: (person, messageId, data, where = {}) =>
    act(person, "press", { message_id: messageId, data, ...where }),
  photo: (person, file, about) => upload(person, "photo", "photo", file, about),
  document: (person, file, about) => upload(person, "document", "document", file, about),
  samplePhoto: (person, about) => act(person, "photo", { sample: true, ...about }),
  sampleVoice: (person, where) => act(person, "voice", { sample: true, ...where }),
  sampleDocument: (person, where) => act(person, "document", { sample: true, ...where }),
  location: (person, place, where) => act(person, "location", { ...place, ...where }),
  contact: (person, phoneNumber, where) =>
    act(person, "contact", { phone_number: phoneNumber, ...where }),
  sticker: (person, where) => act(person, "sticker", where),
  block: (person, blocked) => act(person, "block", { blocked }),
};

/** Where the bytes behind a file id are served to this page. */
export function fileUrl(fileId) {
  return `/sandbox/files/${encodeURIComponent(fileId)}`;
}
