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

function upload(person, verb, field, file, caption) {
  const form = new FormData();
  form.append(field, file, file.name);
  if (caption) form.append("caption", caption);
  return act(person, verb, form);
}

export const api = {
  state: () => request("GET", "/sandbox/state"),
  limits: () => request("GET", "/sandbox/limits"),
  moveClock: (seconds) => request("POST", "/sandbox/clock", { seconds }),
  setFaults: (faults) => request("POST", "/sandbox/faults", faults),
  addPerson: (person) => request("POST", "/sandbox/people", person),
  start: (person, payload) => act(person, "start", payload ? { payload } : {}),
  text: (person, text, replyTo) =>
    act(person, "text", replyTo ? { text, reply_to: replyTo } : { text }),
  edit: (person, messageId, text) => act(person, "edit", { message_id: messageId, text }),
  press: (person, messageId, data) => act(person, "press", { message_id: messageId, data }),
  photo: (person, file, caption) => upload(person, "photo", "photo", file, caption),
  document: (person, file, caption) => upload(person, "document", "document", file, caption),
  samplePhoto: (person, caption) =>
    act(person, "photo", { sample: true, caption: caption || undefined }),
  sampleVoice: (person) => act(person, "voice", { sample: true }),
  sampleDocument: (person) => act(person, "document", { sample: true }),
  location: (person, place) => act(person, "location", place),
  contact: (person, phoneNumber) => act(person, "contact", { phone_number: phoneNumber }),
  sticker: (person) => act(person, "sticker"),
  block: (person, blocked) => act(person, "block", { blocked }),
};

/** Where the bytes behind a file id are served to this page. */
export function fileUrl(fileId) {
  return `/sandbox/files/${encodeURIComponent(fileId)}`;
}
