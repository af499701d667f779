import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import { Memories } from "../../../src/station/memory/memories.ts";
import { FakeStore } from "../../support/fake_store.ts";
import { Profiles } from "../../../src/station/smart/profiles.ts";
import type { ChargingProfile } from "../../../src/station/smart/profile.ts";
import type { TransactionFacts } from "../../../src/station/spoken.ts";
import { HOUR, LIMITS, MONDAY, profile, type Steps, transaction } from "./builders.ts";

const ONE: Steps = [[0, 5000]];

function facts(running: TransactionFacts | null = null, at = MONDAY) {
  return { at, limits: LIMITS, transaction: running };
}

function install(
  profiles: Profiles,
  connectorId: number,
  rest: Partial<ChargingProfile>,
  running: TransactionFacts | null = null,
): string | null {
  return profiles.install(connectorId, profile(ONE, rest), facts(running));
}

function ids(profiles: Profiles, connectorId?: number): number[] {
  return profiles.list(MONDAY, connectorId).map(({ profile }) => profile.id);
}

Deno.test("1.6 §3.13.1: a limit of the station goes on connector 0 only", () => {
  const profiles = new Profiles();
  const purpose = "ChargingStationMaxProfile";
  assert.equal(
    install(profiles, 1, { purpose }),
    "Cannot install charging profile 1 on connector 1: " +
      "it limits the whole station, which is connector 0",
  );
  assert.equal(install(profiles, 0, { purpose }), null);
  assert.deepEqual(ids(profiles), [1]);
});

Deno.test("1.6 §5.16: a TxProfile needs a running transaction, and if it names one, that one", () => {
  const profiles = new Profiles();
  const purpose = "TxProfile";
  const running = transaction(1);
  assert.match(install(profiles, 0, { purpose }) ?? "", /connector 0 has none/);
  assert.match(install(profiles, 1, { purpose }) ?? "", /none is running there/);
  assert.match(
    install(profiles, 1, { purpose, transactionId: 7 }, running) ?? "",
    /is for transaction "7", but "101" is running there/,
  );
  const unnamed = { ...running, csmsId: null };
  assert.match(
    install(profiles, 1, { purpose, transactionId: 101 }, unnamed) ?? "",
    /is for transaction "101", but "tx-1" is running there/,
  );
  assert.deepEqual(ids(profiles), []);
  for (const transactionId of [null, 101, "tx-1"]) {
    assert.equal(install(profiles, 1, { purpose, transactionId }, running), null);
  }
});

Deno.test("1.6 §3.13.2: the same purpose and stack level on the same connector replaces", () => {
  const profiles = new Profiles();
  install(profiles, 1, { id: 1 });
  install(profiles, 1, { id: 2 });
  assert.deepEqual(ids(profiles), [2]);
  install(profiles, 1, { id: 3, stackLevel: 1 });
  install(profiles, 2, { id: 4 });
  install(profiles, 0, { id: 5 });
  assert.deepEqual(ids(profiles), [2, 3, 4, 5]);
});

Deno.test("1.6 §5.16.3, 2.x K01.FR.05: the same id replaces, wherever it is", () => {
  const profiles = new Profiles();
  install(profiles, 1, { id: 1 });
  install(profiles, 2, { id: 1, stackLevel: 3 });
  assert.deepEqual(ids(profiles, 1), []);
  assert.deepEqual(ids(profiles, 2), [1]);
});

Deno.test("2.x K01.FR.05: the id of an external constraint is taken", () => {
  const profiles = new Profiles();
  install(profiles, 1, { id: 1, purpose: "ChargingStationExternalConstraints" });
  assert.match(install(profiles, 1, { id: 1 }) ?? "", /it has the id of an external constraint/);
});

Deno.test("1.6 §9.4.5: no more than MaxChargingProfilesInstalled, but one may replace another", () => {
  const profiles = new Profiles();
  const limits = { ...LIMITS, maxInstalled: 2 };
  const put = (id: number) =>
    profiles.install(1, profile(ONE, { id, stackLevel: id }), { ...facts(), limits });
  assert.deepEqual([put(1), put(2), put(2)], [null, null, null]);
  assert.match(put(3) ?? "", /it is one more than the 2 that the station takes/);
  assert.deepEqual(ids(profiles), [1, 2]);
});

Deno.test("a profile that is refused leaves those that it would have replaced", () => {
  const profiles = new Profiles();
  install(profiles, 1, { id: 1 });
  assert.notEqual(profiles.install(1, profile([[5, 1]]), facts()), null);
  assert.deepEqual(ids(profiles), [1]);
});

Deno.test("1.6 §5.5, §6.13: an id clears that profile alone, whatever else is said", () => {
  const profiles = new Profiles();
  install(profiles, 1, { id: 1 });
  install(profiles, 1, { id: 2, stackLevel: 1 });
  assert.equal(profiles.clear({ id: 2, stackLevel: 0 }, MONDAY), 1);
  assert.deepEqual(ids(profiles), [1]);
  assert.equal(profiles.clear({ id: 2 }, MONDAY), 0);
});

Deno.test("1.6 §5.5, §6.13: connector, purpose and stack level narrow what is cleared", () => {
  const profiles = new Profiles();
  const fill = () => {
    install(profiles, 0, { id: 1, purpose: "ChargingStationMaxProfile" });
    install(profiles, 0, { id: 2 });
    install(profiles, 1, { id: 3 });
    install(profiles, 1, { id: 4, stackLevel: 1 });
  };
  const after = (...[criteria]: [Parameters<Profiles["clear"]>[0]]) => {
    fill();
    profiles.clear(criteria, MONDAY);
    return ids(profiles).sort();
  };
  assert.deepEqual(after({ connectorId: 0 }), [3, 4]);
  assert.deepEqual(after({ connectorId: 1, stackLevel: 1 }), [1, 2, 3]);
  assert.deepEqual(after({ purpose: "TxDefaultProfile" }), [1]);
  assert.deepEqual(after({ stackLevel: 0, purpose: "TxDefaultProfile" }), [1, 4]);
  assert.deepEqual(after({ connectorId: 7 }), [1, 2, 3, 4]);
  assert.deepEqual(after({}), []);
});

Deno.test("2.x K10.FR.06: external constraints stay until their purpose is named", () => {
  const profiles = new Profiles();
  const purpose = "ChargingStationExternalConstraints";
  install(profiles, 0, { id: 1, purpose });
  assert.equal(profiles.clear({}, MONDAY) + profiles.clear({ id: 1 }, MONDAY), 0);
  assert.equal(profiles.clear({ purpose }, MONDAY), 1);
});

Deno.test("1.6 §3.13.1: the end of a transaction takes its profiles along, and no others", () => {
  const profiles = new Profiles();
  for (const on of [1, 2]) {
    install(profiles, on, { id: on, purpose: "TxProfile" }, transaction(on));
    install(profiles, on, { id: 10 + on });
  }
  profiles.transactionEnded(1);
  assert.deepEqual(ids(profiles), [11, 2, 12]);
});

Deno.test("what is no longer valid is dropped, makes room, and cannot be cleared", () => {
  const profiles = new Profiles();
  const limits = { ...LIMITS, maxInstalled: 1 };
  install(profiles, 1, { id: 1, validTo: MONDAY + HOUR });
  const later = { ...facts(null, MONDAY + HOUR), limits };
  assert.notEqual(profiles.install(2, profile(ONE, { id: 2 }), { ...later, at: MONDAY }), null);
  assert.equal(profiles.clear({ id: 1 }, MONDAY + HOUR), 0);
  assert.equal(profiles.install(2, profile(ONE, { id: 2 }), later), null);
  assert.deepEqual(ids(profiles), [2]);
});

Deno.test("what is installed survives a restart", async () => {
  const memory = new Memories(new FakeStore(), new VirtualClock()).of("CP1");
  const profiles = new Profiles(memory);
  install(profiles, 1, { id: 1, validTo: MONDAY + HOUR });
  await memory.saved();
  const again = new Profiles(memory);
  assert.deepEqual(again.installed, profiles.installed);
});

Deno.test("a station without profiles shares one empty list with all others", () => {
  const profiles = new Profiles();
  install(profiles, 1, {});
  profiles.clear({}, MONDAY);
  assert.equal(profiles.installed, new Profiles().installed);
});
