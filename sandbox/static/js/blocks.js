// A chat's messages as blocks of its timeline: date separators, albums, single messages.
import { dayKey, fromUnix } from "./time.js";

/** Seconds between two messages of one sender that still count as one run. */
const RUN_SECONDS = 300;

/** [{kind: "day"|"message"|"album", key, messages, first}] in order. */
export function blocksOf(messages) {
  const blocks = [];
  let previous = null;
  for (const message of messages) {
    const newDay = !previous || dayKey(fromUnix(previous.date)) !== dayKey(fromUnix(message.date));
    if (newDay)
      blocks.push({
        kind: "day",
        key: `day-${message.date}-${message.message_id}`,
        messages: [message],
      });
    const last = blocks.at(-1);
    if (joins(last, message)) last.messages.push(message);
    else blocks.push(block(message, newDay || !sameRun(previous, message)));
    previous = message;
  }
  return blocks;
}

function block(message, first) {
  const kind = message.media_group_id ? "album" : "message";
  return { kind, key: `${kind}-${message.message_id}`, messages: [message], first };
}

function joins(last, message) {
  return last?.kind === "album" && last.messages[0].media_group_id === message.media_group_id;
}

function sameRun(previous, message) {
  return previous?.from?.id === message.from?.id && message.date - previous.date < RUN_SECONDS;
}
