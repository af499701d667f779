import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import { readUpdate } from "./schedule_update.ts";

type Said = Spoken["pullProfile"];

/** Asks for the limit of a Dynamic profile (2.1 K28). What cannot be followed is no update. */
export const pullDynamicScheduleUpdate = says<
  "2.1",
  "PullDynamicScheduleUpdate",
  Said["event"],
  Said["answer"]
>({
  action: "PullDynamicScheduleUpdate",
  request: ({ profileId }) => ({ chargingProfileId: profileId }),
  answer({ status, scheduleUpdate }) {
    const update = status === "Accepted" ? readUpdate(scheduleUpdate) : null;
    return update === null || "why" in update ? null : update;
  },
});
