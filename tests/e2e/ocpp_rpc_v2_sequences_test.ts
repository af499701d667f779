/**
 * What a station of 2.0.1 and of 2.1 and its CSMS say to each other, from beginning to end, against the
 * sequences of part 2. The CSMS is ocpp-rpc's server in strict mode, over real sockets; the time of the
 * program passes faster.
 */
import assert from "node:assert/strict";
import { eventually } from "../support/connection_harness.ts";
import { Sequence } from "../support/sequence.ts";

const ALICE = { idToken: "ALICE", type: "ISO14443" };

/** Full after some minutes. */
const SMALL_CAR = { batteryWh: 3_000, soc: 0.5, maxPower: 11_000, phases: 3 } as const;
/** Not full for hours. */
const LARGE_CAR = { batteryWh: 100_000, soc: 0.1, maxPower: 11_000, phases: 3 } as const;

/** B01: a station says who it is, and then how its connectors are. */
const BOOT = [
  "station: BootNotification PowerUp → Accepted",
  "station: StatusNotification 1 Available",
];

for (const version of ["2.0.1", "2.1"]) {
  /** A station that has booted, and of which nothing more is written down. */
  const booted = async (): Promise<Sequence> => {
    const sequence = await Sequence.start({ protocol_version: version });
    await sequence.is(BOOT);
    sequence.forget();
    return sequence;
  };

  /** Plugged, authorized and charging; nothing of it is written down. */
  const charging = async (): Promise<Sequence> => {
    const sequence = await booted();
    await sequence.driver.plug(1, LARGE_CAR);
    await sequence.driver.authorize(1, ALICE);
    await sequence.until("station: TransactionEvent Updated MeterValuePeriodic");
    await sequence.quiet();
    sequence.forget();
    return sequence;
  };

  Deno.test(`${version}: B01, C01, E02, E06: a local session from the boot to the free connector`, async () => {
    await using sequence = await Sequence.start({ protocol_version: version });
    const { driver } = sequence;
    await sequence.until(...BOOT);
    await driver.plug(1, SMALL_CAR);
    await sequence.until("station: StatusNotification 1 Occupied");
    assert.equal((await driver.authorize(1, ALICE)).kind, "done");
    await sequence.until(
      "station: TransactionEvent Updated ChargingStateChanged SuspendedEV",
      "station: TransactionEvent Updated MeterValuePeriodic",
    );
    await sequence.quiet();
    await driver.stopTransaction(1, { idToken: ALICE });
    await sequence.until("station: TransactionEvent Ended StopAuthorized Local → Accepted");
    await driver.unplug(1);
    await sequence.is([
      ...BOOT,
      "station: StatusNotification 1 Occupied",
      "station: Authorize → Accepted",
      "station: TransactionEvent Started Authorized → Accepted",
      "station: TransactionEvent Updated ChargingStateChanged Charging",
      "station: TransactionEvent Updated MeterValuePeriodic",
      "station: TransactionEvent Updated ChargingStateChanged SuspendedEV",
      "station: TransactionEvent Updated MeterValuePeriodic",
      "station: TransactionEvent Ended StopAuthorized Local → Accepted",
      "station: StatusNotification 1 Available",
    ]);
  });

  Deno.test(`${version}: F02, F03: a remote session before the cable`, async () => {
    await using sequence = await booted();
    await sequence.call("RequestStartTransaction", {
      idToken: ALICE,
      remoteStartId: 7,
      evseId: 1,
    });
    await sequence.driver.plug(1, LARGE_CAR);
    await sequence.until("station: TransactionEvent Updated MeterValuePeriodic");
    await sequence.quiet();
    const { transactionId } = sequence.last("TransactionEvent").transactionInfo as {
      transactionId: string;
    };
    await sequence.call("RequestStopTransaction", { transactionId });
    await sequence.until("station: TransactionEvent Ended RemoteStop Remote");
    await sequence.driver.unplug(1);
    await sequence.is([
      "csms: RequestStartTransaction → Accepted",
      "station: StatusNotification 1 Occupied",
      "station: TransactionEvent Started CablePluggedIn → Accepted",
      "station: TransactionEvent Updated ChargingStateChanged Charging",
      "station: TransactionEvent Updated MeterValuePeriodic",
      "csms: RequestStopTransaction → Accepted",
      "station: TransactionEvent Ended RemoteStop Remote",
      "station: StatusNotification 1 Available",
    ]);
  });

  Deno.test(`${version}: B12: an immediate reset ends the transaction before the station goes, and boots anew`, async () => {
    await using sequence = await charging();
    await sequence.call("Reset", { type: "Immediate" });
    await sequence.is([
      "csms: Reset Immediate → Accepted",
      "station: TransactionEvent Ended ResetCommand ImmediateReset",
      "station: BootNotification RemoteReset → Accepted",
      "station: StatusNotification 1 Occupied",
    ]);
  });

  Deno.test(`${version}: B11: a reset without a transaction`, async () => {
    await using sequence = await booted();
    await sequence.call("Reset", { type: "OnIdle" });
    await sequence.is([
      "csms: Reset OnIdle → Accepted",
      "station: BootNotification RemoteReset → Accepted",
      "station: StatusNotification 1 Available",
    ]);
  });

  const reservation = (validMs: number) => {
    const expiryDateTime = new Date(Date.now() + validMs).toISOString();
    return { id: 7, evseId: 1, expiryDateTime, idToken: ALICE };
  };

  Deno.test(`${version}: H01, H03: a reservation that its owner comes for`, async () => {
    await using sequence = await booted();
    const { driver } = sequence;
    await sequence.call("ReserveNow", reservation(60_000));
    await sequence.until("station: StatusNotification 1 Reserved");
    await driver.authorize(1, ALICE);
    await driver.plug(1, LARGE_CAR);
    await sequence.until("station: TransactionEvent Updated MeterValuePeriodic");
    await sequence.quiet();
    await driver.unplug(1);
    await sequence.is([
      "csms: ReserveNow → Accepted",
      "station: StatusNotification 1 Reserved",
      "station: Authorize → Accepted",
      "station: StatusNotification 1 Occupied",
      "station: TransactionEvent Started CablePluggedIn → Accepted",
      "station: TransactionEvent Updated ChargingStateChanged Charging",
      "station: TransactionEvent Updated MeterValuePeriodic",
      "station: TransactionEvent Ended EVCommunicationLost EVDisconnected",
      "station: StatusNotification 1 Available",
    ]);
  });

  Deno.test(`${version}: H04, H02: a reservation that expires, and one that is cancelled`, async () => {
    await using sequence = await booted();
    await sequence.call("ReserveNow", reservation(1_000));
    await sequence.until(
      "station: ReservationStatusUpdate Expired",
      "station: StatusNotification 1 Available",
    );
    await sequence.call("ReserveNow", reservation(60_000));
    await sequence.until("station: StatusNotification 1 Reserved");
    await sequence.call("CancelReservation", { reservationId: 7 });
    await sequence.is([
      "csms: ReserveNow → Accepted",
      "station: StatusNotification 1 Reserved",
      "station: ReservationStatusUpdate Expired",
      "station: StatusNotification 1 Available",
      "csms: ReserveNow → Accepted",
      "station: StatusNotification 1 Reserved",
      "csms: CancelReservation → Accepted",
      "station: StatusNotification 1 Available",
    ]);
  });

  Deno.test(`${version}: N04, N07: a monitor that is set fires, and is over with its cause`, async () => {
    await using sequence = await booted();
    const evse = { id: 1 };
    await sequence.call("SetVariableMonitoring", {
      setMonitoringData: [{
        component: { name: "EVSE", evse },
        variable: { name: "Power" },
        type: "UpperThreshold",
        value: 5_000,
        severity: 4,
      }],
    });
    await sequence.driver.plug(1, LARGE_CAR);
    await sequence.driver.authorize(1, ALICE);
    await sequence.until("station: TransactionEvent Updated MeterValuePeriodic");
    await sequence.quiet();
    const [event] = sequence.last("NotifyEvent").eventData as { actualValue: string }[];
    assert(Number(event?.actualValue) > 5_000);
    await sequence.driver.unplug(1);
    const isOver = () => sequence.lines.at(-1)?.endsWith("cleared") === true;
    await eventually("the end of the alarm", isOver);
    // What a monitor finds does not wait for the events of transactions, nor they for it.
    const findings = sequence.lines.filter((line) => line.includes("NotifyEvent"));
    assert.deepEqual(findings, [
      "station: NotifyEvent EVSE.Power Alerting",
      "station: NotifyEvent EVSE.Power Alerting cleared",
    ]);
    await sequence.is(sequence.lines);
  });
}
