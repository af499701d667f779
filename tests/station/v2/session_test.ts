/**
 * Whole stories of a station that speaks 2.x, every frame held against its schema.
 *
 * @module
 */
import assert from "node:assert/strict";
import { type StationHarness, stationHarness } from "../../support/station_harness.ts";
import { VERSIONS } from "./support.ts";

const ANNA = { idToken: "ANNA", type: "ISO14443" };
const CAR = { batteryWh: 100_000, soc: 0.1, maxPower: 11_000, phases: 3 } as const;
const MINUTE_MS = 60_000;

interface Event {
  readonly eventType: string;
  readonly triggerReason: string;
  readonly seqNo: number;
  readonly offline?: boolean;
  readonly idToken?: unknown;
  readonly evse?: unknown;
  readonly meterValue?: unknown;
  readonly transactionInfo: {
    readonly transactionId: string;
    readonly remoteStartId?: number;
    readonly stoppedReason?: string;
  };
}

function events(harness: StationHarness): readonly Event[] {
  return harness.payloads("TransactionEvent") as unknown as readonly Event[];
}

/** `Started Authorized`, … */
function story(harness: StationHarness): readonly string[] {
  return events(harness).map(({ eventType, triggerReason, transactionInfo: { stoppedReason } }) =>
    [eventType, triggerReason, stoppedReason].filter(Boolean).join(" ")
  );
}

/** seqNo without gaps, one transaction, and its place in the first event only (E02). */
function assertWhole(harness: StationHarness): void {
  const all = events(harness);
  assert.deepEqual(all.map(({ seqNo }) => seqNo), Array.from(all.keys()));
  assert.equal(new Set(all.map(({ transactionInfo }) => transactionInfo.transactionId)).size, 1);
  assert.deepEqual(all.map(({ evse }) => evse !== undefined), all.map((_, index) => index === 0));
}

for (const version of VERSIONS) {
  Deno.test(`${version}, B01: a station boots and tells of its connectors, not of itself`, async () => {
    const harness = await stationHarness({ version });
    await harness.open();
    const { reason } = harness.only("BootNotification");
    assert.equal(reason, "PowerUp");
    const { evseId, connectorId, connectorStatus } = harness.only("StatusNotification");
    assert.deepEqual([evseId, connectorId, connectorStatus], [1, 1, "Available"]);
    await harness.over();
  });

  Deno.test(`${version}, E02, E06: a local session from the plug to its end`, async () => {
    const harness = await (await stationHarness({ version })).boot();
    await harness.station.driver.plug(1, CAR);
    const authorized = harness.station.driver.authorize(1, ANNA);
    await harness.clock.settle();
    assert.equal((await authorized).kind, "done");
    await harness.clock.advance(2 * MINUTE_MS + 1);
    const stopped = harness.station.driver.stopTransaction(1, { idToken: ANNA });
    await harness.clock.settle();
    assert.equal((await stopped).kind, "done");
    const told = story(harness);
    assert.equal(told[0], "Started Authorized");
    assert(told.includes("Updated MeterValuePeriodic"), told.join());
    assert.equal(told.at(-1), "Ended StopAuthorized Local");
    assertWhole(harness);
    assert.deepEqual(events(harness)[0]?.idToken, ANNA);
    assert(events(harness)[0]?.meterValue !== undefined, "the meter is told at the start");
    assert.deepEqual(events(harness).at(-1)?.idToken, ANNA);
    await harness.over();
  });

  Deno.test(`${version}, F01, F03: a remote session names its start and its transaction`, async () => {
    const harness = await (await stationHarness({ version })).boot();
    await harness.station.driver.plug(1, CAR);
    const start = { idToken: ANNA, remoteStartId: 9, evseId: 1 };
    assert.equal((await harness.call("RequestStartTransaction", start)).status, "Accepted");
    await harness.clock.settle();
    const [started] = events(harness);
    assert.equal(started?.triggerReason, "RemoteStart");
    assert.equal(started.transactionInfo.remoteStartId, 9);
    const { transactionId } = started.transactionInfo;
    const unlock = { evseId: 1, connectorId: 1 };
    const unlocked = await harness.call("UnlockConnector", unlock);
    assert.equal(unlocked.status, "OngoingAuthorizedTransaction");
    assert.equal(
      (await harness.call("RequestStopTransaction", { transactionId: "x" })).status,
      "Rejected",
    );
    assert.equal(
      (await harness.call("RequestStopTransaction", { transactionId })).status,
      "Accepted",
    );
    await harness.clock.settle();
    assert.equal(story(harness).at(-1), "Ended RemoteStop Remote");
    assertWhole(harness);
    await harness.over();
  });

  Deno.test(`${version}, E04: what happened offline says so, and comes in order`, async () => {
    const harness = await (await stationHarness({ version })).boot();
    await harness.station.driver.plug(1, CAR);
    const authorized = harness.station.driver.authorize(1, ANNA);
    await harness.clock.settle();
    await authorized;
    await harness.lose();
    await harness.clock.advance(MINUTE_MS + 1);
    await harness.station.driver.unplug(1);
    await harness.open();
    await harness.clock.advance(5_000);
    assert.equal(story(harness).at(-1), "Ended EVCommunicationLost EVDisconnected");
    assertWhole(harness);
    const offline = events(harness).map(({ offline }) => offline === true);
    assert.deepEqual(offline.slice(0, 2), [false, false]);
    assert(offline.slice(2).every(Boolean));
    await harness.over();
  });

  Deno.test(`${version}, B12: an immediate reset ends the transaction`, async () => {
    const harness = await (await stationHarness({ version })).boot();
    await harness.station.driver.plug(1, CAR);
    const authorized = harness.station.driver.authorize(1, ANNA);
    await harness.clock.settle();
    await authorized;
    assert.equal((await harness.call("Reset", { type: "Immediate" })).status, "Accepted");
    await harness.clock.settle();
    await harness.lose();
    await harness.open();
    await harness.clock.settle();
    assert.equal(story(harness).at(-1), "Ended ResetCommand ImmediateReset");
    assert.equal(harness.payloads("BootNotification").at(-1)?.reason, "RemoteReset");
    await harness.over();
  });

  Deno.test(`${version}, H01, H03: a reservation is for its token, and ends with its use`, async () => {
    const harness = await (await stationHarness({ version })).boot();
    const expiryDateTime = new Date(harness.clock.now() + 60 * MINUTE_MS).toISOString();
    const reserve = { id: 4, evseId: 1, idToken: ANNA, expiryDateTime };
    assert.equal((await harness.call("ReserveNow", reserve)).status, "Accepted");
    await harness.clock.settle();
    const { connectorStatus } = harness.payloads("StatusNotification").at(-1)!;
    assert.equal(connectorStatus, "Reserved");
    await harness.station.driver.plug(1, CAR);
    const authorized = harness.station.driver.authorize(1, ANNA);
    await harness.clock.settle();
    await authorized;
    const [started] = harness.payloads("TransactionEvent");
    assert.equal(started?.reservationId, 4);
    await harness.over();
  });
}
