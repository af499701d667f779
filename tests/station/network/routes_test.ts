import assert from "node:assert/strict";
import { type NetworkRecord, UNCHANGED } from "../../../src/station/network/network_record.ts";
import type { NetworkProfile } from "../../../src/station/network/profile.ts";
import { routesOf, turnOf } from "../../../src/station/network/routes.ts";

const PROFILE: NetworkProfile = {
  url: "ws://other",
  securityProfile: 1,
  messageTimeoutS: 30,
  interface: "Wired0",
  versions: null,
  password: null,
};
const RECORD: NetworkRecord = { ...UNCHANGED, slots: { 2: PROFILE } };

/** The slots that are tried, in their order. */
function slots(record: NetworkRecord, priority: readonly string[]) {
  return routesOf(record, priority)?.map(({ slot }) => slot) ?? null;
}

Deno.test("a station of which nothing was changed has no routes to keep", () => {
  assert.equal(slots(UNCHANGED, ["1"]), null);
});

Deno.test("routes follow the priority, and what was configured or worked last is the last resort (B10.FR.07)", () => {
  assert.deepEqual(slots(RECORD, ["2", "1"]), [2, 1]);
  assert.deepEqual(slots(RECORD, ["2"]), [2, 1]);
  assert.deepEqual(slots(RECORD, ["1"]), [1]);
  const good = { slot: 2, profile: PROFILE };
  assert.deepEqual(slots({ ...RECORD, good }, ["2"]), [2]);
  const older = { slot: 2, profile: { ...PROFILE, url: "ws://older" } };
  assert.deepEqual(slots({ ...RECORD, good: older }, ["2"]), [2, 2]);
});

Deno.test("a slot that holds nothing is passed over", () => {
  assert.deepEqual(slots(RECORD, ["7", "2"]), [2, 1]);
  assert.deepEqual(slots(UNCHANGED, ["7"]), [1]);
});

Deno.test("each route has its attempts, from wherever the round began", () => {
  const turn = { first: 2, attempts: 3, routes: 3 };
  const dials = Array.from({ length: 10 }, (_, failures) => turnOf({ ...turn, failures }));
  assert.deepEqual(dials, [2, 2, 2, 0, 0, 0, 1, 1, 1, 2]);
});
