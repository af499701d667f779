/**
 * When a transaction begins and ends by TxStartPoint and TxStopPoint, and what is said of it in between.
 *
 * @module
 */
import assert from "node:assert/strict";
import {
  ANNA,
  configure,
  course,
  events,
  MINUTE_MS,
  stationWith,
  type Step,
  walk,
} from "./courses.ts";
import { VERSIONS } from "./support.ts";

/** What each start point says of the three ways to begin, until energy flows. */
const STARTS: readonly (readonly [
  points: string,
  cableFirst: readonly string[],
  idFirst: readonly string[],
  remote: readonly string[],
])[] = [
  ["ParkingBayOccupancy", [
    "0 Started EVDetected Idle",
    "1 Updated CablePluggedIn EVConnected",
    "2 Updated Authorized EVConnected",
    "3 Updated ChargingStateChanged Charging",
  ], [
    "0 Started EVDetected Idle",
    "1 Updated CablePluggedIn EVConnected",
    "2 Updated ChargingStateChanged Charging",
  ], [
    "0 Started EVDetected Idle",
    "1 Updated CablePluggedIn EVConnected",
    "2 Updated RemoteStart EVConnected",
    "3 Updated ChargingStateChanged Charging",
  ]],
  ["EVConnected", [
    "0 Started CablePluggedIn EVConnected",
    "1 Updated Authorized EVConnected",
    "2 Updated ChargingStateChanged Charging",
  ], [
    "0 Started CablePluggedIn EVConnected",
    "1 Updated ChargingStateChanged Charging",
  ], [
    "0 Started CablePluggedIn EVConnected",
    "1 Updated RemoteStart EVConnected",
    "2 Updated ChargingStateChanged Charging",
  ]],
  ["Authorized", [
    "0 Started Authorized EVConnected",
    "1 Updated ChargingStateChanged Charging",
  ], [
    "0 Started Authorized Idle",
    "1 Updated CablePluggedIn EVConnected",
    "2 Updated ChargingStateChanged Charging",
  ], [
    "0 Started RemoteStart EVConnected",
    "1 Updated ChargingStateChanged Charging",
  ]],
  ["DataSigned", [
    "0 Started SignedDataReceived EVConnected",
    "1 Updated ChargingStateChanged Charging",
  ], [
    "0 Started SignedDataReceived EVConnected",
    "1 Updated ChargingStateChanged Charging",
  ], [
    "0 Started SignedDataReceived EVConnected",
    "1 Updated ChargingStateChanged Charging",
  ]],
  ["PowerPathClosed", [
    "0 Started Authorized EVConnected",
    "1 Updated ChargingStateChanged Charging",
  ], [
    "0 Started CablePluggedIn EVConnected",
    "1 Updated ChargingStateChanged Charging",
  ], [
    "0 Started RemoteStart EVConnected",
    "1 Updated ChargingStateChanged Charging",
  ]],
  [
    "EnergyTransfer",
    ["0 Started ChargingStateChanged Charging"],
    ["0 Started ChargingStateChanged Charging"],
    ["0 Started ChargingStateChanged Charging"],
  ],
  ["EVConnected,Authorized", [
    "0 Started CablePluggedIn EVConnected",
    "1 Updated Authorized EVConnected",
    "2 Updated ChargingStateChanged Charging",
  ], [
    "0 Started Authorized Idle",
    "1 Updated CablePluggedIn EVConnected",
    "2 Updated ChargingStateChanged Charging",
  ], [
    "0 Started CablePluggedIn EVConnected",
    "1 Updated RemoteStart EVConnected",
    "2 Updated ChargingStateChanged Charging",
  ]],
];

const BEGINNINGS = [
  ["E02, cable first", ["plug", "authorize"]],
  ["E03, id first", ["authorize", "plug"]],
  ["F01, a remote start after the cable", ["plug", "remote start"]],
] as const;

for (const version of VERSIONS) {
  for (const [txStartPoint, ...expected] of STARTS) {
    for (const [index, [name, steps]] of BEGINNINGS.entries()) {
      Deno.test(`${version}, E01, TxStartPoint ${txStartPoint}, ${name}`, async () => {
        const harness = await stationWith(version, { txStartPoint });
        await walk(harness, steps);
        assert.deepEqual(course(harness), expected[index]);
        const all = events(harness);
        assert.equal(all.filter(({ idToken }) => idToken !== undefined).length, 1, "told once");
        const remoteStartIds = all.flatMap((event) => event.transactionInfo.remoteStartId ?? []);
        assert.deepEqual(remoteStartIds, index === 2 ? [9] : []);
        assert.deepEqual(all.map(({ evse }) => evse !== undefined), all.map((_, at) => at === 0));
        await harness.over();
      });
    }
  }
}

/** What each stop point says of the ways to end, from energy that flows. */
const STOPS:
  readonly (readonly [points: string, steps: readonly Step[], said: readonly string[]])[] = [
    ["PowerPathClosed", ["stop"], ["Ended StopAuthorized EVConnected Local"]],
    ["PowerPathClosed", ["remote stop"], ["Ended RemoteStop EVConnected Remote"]],
    ["PowerPathClosed", ["unplug"], ["Ended EVCommunicationLost Idle EVDisconnected"]],
    ["PowerPathClosed", ["pause the car", "go on"], [
      "Updated ChargingStateChanged SuspendedEV",
      "Updated ChargingStateChanged Charging",
    ]],
    ["Authorized", ["stop"], ["Ended StopAuthorized EVConnected Local"]],
    ["Authorized", ["unplug"], ["Ended EVCommunicationLost Idle EVDisconnected"]],
    ["EVConnected", ["stop", "unplug"], [
      "Updated StopAuthorized EVConnected",
      "Ended EVCommunicationLost Idle Local",
    ]],
    ["EVConnected", ["remote stop", "unplug"], [
      "Updated RemoteStop EVConnected",
      "Ended EVCommunicationLost Idle Remote",
    ]],
    ["EVConnected", ["remote stop", "remote stop"], [
      "Updated RemoteStop EVConnected",
      "Ended RemoteStop EVConnected Remote",
    ]],
    ["EVConnected", ["unplug"], ["Ended EVCommunicationLost Idle EVDisconnected"]],
    ["ParkingBayOccupancy", ["stop", "unplug"], [
      "Updated StopAuthorized EVConnected",
      "Updated EVCommunicationLost Idle",
      "Ended EVDeparted Idle Local",
    ]],
    ["ParkingBayOccupancy", ["unplug"], [
      "Updated EVCommunicationLost Idle",
      "Ended EVDeparted Idle EVDisconnected",
    ]],
    // E15
    ["EnergyTransfer", ["pause the car"], ["Ended ChargingStateChanged SuspendedEV StoppedByEV"]],
    ["EnergyTransfer", ["stop"], ["Ended StopAuthorized EVConnected Local"]],
    ["EnergyTransfer", ["unplug"], ["Ended EVCommunicationLost Idle EVDisconnected"]],
    ["EVConnected,Authorized", ["stop"], ["Ended StopAuthorized EVConnected Local"]],
  ];

for (const version of VERSIONS) {
  for (const [txStopPoint, steps, said] of STOPS) {
    Deno.test(`${version}, E06, TxStopPoint ${txStopPoint}: ${steps.join(", ")}`, async () => {
      const harness = await stationWith(version, { txStopPoint });
      await walk(harness, ["plug", "authorize", ...steps]);
      const expected = ["Started Authorized EVConnected", "Updated ChargingStateChanged Charging"];
      const numbered = [...expected, ...said].map((line, seqNo) => `${seqNo} ${line}`);
      assert.deepEqual(course(harness), numbered);
      await harness.over();
    });
  }

  Deno.test(`${version}, E07: whoever stops is told with it, and not again at the end`, async () => {
    const harness = await stationWith(version, { txStopPoint: "EVConnected" });
    await walk(harness, ["plug", "authorize", "stop", "unplug"]);
    assert.deepEqual(events(harness).map(({ idToken }) => idToken), [
      ANNA,
      undefined,
      ANNA,
      undefined,
    ]);
    await harness.over();
  });

  Deno.test(`${version}, E10: with TxStopPoint Authorized a car may go and come back`, async () => {
    const harness = await stationWith(version, {
      txStopPoint: "Authorized",
      stopTransactionOnEVSideDisconnect: "false",
    });
    await walk(harness, ["plug", "authorize", "unplug", "plug", "stop"]);
    assert.deepEqual(course(harness), [
      "0 Started Authorized EVConnected",
      "1 Updated ChargingStateChanged Charging",
      "2 Updated EVCommunicationLost Idle",
      "3 Updated CablePluggedIn EVConnected",
      "4 Updated ChargingStateChanged Charging",
      "5 Ended StopAuthorized EVConnected Local",
    ]);
    await harness.over();
  });

  Deno.test(`${version}, E06.FR.06: a power path is open without a car, whatever StopTxOnEVSideDisconnect says`, async () => {
    const stopTransactionOnEVSideDisconnect = "false";
    const harness = await stationWith(version, { stopTransactionOnEVSideDisconnect });
    await walk(harness, ["plug", "authorize", "unplug"]);
    assert.equal(course(harness).at(-1), "2 Ended EVCommunicationLost Idle EVDisconnected");
    await harness.over();
  });

  Deno.test(`${version}, E03: a car that does not come in time ends what began with the token`, async () => {
    for (const txStopPoint of ["Authorized", "EVConnected", "PowerPathClosed"]) {
      const harness = await stationWith(version, { txStartPoint: "Authorized", txStopPoint });
      await walk(harness, ["authorize", "wait for the timeout"]);
      assert.deepEqual(course(harness), [
        "0 Started Authorized Idle",
        "1 Ended EVConnectTimeout Idle Timeout",
      ]);
      assert.equal(harness.station.status(1).status, "Available");
      await harness.over();
    }
  });

  Deno.test(`${version}, E03: a token that is presented again before the car comes ends it too`, async () => {
    const harness = await stationWith(version, { txStartPoint: "Authorized" });
    await walk(harness, ["authorize", "stop"]);
    assert.equal(course(harness).at(-1), "1 Ended StopAuthorized Idle Local");
    await harness.over();
  });

  Deno.test(`${version}, E02: a car that comes and goes without a token ends what it began`, async () => {
    for (const txStopPoint of ["Authorized", "EVConnected", "EnergyTransfer"]) {
      const harness = await stationWith(version, { txStartPoint: "EVConnected", txStopPoint });
      await walk(harness, ["plug", "unplug"]);
      assert.deepEqual(course(harness), [
        "0 Started CablePluggedIn EVConnected",
        "1 Ended EVCommunicationLost Idle EVDisconnected",
      ]);
      assert(events(harness).every(({ idToken }) => idToken === undefined));
      await harness.over();
    }
  });

  Deno.test(`${version}, F02: a remote start before the cable is told with what begins then`, async () => {
    const harness = await stationWith(version);
    await walk(harness, ["remote start", "plug"]);
    const [started] = events(harness);
    assert.equal(course(harness)[0], "0 Started CablePluggedIn EVConnected");
    assert.equal(started?.transactionInfo.remoteStartId, 9);
    assert.deepEqual(started.idToken, ANNA);
    await harness.over();
  });

  Deno.test(`${version}, E01: an empty TxStartPoint and TxStopPoint are PowerPathClosed`, async () => {
    const harness = await stationWith(version, { txStartPoint: "", txStopPoint: "" });
    await walk(harness, ["plug", "authorize", "unplug"]);
    assert.deepEqual(course(harness), [
      "0 Started Authorized EVConnected",
      "1 Updated ChargingStateChanged Charging",
      "2 Ended EVCommunicationLost Idle EVDisconnected",
    ]);
    await harness.over();
  });

  Deno.test(`${version}, E01: with EnergyTransfer a car that is full begins nothing`, async () => {
    const harness = await stationWith(version, { txStartPoint: "EnergyTransfer" });
    await walk(harness, ["plug a full car", "authorize", "unplug"]);
    assert.deepEqual(course(harness), []);
    assert.equal(harness.station.status(1).status, "Available");
    await harness.over();
  });

  Deno.test(`${version}, E05: a token that turns out not to be valid ends the use, then the transaction`, async () => {
    const replies = {
      TransactionEvent: ({ idToken }: Record<string, unknown>) =>
        idToken === undefined ? {} : { idTokenInfo: { status: "Blocked" } },
    };
    const points = { txStartPoint: "EVConnected", txStopPoint: "EVConnected" };
    const harness = await stationWith(version, points, { replies });
    await walk(harness, ["plug", "authorize", "unplug"]);
    assert.deepEqual(course(harness), [
      "0 Started CablePluggedIn EVConnected",
      "1 Updated Authorized EVConnected",
      "2 Updated ChargingStateChanged Charging",
      "3 Updated Deauthorized EVConnected",
      "4 Ended EVCommunicationLost Idle DeAuthorized",
    ]);
    await harness.over();
  });

  for (const [most, end] of [["0", 0], ["500", 500]] as const) {
    Deno.test(`${version}, E05: without StopTxOnInvalidId ${most} Wh flow at most (MaxEnergyOnInvalidId)`, async () => {
      const replies = { TransactionEvent: { idTokenInfo: { status: "Invalid" } } };
      const harness = await stationWith(version, {
        stopTransactionOnInvalidId: "false",
        maxEnergyOnInvalidId: most,
      }, { replies });
      await walk(harness, ["plug", "authorize"]);
      await harness.clock.advance(30 * MINUTE_MS);
      const told = course(harness).map((line) => line.slice(2));
      assert.deepEqual(told, [
        "Started Authorized EVConnected",
        "Updated ChargingStateChanged Charging",
        "Updated ChargingStateChanged SuspendedEVSE",
      ]);
      const { importWh } = harness.station.all.get(1)!.meter!;
      assert(importWh >= end && importWh <= end + 40, `${importWh} Wh`);
      await harness.over();
    });
  }

  Deno.test(`${version}, E05: what began offline ends once the CSMS does not accept its token`, async () => {
    const harness = await stationWith(version, { allowOfflineTxForUnknownId: "true" });
    await harness.lose();
    await walk(harness, ["plug", "authorize"]);
    harness.replies.TransactionEvent = ({ idToken }) =>
      idToken === undefined ? {} : { idTokenInfo: { status: "Invalid" } };
    await harness.open();
    await harness.clock.advance(5_000);
    assert.equal(course(harness).at(-1), "2 Ended Deauthorized EVConnected DeAuthorized");
    assert.deepEqual(events(harness).map(({ offline }) => offline), [true, true, undefined]);
    await harness.over();
  });

  Deno.test(`${version}, B01: before the boot is accepted nothing begins, unless TxBeforeAcceptedEnabled`, async () => {
    for (const isEnabled of [false, true]) {
      const pending = { status: "Pending", currentTime: "2026-01-01T00:00:00Z", interval: 60 };
      const { stationHarness } = await import("../../support/station_harness.ts");
      const harness = await stationHarness({
        version,
        station: { meter_values: { interval: "0s" } },
        replies: { BootNotification: pending },
      });
      configure(harness, {
        txStartPoint: "EVConnected",
        txBeforeAcceptedEnabled: String(isEnabled),
        allowOfflineTxForUnknownId: "true",
      });
      await harness.open();
      await walk(harness, ["plug", "authorize"]);
      assert.deepEqual(course(harness), []);
      delete harness.replies.BootNotification;
      await harness.clock.advance(70_000);
      assert.deepEqual(
        course(harness),
        isEnabled
          ? [
            "0 Started CablePluggedIn EVConnected",
            "1 Updated Authorized EVConnected",
            "2 Updated ChargingStateChanged Charging",
          ]
          : [],
      );
      await harness.over();
    }
  });

  Deno.test(`${version}, E02: what began without a token can be somebody's later, and takes no second one`, async () => {
    const points = { txStartPoint: "EVConnected", txStopPoint: "EVConnected" };
    const harness = await stationWith(version, points);
    await walk(harness, ["plug", "authorize"]);
    const other = await harness.station.driver.authorize(1, { idToken: "BEN", type: "ISO14443" });
    assert(other.kind === "refused" && other.reason.startsWith("Another token's"));
    await walk(harness, ["stop"]);
    const again = await harness.station.driver.authorize(1, ANNA);
    assert(again.kind === "refused" && again.reason.includes("ends when the car leaves"));
    await harness.over();
  });

  Deno.test(`${version}, G03: a transaction that waits for its token is in the way of Inoperative`, async () => {
    const harness = await stationWith(version, { txStartPoint: "EVConnected" });
    await walk(harness, ["plug"]);
    const request = { operationalStatus: "Inoperative", evse: { id: 1 } };
    assert.equal((await harness.call("ChangeAvailability", request)).status, "Scheduled");
    await walk(harness, ["unplug"]);
    assert.equal(harness.station.status(1).status, "Unavailable");
    await harness.over();
  });
}

for (const version of VERSIONS) {
  Deno.test(`${version}, F05: a transaction that was stopped, and waits for its car, is not in the way of an unlock`, async () => {
    const harness = await stationWith(version, { txStopPoint: "EVConnected" });
    await walk(harness, ["plug", "authorize"]);
    const place = { evseId: 1, connectorId: 1 };
    const running = await harness.call("UnlockConnector", place);
    assert.equal(running.status, "OngoingAuthorizedTransaction");
    await walk(harness, ["stop"]);
    assert.equal(events(harness).at(-1)?.eventType, "Updated");
    assert.equal((await harness.call("UnlockConnector", place)).status, "Unlocked");
    await harness.clock.settle();
    assert.equal(events(harness).at(-1)?.eventType, "Ended");
    await harness.over();
  });
}
