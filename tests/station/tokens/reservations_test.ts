import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import type { Place, Reservation } from "../../../src/station/tokens/reservation.ts";
import { Reservations } from "../../../src/station/tokens/reservations.ts";
import type { ConnectorStatus, IdToken } from "../../../src/station/words.ts";

function token(idToken: string): IdToken {
  return { idToken, type: "" };
}

const [ANNA, BEN, FAMILY, FIRM] = ["ANNA", "BEN", "FAMILY", "FIRM"].map(token) as [
  IdToken,
  IdToken,
  IdToken,
  IdToken,
];

/** Connectors 1, 2, … with these statuses. */
function places(...statuses: ConnectorStatus[]): Place[] {
  return statuses.map((status, index) => ({
    id: index + 1,
    type: "Type2",
    status,
    plugged: false,
  }));
}

const FREE = places("Available", "Available");

/** A connector of FREE. */
function at(id: number): Place {
  return FREE[id - 1]!;
}

function setUp() {
  const clock = new VirtualClock();
  let offset = 0;
  const ended: string[] = [];
  const reservations = new Reservations({
    now: () => clock.now() + offset,
    reservationEnded: ({ id }, why) => ended.push(`${id} ${why}`),
  }, clock);
  return {
    clock,
    reservations,
    ended,
    /** The CSMS puts the station's clock right. */
    shift: (ms: number) => offset += ms,
    reserve: (given: Partial<Reservation>, at: readonly Place[] = FREE) =>
      reservations.reserve({
        id: 1,
        connectorId: 1,
        idToken: ANNA,
        groupId: null,
        expiresAt: clock.now() + offset + 3_600_000,
        ...given,
      }, at),
  };
}

Deno.test("1.6 §5.13: a connector that is not free is not reserved, and the verdict says why", () => {
  const verdicts = {
    Available: "Accepted",
    Preparing: "Occupied",
    Charging: "Occupied",
    SuspendedEV: "Occupied",
    SuspendedEVSE: "Occupied",
    Finishing: "Occupied",
    Reserved: "Accepted", // by none that we know of
    Unavailable: "Unavailable",
    Faulted: "Faulted",
  } as const satisfies Record<ConnectorStatus, string>;
  for (const [status, verdict] of Object.entries(verdicts)) {
    const { reservations, clock, reserve } = setUp();
    assert.equal(reserve({}, places(status as ConnectorStatus, "Available")), verdict, status);
    assert.equal(reservations.all.length, verdict === "Accepted" ? 1 : 0);
    reservations.stop();
    assert.equal(clock.pending, 0);
  }
});

Deno.test("1.6 §5.13: a connector is reserved once, for whomever", () => {
  const { reservations, reserve } = setUp();
  assert.equal(reserve({ id: 1, idToken: ANNA }), "Accepted");
  for (const idToken of [ANNA, BEN]) assert.equal(reserve({ id: 2, idToken }), "Occupied");
  assert.equal(reserve({ id: 2, connectorId: 2 }), "Accepted");
  reservations.stop();
});

Deno.test("an unknown connector, and a time that has passed or is none, are Rejected", () => {
  const { clock, reserve } = setUp();
  assert.equal(reserve({ connectorId: 3 }), "Rejected");
  assert.equal(reserve({ expiresAt: clock.now() }), "Rejected");
  assert.equal(reserve({ expiresAt: NaN }), "Rejected");
  assert.equal(clock.pending, 0);
});

Deno.test("a connector with a cable in it is Occupied even if it shows Reserved", () => {
  const { reserve } = setUp();
  assert.equal(reserve({}, [{ ...at(1), status: "Reserved", plugged: true }]), "Occupied");
});

Deno.test("1.6 §5.13: the same id replaces a reservation, on its connector or on another", () => {
  const { reservations, ended, reserve } = setUp();
  reserve({ id: 7 });
  assert.equal(reserve({ id: 7, idToken: BEN }, places("Reserved", "Available")), "Accepted");
  assert.deepEqual(ended, [], "the connector goes on showing it");
  assert.equal(reservations.blocks(1, BEN, null, FREE), false);
  assert.equal(reserve({ id: 7, connectorId: 2 }, places("Reserved", "Available")), "Accepted");
  assert.deepEqual(ended, ["7 replaced"]);
  assert.deepEqual(reservations.all.map(({ connectorId }) => connectorId), [2]);
  assert.equal(reserve({ id: 7 }, places("Faulted", "Reserved")), "Faulted");
  assert.equal(reservations.all[0]?.connectorId, 2, "one that cannot be replaced stays");
  reservations.stop();
});

Deno.test("1.6 §5.13: for connector 0 one connector must be left", () => {
  const { reservations, reserve } = setUp();
  assert.equal(reserve({ id: 1, connectorId: 0 }), "Accepted");
  assert.equal(reserve({ id: 2, connectorId: 0 }), "Accepted");
  assert.equal(reserve({ id: 3, connectorId: 0 }), "Occupied");
  assert.equal(reserve({ id: 3, connectorId: 1 }), "Occupied", "it would be one of the two");
  assert.equal(reserve({ id: 2, connectorId: 1 }), "Accepted");
  assert.equal(reserve({ id: 1, connectorId: 2 }, places("Reserved", "Available")), "Accepted");
  reservations.stop();
});

Deno.test("2.x H01: connector 0 of a station without a free connector says what they all are", () => {
  const cases = [
    [["Faulted", "Faulted"], "Faulted"],
    [["Unavailable", "Unavailable"], "Unavailable"],
    [["Faulted", "Unavailable"], "Unavailable"],
    [["Faulted", "Charging"], "Occupied"],
  ] as const;
  for (const [statuses, verdict] of cases) {
    assert.equal(setUp().reserve({ connectorId: 0 }, places(...statuses)), verdict);
  }
});

Deno.test("1.6 §5.13: a reserved connector is kept from all but its token and its group", () => {
  const { reservations, reserve } = setUp();
  reserve({ groupId: FAMILY });
  assert.equal(reservations.blocks(1, token("anna"), null, FREE), false);
  assert.equal(reservations.blocks(1, BEN, token("family"), FREE), false);
  assert.equal(reservations.blocks(1, BEN, FIRM, FREE), true);
  assert.equal(reservations.blocks(1, BEN, null, FREE), true);
  assert.equal(reservations.blocks(1, FAMILY, null, FREE), true, "§3.10: a group is no token");
  assert.equal(reservations.blocks(2, BEN, null, FREE), false);
  reservations.stop();
});

Deno.test("1.6 §5.13: a reservation for connector 0 keeps the last free connector from others", () => {
  const { reservations, reserve } = setUp();
  reserve({ connectorId: 0 });
  assert.equal(reservations.blocks(1, BEN, null, FREE), false, "connector 2 is left");
  const last = places("Preparing", "Charging");
  assert.equal(reservations.blocks(1, BEN, null, last), true);
  assert.equal(reservations.blocks(1, ANNA, null, last), false);
  assert.equal(reservations.blocks(1, BEN, null, places("Available", "Faulted")), true);
  reserve({ id: 2, connectorId: 2, idToken: BEN });
  assert.equal(reservations.blocks(1, FIRM, null, FREE), true, "connector 2 is reserved itself");
  assert.equal(reservations.blocks(2, BEN, null, FREE), false);
  reservations.stop();
});

Deno.test("1.6 §5.13 (1): the token that it is for ends a reservation by using it", () => {
  const { clock, reservations, ended, reserve } = setUp();
  reserve({ id: 1, connectorId: 0, groupId: FAMILY });
  reserve({ id: 2, connectorId: 2 });
  assert.equal(reservations.use(at(1), FIRM, null), null);
  assert.equal(reservations.find(at(2), ANNA, null)?.id, 2, "its own connector's goes first");
  assert.equal(reservations.use(at(2), ANNA, null)?.id, 2);
  assert.equal(reservations.use(at(2), BEN, FAMILY)?.id, 1);
  assert.equal(reservations.use(at(2), ANNA, null), null);
  assert.deepEqual(ended, ["2 used", "1 used"]);
  assert.equal(clock.pending, 0);
});

Deno.test("1.6 §5.13: using another connector does not use up a reservation", () => {
  const { reservations, reserve } = setUp();
  reserve({ connectorId: 1 });
  assert.equal(reservations.use(at(2), ANNA, null), null);
  assert.equal(reservations.all.length, 1);
  reservations.stop();
});

Deno.test("1.6 §5.13 (2): a reservation ends at its time, each at its own", async () => {
  const { clock, reservations, ended, reserve } = setUp();
  reserve({ id: 1, expiresAt: clock.now() + 600_000 });
  reserve({ id: 2, connectorId: 2, expiresAt: clock.now() + 30_000 });
  assert.equal(clock.pending, 1, "one timer for all");
  await clock.advance(29_999);
  assert.deepEqual(ended, []);
  await clock.advance(1);
  assert.deepEqual(ended, ["2 expired"]);
  await clock.advance(569_999);
  assert.deepEqual(ended, ["2 expired"]);
  await clock.advance(1);
  assert.deepEqual(ended, ["2 expired", "1 expired"]);
  assert.equal(reservations.blocks(1, BEN, null, FREE), false);
  assert.equal(clock.pending, 0);
});

Deno.test("a clock that is put right moves the end of a reservation", async () => {
  const { clock, ended, reserve, shift } = setUp();
  reserve({ expiresAt: clock.now() + 3_600_000 });
  shift(3_600_000);
  await clock.advance(60_000);
  assert.deepEqual(ended, ["1 expired"]);
});

Deno.test("1.6 §5.13 (3): connectors out of service lose their reservations", () => {
  const { clock, reservations, ended, reserve } = setUp();
  reserve({ id: 1, connectorId: 1 });
  reserve({ id: 2, connectorId: 0 });
  reservations.remove(2, FREE);
  assert.deepEqual(ended, []);
  reservations.remove(1, FREE);
  assert.deepEqual(ended, ["1 removed"]);
  reserve({ id: 3, connectorId: 2 });
  reservations.remove(0, []);
  assert.deepEqual(ended, ["1 removed", "2 removed", "3 removed"]);
  assert.equal(clock.pending, 0);
});

Deno.test("1.6 §5.1: a reservation is cancelled once", () => {
  const { clock, reservations, ended, reserve } = setUp();
  reserve({ id: 5 });
  assert.equal(reservations.cancel(6), false);
  assert.equal(reservations.cancel(5), true);
  assert.equal(reservations.cancel(5), false);
  assert.deepEqual(ended, ["5 cancelled"]);
  assert.equal(clock.pending, 0);
});

Deno.test("a station that stops leaves no timer, and finds what ran out when it starts", async () => {
  const { clock, reservations, ended, reserve } = setUp();
  reserve({ expiresAt: clock.now() + 1000 });
  reservations.stop();
  assert.equal(clock.pending, 0);
  await clock.advance(5000);
  assert.deepEqual(ended, []);
  reservations.start();
  await clock.advance(0);
  assert.deepEqual(ended, ["1 expired"]);
  reservations.start();
  assert.equal(clock.pending, 0);
});

Deno.test("2.x H01.FR.17: an open reservation ends when no connector in service is left for it", () => {
  const { clock, reservations, ended, reserve } = setUp();
  reserve({ id: 1, connectorId: 0 });
  reserve({ id: 2, connectorId: 0 });
  reservations.remove(1, places("Faulted", "Charging"));
  assert.deepEqual(ended, ["2 removed"], "the last one; one that is in use will be free again");
  reservations.remove(2, places("Faulted", "Unavailable"));
  assert.deepEqual(ended, ["2 removed", "1 removed"]);
  assert.equal(clock.pending, 0);
});

/** A Type 2 and two CCS2. */
const MIXED: readonly Place[] = ["Type2", "CCS2", "CCS2"].map((type, index) => ({
  id: index + 1,
  type,
  status: "Available",
  plugged: false,
}));

Deno.test("2.x H01: a reservation for a type of connector needs one of its type to itself", () => {
  const { reservations, reserve } = setUp();
  const type = (connectorType: string) => ({ connectorId: 0, connectorType });
  assert.equal(reserve({ id: 1, ...type("Type2") }, MIXED), "Accepted");
  assert.equal(reserve({ id: 2, ...type("Type2") }, MIXED), "Occupied");
  assert.equal(reserve({ id: 2, connectorId: 1 }, MIXED), "Occupied", "the other needs it");
  assert.equal(reserve({ id: 2, ...type("CCS2") }, MIXED), "Accepted");
  assert.equal(reserve({ id: 3, connectorId: 0 }, MIXED), "Accepted", "there are three");
  assert.equal(reserve({ id: 4, connectorId: 0 }, MIXED), "Occupied");
  assert.equal(reserve({ id: 5, ...type("CHAdeMO") }, MIXED), "Rejected");
  assert.equal(reservations.use(MIXED[1]!, ANNA, null)?.id, 2);
  assert.equal(reservations.use(MIXED[1]!, ANNA, null)?.id, 3, "any connector will do for it");
  assert.equal(reservations.use(MIXED[1]!, ANNA, null), null, "it wants a Type 2");
  reservations.stop();
});

Deno.test("2.x H01, H03: strangers may use what a reservation for a type leaves", () => {
  const { reservations, reserve } = setUp();
  reserve({ connectorId: 0, connectorType: "CCS2" }, MIXED);
  assert.equal(reservations.blocks(1, BEN, null, MIXED), false);
  assert.equal(reservations.blocks(2, BEN, null, MIXED), false);
  const used = MIXED.map((place) =>
    place.id === 2 ? { ...place, status: "Charging" } as const : place
  );
  assert.equal(reservations.blocks(3, BEN, null, used), true);
  assert.equal(reservations.blocks(3, ANNA, null, used), false);
  assert.equal(reservations.blocks(1, BEN, null, used), false);
  reservations.stop();
});

Deno.test("2.x H01.FR.20: the connectors that cannot be spared are held for those that want it shown", () => {
  const { reservations, reserve } = setUp();
  reserve({ id: 8, connectorId: 0, isShown: true });
  assert.equal(reservations.holder(at(1), FREE), null, "there are two");
  const one = places("Available", "Charging");
  assert.equal(reservations.holder(one[0]!, one)?.id, 8);
  reserve({ id: 8, connectorId: 0 });
  assert.equal(reservations.holder(one[0]!, one), null, "1.6 shows nothing");
  reservations.stop();
});
