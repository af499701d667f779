import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import { Reservations } from "../../../src/station/tokens/reservations.ts";
import { cancelReservation } from "../../../src/station/v16/cancel_reservation.ts";
import { connectorFacts, fakeCharger, NOON } from "./fake_charger.ts";
import { obey, obeyAnything, oddPayloads } from "./support.ts";

function setUp() {
  const clock = new VirtualClock(NOON);
  const ended: string[] = [];
  const reservations = new Reservations({
    now: () => clock.now(),
    reservationEnded: ({ id }, why) => ended.push(`${id} ${why}`),
  }, clock);
  const idToken = { idToken: "ANNA", type: "" };
  const expiresAt = NOON + 60_000;
  reservations.reserve({ id: 7, connectorId: 1, idToken, groupId: null, expiresAt }, [
    connectorFacts(),
  ]);
  return { clock, ended, station: fakeCharger({ reservations }) };
}

Deno.test("§5.1: a reservation is cancelled once the answer is out", async () => {
  const { clock, ended, station } = setUp();
  const request = { reservationId: 7 };
  const { payload, after } = await obey("CancelReservation", cancelReservation, station, request);
  assert.deepEqual(payload, { status: "Accepted" });
  assert.deepEqual(ended, []);
  after();
  assert.deepEqual(ended, ["7 cancelled"]);
  assert.equal(clock.pending, 0);
  const again = await obey("CancelReservation", cancelReservation, station, request);
  assert.deepEqual(again.payload, { status: "Rejected" });
});

Deno.test("§5.1: one that is not there is Rejected, odd requests too", async () => {
  for (const odd of [{ reservationId: 8 }, ...oddPayloads({ reservationId: 7 })]) {
    const { station, ended } = setUp();
    const { payload, after } = await obeyAnything(
      "CancelReservation",
      cancelReservation,
      station,
      odd,
    );
    assert.deepEqual(payload, { status: "Rejected" });
    after();
    assert.deepEqual(ended, []);
  }
});
