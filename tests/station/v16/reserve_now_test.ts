import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import type { v16 } from "../../../src/ocpp/mod.ts";
import type { ConnectorFacts } from "../../../src/station/charger.ts";
import { Settings } from "../../../src/station/settings/settings.ts";
import { Reservations } from "../../../src/station/tokens/reservations.ts";
import { reserveNow } from "../../../src/station/v16/reserve_now.ts";
import { connectorFacts, fakeCharger, NOON } from "./fake_charger.ts";
import { obey, obeyAnything, oddPayloads } from "./support.ts";

const REQUEST = {
  connectorId: 1,
  expiryDate: "2026-01-31T13:00:00Z",
  idTag: "ANNA",
  reservationId: 7,
};

function setUp(given: Partial<ConnectorFacts> = {}, reserveConnectorZeroSupported = true) {
  const clock = new VirtualClock(NOON);
  const reservations = new Reservations({ now: () => clock.now(), reservationEnded() {} }, clock);
  const settings = new Settings(
    { settingChanged() {}, settingRefusal: () => null },
    { reserveConnectorZeroSupported },
  );
  const connectors = [connectorFacts(given)];
  const station = fakeCharger({ reservations, settings, connectors: () => connectors });
  return {
    station,
    reservations,
    reserve: (request: Partial<v16.ReserveNowRequest> = {}) =>
      obey("ReserveNow", reserveNow, station, { ...REQUEST, ...request }),
  };
}

Deno.test("§5.13: a free connector is reserved, and shows it once the answer is out", async () => {
  const { station, reservations, reserve } = setUp();
  const { payload, after } = await reserve({ parentIdTag: "FAMILY" });
  assert.deepEqual(payload, { status: "Accepted" });
  assert.deepEqual(reservations.all, [{
    id: 7,
    connectorId: 1,
    idToken: { idToken: "ANNA", type: "" },
    groupId: { idToken: "FAMILY", type: "" },
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
  Deno.test(`§5.13: a connector that is ${status} is answered ${verdict}`, async () => {
    const { station, reservations, reserve } = setUp({ status });
    const { payload, after } = await reserve();
    assert.deepEqual(payload, { status: verdict });
    after();
    assert.deepEqual(station.deeds, []);
    assert.deepEqual(reservations.all, []);
  });
}

Deno.test("§5.13: connector 0 is Rejected unless ReserveConnectorZeroSupported", async () => {
  assert.equal((await setUp({}, false).reserve({ connectorId: 0 })).payload.status, "Rejected");
  assert.equal((await setUp({}, true).reserve({ connectorId: 0 })).payload.status, "Accepted");
});

Deno.test("§5.13: a reservation that is over already, or for no connector, is Rejected", async () => {
  const { reserve } = setUp();
  const past = { expiryDate: "2026-01-31T11:59:59Z" };
  assert.equal((await reserve(past)).payload.status, "Rejected");
  assert.equal((await reserve({ connectorId: 9 })).payload.status, "Rejected");
});

Deno.test("§5.13: odd requests get a proper answer", async () => {
  for (const odd of oddPayloads({ ...REQUEST, parentIdTag: "P" })) {
    const { station, reservations } = setUp();
    await obeyAnything("ReserveNow", reserveNow, station, odd);
    for (const { id, expiresAt } of reservations.all) {
      assert(Number.isSafeInteger(id) && Number.isFinite(expiresAt));
    }
  }
});
