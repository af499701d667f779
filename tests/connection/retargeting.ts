/**
 * Stations whose target changes, for the tests of that.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Cause, DialFailure, TargetChange } from "../../src/connection/mod.ts";
import { Secret } from "../../src/log/mod.ts";
import { fakeHarness } from "../support/connection_harness.ts";

export const UNAUTHORIZED: DialFailure = { kind: "http", status: 401, message: "HTTP 401" };
export const OLD = { credentials: { type: "bearer", token: new Secret("old-secret") } } as const;
export const NEW = { credentials: { type: "bearer", token: new Secret("new-secret") } } as const;

/** A station whose old target has carried a good connection, which stands unless it is ended. */
export async function proven() {
  const fake = fakeHarness();
  const { connection, diary } = fake.add(OLD);
  fake.manager.connect("CP1");
  await fake.clock.settle();
  const transport = fake.network.last.accept();
  await fake.clock.advance(5_000);
  return { ...fake, connection, diary, transport };
}

export type Station = Awaited<ReturnType<typeof proven>>;

/** A change under way, and what it came to, once it has. */
export function retarget({ connection }: Pick<Station, "connection">, change: TargetChange = NEW) {
  const under: { outcome: Cause | null | "undecided" } = { outcome: "undecided" };
  connection.retarget(change).then((outcome) => under.outcome = outcome);
  return under;
}

/** The bearer tokens of all dials so far. */
export function tokens({ network }: Pick<Station, "network">): (string | undefined)[] {
  return network.attempts.map(({ target }) => target.authorization?.reveal().split(" ")[1]);
}

export function state({ manager }: Pick<Station, "manager">): string | undefined {
  return manager.statistics("CP1")?.state;
}

export async function over(station: Station): Promise<void> {
  await station.manager.shutdown();
  assert.equal(station.clock.pending, 0);
  for (const most of station.network.mostOpen.values()) assert.equal(most, 1);
}
