/**
 * What a station of 1.6 and its CSMS say to each other, from beginning to end, against the sequences of
 * the specification. The CSMS is ocpp-rpc's server in strict mode, over real sockets; the time of the
 * program passes faster.
 */
import assert from "node:assert/strict";
import { createSign } from "node:crypto";
import { Sequence } from "../support/sequence.ts";
import { serve, TestCa } from "../station/service/support.ts";

const ALICE = { idToken: "ALICE", type: "" };

/** Full after some minutes. */
const SMALL_CAR = { batteryWh: 3_000, soc: 0.5, maxPower: 11_000, phases: 3 } as const;
/** Not full for hours. */
const LARGE_CAR = { batteryWh: 100_000, soc: 0.1, maxPower: 11_000, phases: 3 } as const;

/** §4.2, §4.9: a station says who it is, and then how it is. */
const BOOT = [
  "station: BootNotification → Accepted",
  "station: StatusNotification 0 Available",
  "station: StatusNotification 1 Available",
];

/** A station that has booted, and of which nothing more is written down. */
async function booted(station?: object): Promise<Sequence> {
  const sequence = await Sequence.start(station);
  await sequence.is(BOOT);
  sequence.forget();
  return sequence;
}

/** Plugged, authorized and charging; nothing of it is written down. */
async function charging(station?: object): Promise<Sequence> {
  const sequence = await booted(station);
  await sequence.driver.startTransaction(1, ALICE);
  await sequence.until("station: StatusNotification 1 Charging");
  return sequence;
}

Deno.test("1.6 §3.4, §4: a local session from the boot to the free connector", async () => {
  await using sequence = await Sequence.start();
  const { driver } = sequence;
  await sequence.until(...BOOT);
  await driver.plug(1, SMALL_CAR);
  await sequence.until("station: StatusNotification 1 Preparing");
  const started = await driver.authorize(1, ALICE);
  assert.equal(started.kind, "done");
  await sequence.until("station: StatusNotification 1 SuspendedEV", "station: MeterValues");
  await sequence.quiet();
  await driver.stopTransaction(1, { idToken: ALICE });
  await sequence.until("station: StatusNotification 1 Finishing");
  await driver.unplug(1);
  await sequence.is([
    ...BOOT,
    "station: StatusNotification 1 Preparing", // §4.9 A2
    "station: Authorize → Accepted", // §4.1
    "station: StartTransaction → Accepted", // §4.8
    "station: StatusNotification 1 Charging", // B3
    "station: MeterValues", // §4.7
    "station: StatusNotification 1 SuspendedEV", // C4
    "station: MeterValues",
    "station: StopTransaction Local → Accepted", // §4.10
    "station: StatusNotification 1 Finishing", // D6
    "station: StatusNotification 1 Available", // F1
  ]);
});

Deno.test("1.6 §5.11, §5.12: a remote session, authorized first as AuthorizeRemoteTxRequests wants it", async () => {
  await using sequence = await booted();
  const { driver } = sequence;
  await sequence.call("ChangeConfiguration", { key: "AuthorizeRemoteTxRequests", value: "true" });
  await sequence.call("RemoteStartTransaction", { idTag: "ALICE", connectorId: 1 });
  await sequence.until("station: StatusNotification 1 Preparing");
  await driver.plug(1, LARGE_CAR);
  await sequence.until("station: StatusNotification 1 Charging", "station: MeterValues");
  await sequence.quiet();
  await sequence.call("RemoteStopTransaction", { transactionId: 1 });
  await sequence.until("station: StatusNotification 1 Finishing");
  await driver.unplug(1);
  await sequence.is([
    "csms: ChangeConfiguration → Accepted",
    "csms: RemoteStartTransaction → Accepted",
    "station: Authorize → Accepted",
    "station: StatusNotification 1 Preparing",
    "station: StartTransaction → Accepted",
    "station: StatusNotification 1 Charging",
    "station: MeterValues",
    "csms: RemoteStopTransaction → Accepted",
    "station: StopTransaction Remote → Accepted",
    "station: StatusNotification 1 Finishing",
    "station: StatusNotification 1 Available",
  ]);
});

function reservation(validMs: number) {
  const expiryDate = new Date(Date.now() + validMs).toISOString();
  return { connectorId: 1, expiryDate, idTag: "ALICE", reservationId: 7 };
}

Deno.test("1.6 §5.13: a reservation that its owner comes for", async () => {
  await using sequence = await booted();
  const { driver } = sequence;
  await sequence.call("ReserveNow", reservation(60_000));
  await sequence.until("station: StatusNotification 1 Reserved");
  await driver.authorize(1, ALICE);
  await driver.plug(1, LARGE_CAR);
  await sequence.until("station: StatusNotification 1 Charging", "station: MeterValues");
  await sequence.quiet();
  await driver.unplug(1);
  await sequence.is([
    "csms: ReserveNow → Accepted",
    "station: StatusNotification 1 Reserved", // §4.9 A7
    "station: Authorize → Accepted",
    "station: StatusNotification 1 Preparing", // G2
    "station: StartTransaction → Accepted",
    "station: StatusNotification 1 Charging",
    "station: MeterValues",
    "station: StopTransaction EVDisconnected → Accepted",
    "station: StatusNotification 1 Finishing",
    "station: StatusNotification 1 Available",
  ]);
});

Deno.test("1.6 §5.13, §5.1: a reservation that expires, and one that is cancelled", async () => {
  await using sequence = await booted();
  await sequence.call("ReserveNow", reservation(1_000));
  await sequence.until("station: StatusNotification 1 Available");
  await sequence.call("ReserveNow", reservation(60_000));
  await sequence.until("station: StatusNotification 1 Reserved");
  await sequence.call("CancelReservation", { reservationId: 7 });
  await sequence.is([
    "csms: ReserveNow → Accepted",
    "station: StatusNotification 1 Reserved",
    "station: StatusNotification 1 Available", // §4.9 G1
    "csms: ReserveNow → Accepted",
    "station: StatusNotification 1 Reserved",
    "csms: CancelReservation → Accepted",
    "station: StatusNotification 1 Available",
  ]);
});

const IMAGE = "the new firmware";

Deno.test("1.6 §3.4, §5.19: a firmware update", async () => {
  await using files = serve(() => new Response(IMAGE));
  await using sequence = await booted();
  const location = `${files.url}/firmware-2.0.0.bin`;
  await sequence.call("UpdateFirmware", { location, retrieveDate: new Date().toISOString() });
  await sequence.is([
    "csms: UpdateFirmware",
    "station: FirmwareStatusNotification Downloading",
    "station: FirmwareStatusNotification Downloaded",
    "station: StatusNotification 1 Unavailable", // nobody begins to charge now
    "station: FirmwareStatusNotification Installing",
    ...BOOT.with(2, "station: StatusNotification 1 Unavailable"),
    "station: SecurityEventNotification FirmwareUpdated", // whitepaper A04
    "station: FirmwareStatusNotification Installed",
    "station: StatusNotification 1 Available",
  ]);
});

Deno.test("whitepaper L01: a signed firmware update", async () => {
  const root = await TestCa.make();
  const signer = await root.makeSigner("ec");
  await using files = serve(() => new Response(IMAGE));
  await using sequence = await booted();
  await sequence.call("InstallCertificate", {
    certificateType: "ManufacturerRootCertificate",
    certificate: root.pem,
  });
  await sequence.call("SignedUpdateFirmware", {
    requestId: 42,
    firmware: {
      location: `${files.url}/firmware-2.0.0.bin`,
      retrieveDateTime: new Date().toISOString(),
      signingCertificate: signer.certificate,
      signature: createSign("SHA256").update(IMAGE).sign(signer.key, "base64"),
    },
  });
  await sequence.is([
    "csms: InstallCertificate → Accepted",
    "csms: SignedUpdateFirmware → Accepted",
    "station: SignedFirmwareStatusNotification Downloading",
    "station: SignedFirmwareStatusNotification Downloaded",
    "station: SignedFirmwareStatusNotification SignatureVerified",
    "station: StatusNotification 1 Unavailable",
    "station: SignedFirmwareStatusNotification Installing",
    "station: SignedFirmwareStatusNotification InstallRebooting",
    ...BOOT.with(2, "station: StatusNotification 1 Unavailable"),
    "station: SecurityEventNotification FirmwareUpdated",
    "station: SignedFirmwareStatusNotification Installed",
    "station: StatusNotification 1 Available",
  ]);
});

Deno.test("1.6 §5.14: a soft reset ends the transaction before the station goes, and boots anew", async () => {
  await using sequence = await charging();
  await sequence.quiet();
  sequence.forget();
  await sequence.call("Reset", { type: "Soft" });
  await sequence.is([
    "csms: Reset Soft → Accepted",
    "station: StopTransaction SoftReset → Accepted",
    "station: StatusNotification 1 Finishing",
    ...BOOT.with(2, "station: StatusNotification 1 Finishing"),
  ]);
});
