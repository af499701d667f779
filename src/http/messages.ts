import { StoreError } from "../store/mod.ts";
import { eventStream } from "./event_stream.ts";
import { exportMessages } from "./export.ts";
import { json } from "./json.ts";
import {
  FILTER_PARAMETERS,
  LIVE_PARAMETERS,
  PAGE_PARAMETERS,
  readFilter,
  readPage,
} from "./message_query.ts";
import { describeMessage, EXPORT_FORMATS, type ExportFormat } from "./message_text.ts";
import type { HttpPorts } from "./ports.ts";
import { Problem } from "./problem.ts";
import { readQuery } from "./query.ts";
import type { Route } from "./route.ts";

/** The log of every frame: looked up newest first, followed live, exported, deleted. */
export function messageRoutes({ clock, messages, shutdown, version }: HttpPorts): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/api/messages",
      async handle(c) {
        const query = readPage(readQuery(c, PAGE_PARAMETERS), clock.now());
        const page = await orUnavailable(() => messages.query(query));
        return json(200, { messages: page.messages.map(describeMessage), next: page.next });
      },
    },
    {
      method: "DELETE",
      path: "/api/messages",
      async handle(c) {
        const filter = readFilter(readQuery(c, FILTER_PARAMETERS), clock.now());
        return json(200, { deleted: await orUnavailable(() => messages.delete(filter)) });
      },
    },
    {
      method: "GET",
      path: "/api/messages/stream",
      handle(c) {
        const filter = readFilter(readQuery(c, LIVE_PARAMETERS), clock.now());
        return eventStream({
          clock,
          shutdown,
          hello: `ocpp-emu ${version}: one event for each frame from now on`,
          subscribe: (emit) =>
            messages.subscribe(filter, (message) => emit("message", describeMessage(message))),
          headOnly: c.req.method === "HEAD",
        });
      },
    },
    {
      method: "GET",
      path: "/api/messages/export",
      handle(c) {
        const { format, ...given } = readQuery(c, [...FILTER_PARAMETERS, "format"]);
        const filter = readFilter(given, clock.now());
        return orUnavailable(() =>
          exportMessages({
            messages: messages.iterate(filter),
            format: readFormat(format),
            shutdown,
            headOnly: c.req.method === "HEAD",
          })
        );
      },
    },
  ];
}

function readFormat(given = "ndjson"): ExportFormat {
  if (Object.hasOwn(EXPORT_FORMATS, given)) return given as ExportFormat;
  throw new Problem(422, `Unknown format "${given}": it must be one of ndjson, csv`);
}

/** A store that cannot do it says why; that is not our failure, and it may be over soon. */
async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof StoreError)) throw thrown;
    throw new Problem(503, thrown.message, { cause: thrown });
  }
}
