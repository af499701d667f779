import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import { cut } from "../traffic/cut.ts";
import { writeTime } from "../time.ts";

type Event = Spoken["streamData"]["event"];

/** What a value has room for. */
const LONGEST_VALUE = 2500;

/** Values of a stream, each with its seconds since the first (2.1 N15). Nobody answers. */
export const notifyPeriodicEventStream = says<"2.1", "NotifyPeriodicEventStream", Event, void>({
  action: "NotifyPeriodicEventStream",
  request({ id, values, pending }) {
    const [first] = values;
    if (first === undefined) return null;
    return {
      id,
      pending,
      basetime: writeTime(first.at),
      data: values.map(({ at, value }) => ({
        t: (at - first.at) / 1000,
        v: cut(value, LONGEST_VALUE),
      })),
    };
  },
  answer() {},
});
