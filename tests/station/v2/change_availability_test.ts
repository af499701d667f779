import assert from "node:assert/strict";
import { changeAvailability } from "../../../src/station/v2/change_availability.ts";
import { fakeCharger } from "../v16/fake_charger.ts";
import { oddPayloads } from "../v16/support.ts";
import { obey, obeyAnything, reasonOf } from "./support.ts";

Deno.test("G03, G04: an EVSE, its connector or the station go out of service and back", async () => {
  const places = [[undefined, 0], [{ id: 2 }, 2], [{ id: 2, connectorId: 1 }, 2]] as const;
  for (const [evse, connectorId] of places) {
    for (const operationalStatus of ["Operative", "Inoperative"] as const) {
      const station = fakeCharger();
      const request = { operationalStatus, ...evse === undefined ? {} : { evse } };
      const { payload } = await obey("ChangeAvailability", changeAvailability, station, request);
      assert.deepEqual(payload, { status: "Accepted" });
      const isOperative = operationalStatus === "Operative";
      assert.deepEqual(station.deeds, [["changeAvailability", connectorId, isOperative]]);
    }
  }
});

Deno.test("G03: it is Scheduled when a transaction is in the way", async () => {
  const station = fakeCharger({ changeAvailability: () => "Scheduled" });
  const request = { operationalStatus: "Inoperative" } as const;
  const { payload } = await obey("ChangeAvailability", changeAvailability, station, request);
  assert.deepEqual(payload, { status: "Scheduled" });
});

Deno.test("G03: a place that does not exist is Rejected", async () => {
  for (
    const [evse, code] of [
      [{ id: 3 }, "UnknownEvse"],
      [{ id: 1, connectorId: 2 }, "UnknownConnectorId"],
    ] as const
  ) {
    const station = fakeCharger();
    const request = { operationalStatus: "Inoperative", evse } as const;
    const { payload } = await obey("ChangeAvailability", changeAvailability, station, request);
    assert.equal(payload.status, "Rejected");
    assert.equal(reasonOf(payload), code);
    assert.deepEqual(station.deeds, []);
  }
});

Deno.test("G04: an EVSE that cannot be read is not the whole station", async () => {
  for (const evse of [null, "abc", {}, []]) {
    const station = fakeCharger();
    const odd = { operationalStatus: "Inoperative", evse };
    await obeyAnything("ChangeAvailability", changeAvailability, station, odd);
    assert.deepEqual(station.deeds, []);
  }
  for (const odd of oddPayloads({ operationalStatus: "Operative", evse: { id: 1 } })) {
    await obeyAnything("ChangeAvailability", changeAvailability, fakeCharger(), odd);
  }
});
