/**
 * ReserveNow and CancelReservation.
 *
 * @module
 */
import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import type { v21 } from "../../../src/ocpp/mod.ts";
import { Reservations } from "../../../src/station/tokens/reservations.ts";
import { cancelReservation } from "../../../src/station/v2/cancel_reservation.ts";
import { reserveNow } from "../../../src/station/v2/reserve_now.ts";
import { connectorFacts, fakeCharger, NOON } from "../v16/fake_charger.ts";
import { oddPayloads } from "../v16/support.ts";
import { obey, obeyAnything, reasonOf, settings, type Version } from "./support.ts";

const ANNA = { idToken: "ANNA", type: "Central" } as const;
const REQUEST = { id: 7, expiryDateTime: "2026-01-31T13:00:00Z", idToken: ANNA };

/** A Type 2 on EVSE 1, a CCS2 on EVSE 2. */
function setUp(
  connectors = [connectorFacts(), connectorFacts({ id: 2, type: "CCS2" })],
  reserveConnectorZeroSupported = true,
) {
  const clock = new VirtualClock(NOON);
  const reservations = new Reservations({ now: () => clock.now(), reservationEnded() {} }, clock);
  const station = fakeCharger({
    reservations,
    settings: settings({ reserveConnectorZeroSupported }),
    connectors: () => connectors,
  });
  return {
    station,
    reservations,
    reserve: (request: Partial<v21.ReserveNowRequest> = {}, versions?: readonly Version[]) =>
      obey("ReserveNow", reserveNow, station, { ...REQUEST, ...request }, versions),
  };
}

Deno.test("H01: a free EVSE is reserved, and shows it once the answer is out", async () => {
  const { station, reservations, reserve } = setUp();
  const groupIdToken = { idToken: "FAMILY", type: "Central" } as const;
  const { payload, after } = await reserve({ evseId: 1, groupIdToken });
  assert.deepEqual(payload, { status: "Accepted" });
  assert.deepEqual(reservations.all, [{
    id: 7,
    connectorId: 1,
    idToken: ANNA,
    groupId: groupIdToken,
    expiresAt: NOON + 3_600_000,
  }]);
  assert.deepEqual(station.deeds, []);
  after();
  assert.deepEqual(station.deeds, [["showReservation", 1, 7]]);
});

for (
  const [status, verdict] of [
    ["Faulted", "Faulted"],
    ["Unavailable", "Unavailable"],
    ["Charging", "Occupied"],
  ] as const
) {
  Deno.test(`H01: an EVSE that is ${status} is answered ${verdict}`, async () => {
    const { station, reserve } = setUp([connectorFacts({ status })]);
    const { payload, after } = await reserve({ evseId: 1 });
    assert.equal(payload.status, verdict);
    assert.equal(reasonOf(payload), "Unspecified");
    assert.match(payload.statusInfo?.additionalInfo ?? "", new RegExp(status));
    after();
    assert.deepEqual(station.deeds, []);
  });
}

Deno.test("H01: any EVSE is reserved where that is supported", async () => {
  assert.equal((await setUp().reserve()).payload.status, "Accepted");
  const { payload } = await setUp(undefined, false).reserve();
  assert.equal(payload.status, "Rejected");
  assert.equal(reasonOf(payload), "MissingParam");
});

Deno.test("H01: the type of connector that is asked for must be there", async () => {
  const reason = async (request: Partial<v21.ReserveNowRequest>) => {
    const { payload } = await setUp().reserve(request);
    return reasonOf(payload) ?? payload.status;
  };
  assert.equal(await reason({ evseId: 1, connectorType: "cType2" }), "Accepted");
  assert.equal(await reason({ evseId: 1, connectorType: "sType2" }), "Accepted");
  assert.equal(await reason({ evseId: 2, connectorType: "cCCS2" }), "Accepted");
  assert.equal(await reason({ evseId: 2, connectorType: "cType2" }), "UnknownConnectorType");
  assert.equal(await reason({ connectorType: "cG105" }), "UnknownConnectorType");
  const { reservations, reserve } = setUp();
  assert.equal((await reserve({ connectorType: "cCCS2" })).payload.status, "Accepted");
  assert.equal(reservations.all[0]?.connectorType, "CCS2");
  assert.equal((await reserve({ id: 8, connectorType: "cCCS2" })).payload.status, "Occupied");
});

Deno.test("H01.FR.01: where reservations are disabled there are none", async () => {
  const { station, reserve } = setUp();
  station.settings.set("reservationEnabled", false);
  const { payload } = await reserve({ evseId: 1 });
  assert.deepEqual([payload.status, reasonOf(payload)], ["Rejected", "NotEnabled"]);
});

Deno.test("2.1: a connector may be of any type that somebody has a word for", async () => {
  const station = setUp([connectorFacts({ type: "Domestic plug" })]);
  const request = { evseId: 1, connectorType: "Domestic plug" };
  assert.equal((await station.reserve(request, ["2.1"])).payload.status, "Accepted");
});

Deno.test("H01: a reservation that is over already, or of no EVSE there is, is Rejected", async () => {
  const { reserve } = setUp();
  const past = await reserve({ evseId: 1, expiryDateTime: "2026-01-31T11:59:59Z" });
  assert.equal(reasonOf(past.payload), "InvalidValue");
  assert.equal(reasonOf((await reserve({ evseId: 9 })).payload), "UnknownEvse");
});

Deno.test("H01: odd requests get a proper answer", async () => {
  for (const odd of oddPayloads({ ...REQUEST, evseId: 1, groupIdToken: ANNA })) {
    const { station, reservations } = setUp();
    await obeyAnything("ReserveNow", reserveNow, station, odd);
    for (const { id, expiresAt } of reservations.all) {
      assert(Number.isSafeInteger(id) && Number.isFinite(expiresAt));
    }
  }
});

Deno.test("H02: a reservation is cancelled once the answer is out; one that is not there is Rejected", async () => {
  const { station, reservations, reserve } = setUp();
  await reserve({ evseId: 1 });
  const cancel = (reservationId: number) =>
    obey("CancelReservation", cancelReservation, station, { reservationId });
  assert.equal((await cancel(8)).payload.status, "Rejected");
  const { payload, after } = await cancel(7);
  assert.deepEqual(payload, { status: "Accepted" });
  assert.equal(reservations.all.length, 1);
  after();
  assert.deepEqual(reservations.all, []);
  for (const odd of oddPayloads({ reservationId: 7 })) {
    await obeyAnything("CancelReservation", cancelReservation, station, odd);
  }
});
