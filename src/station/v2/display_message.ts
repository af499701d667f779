import type { v201, v21 } from "../../ocpp/mod.ts";
import type { DisplayContent, DisplayMessage } from "../display/display_message.ts";
import { readTime, writeTime } from "../time.ts";

/** A message for a display as the CSMS wrote it (MessageInfoType). */
export function readDisplayMessage(given: v21.MessageInfoType): DisplayMessage {
  const { id, priority, state, startDateTime, endDateTime, transactionId, display } = given;
  return {
    id,
    priority,
    state: state ?? null,
    from: readTime(startDateTime),
    to: readTime(endDateTime),
    transactionId: transactionId ?? null,
    display: display === undefined ? null : {
      name: display.name,
      instance: display.instance ?? null,
      connectorId: display.evse?.id ?? null,
    },
    contents: [given.message, ...given.messageExtra ?? []].map(readContent),
  };
}

function readContent({ format, language, content }: v21.MessageContentType): DisplayContent {
  return { format, language: language ?? null, content };
}

/** A message as 2.1 tells it. */
export function writeDisplayMessage21(message: DisplayMessage): v21.MessageInfoType {
  const [first, ...others] = message.contents.map(writeContent);
  const messageExtra = others.length === 0 ? undefined : others;
  return { ...common(message), state: message.state ?? undefined, message: first!, messageExtra };
}

/** A message as 2.0.1 tells it: in its first language, and not with the words of 2.1. */
export function writeDisplayMessage201(message: DisplayMessage): v201.MessageInfoType {
  const [first] = message.contents;
  const state = STATES_201.find((one) => one === message.state);
  const format = FORMATS_201.find((one) => one === first?.format) ?? "UTF8";
  return { ...common(message), state, message: { ...writeContent(first!), format } };
}

const STATES_201 = ["Charging", "Faulted", "Idle", "Unavailable"] as const;
const FORMATS_201 = ["ASCII", "HTML", "URI", "UTF8"] as const;

function common({ id, priority, from, to, transactionId, display }: DisplayMessage) {
  return {
    id,
    priority,
    startDateTime: from === null ? undefined : writeTime(from),
    endDateTime: to === null ? undefined : writeTime(to),
    transactionId: transactionId ?? undefined,
    display: display === null ? undefined : {
      name: display.name,
      instance: display.instance ?? undefined,
      evse: display.connectorId === null ? undefined : { id: display.connectorId },
    },
  };
}

function writeContent({ format, language, content }: DisplayContent) {
  return {
    format: format as v21.MessageFormatEnumType,
    language: language ?? undefined,
    content,
  };
}
