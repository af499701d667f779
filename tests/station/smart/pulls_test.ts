import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import type { ProfileUpdate } from "../../../src/station/smart/dynamic.ts";
import type { InstalledProfile } from "../../../src/station/smart/profile.ts";
import { Pulls } from "../../../src/station/smart/pulls.ts";
import { on, profile } from "./builders.ts";

function setUp() {
  const clock = new VirtualClock();
  const state = { installed: [] as readonly InstalledProfile[], limit: 5000 as number | null };
  const pulled: number[] = [];
  const updates: [number, ProfileUpdate][] = [];
  const pulls = new Pulls({
    profiles: () => state.installed,
    pull: (id) => {
      pulled.push(id);
      return Promise.resolve(state.limit === null ? null : { limit: state.limit });
    },
    update: (id, update) => updates.push([id, update]),
  }, clock);
  function dynamic(id: number, pullEveryS: number): InstalledProfile {
    return on(1, profile([[0, 9000]], { id, kind: "Dynamic", pullEveryS }));
  }
  return { clock, state, pulled, updates, pulls, dynamic };
}

Deno.test("K28: the limit of a Dynamic profile is fetched at its interval", async () => {
  const { clock, state, pulled, updates, pulls, dynamic } = setUp();
  state.installed = [dynamic(1, 30), on(1, profile([[0, 1]], { id: 2 }))];
  pulls.look();
  await clock.advance(30_000);
  pulls.look();
  await clock.advance(30_000);
  assert.deepEqual(pulled, [1, 1]);
  assert.deepEqual(updates, [[1, { limit: 5000 }], [1, { limit: 5000 }]]);
  state.limit = null;
  await clock.advance(30_000);
  assert.deepEqual([pulled.length, updates.length], [3, 2], "nothing is new");
  pulls.stop();
  assert.equal(clock.pending, 0);
});

Deno.test("K28: a profile that is gone, or has another interval, is not fetched as before", async () => {
  const { clock, state, pulled, pulls, dynamic } = setUp();
  state.installed = [dynamic(1, 30), dynamic(2, 30)];
  pulls.look();
  state.installed = [dynamic(2, 50)];
  pulls.look();
  await clock.advance(100_000);
  assert.deepEqual(pulled, [2, 2]);
  state.installed = [];
  pulls.look();
  assert.equal(clock.pending, 0);
});
