import assert from "node:assert/strict";
import { eventually } from "../support/connection_harness.ts";
import { type StationHarness, stationHarness } from "../support/station_harness.ts";
import { serve, TestCa } from "./service/support.ts";
import { charge, HOUR_MS, OTHER, status } from "./sessions.ts";

const TWO = { connectors: [{ id: 1 }, { id: 2 }] };

/** Waits until the station has said something, over a real socket to the file server. */
async function said(harness: StationHarness, what: string): Promise<void> {
  await eventually(what, () => harness.said.includes(what));
  await harness.clock.settle();
}

function firmware({ said }: StationHarness): string[] {
  return said.filter((one) => one.startsWith("FirmwareStatusNotification"))
    .map((one) => one.split(" ")[1]!);
}

async function update(harness: StationHarness, location: string): Promise<void> {
  const retrieveDate = new Date(harness.clock.now()).toISOString();
  assert.deepEqual(
    await harness.call("UpdateFirmware", { location, retrieveDate, retries: 0 }),
    {},
  );
}

Deno.test("an update closes what is free, waits for what runs, installs, reboots (1.6 §5.19, L01.FR.07)", async () => {
  await using server = serve(() => new Response("firmware"));
  const harness = await (await stationHarness({ station: TWO })).boot();
  await charge(harness, 1);
  await update(harness, `${server.url}/fw-2.1.0.bin`);
  await said(harness, "FirmwareStatusNotification Downloaded");
  assert.deepEqual([status(harness, 1), status(harness, 2)], ["Charging", "Unavailable"]);
  assert.equal((await harness.station.driver.authorize(2, OTHER)).kind, "refused");
  await harness.clock.advance(HOUR_MS);
  assert.deepEqual(firmware(harness), ["Downloading", "Downloaded"], "it waits");

  await harness.station.driver.unplug(1);
  await said(harness, "FirmwareStatusNotification Installing");
  assert.equal(status(harness, 1), "Unavailable", "nobody slips in");
  await harness.clock.advance(5_000);
  assert.deepEqual(harness.csms.reconnects, [3_000]);
  await harness.lose();
  await harness.clock.advance(3_000);
  await harness.open();
  await said(harness, "FirmwareStatusNotification Installed");
  assert.deepEqual(firmware(harness), ["Downloading", "Downloaded", "Installing", "Installed"]);
  assert.equal(harness.payloads("BootNotification").at(-1)!.firmwareVersion, "2.1.0");
  assert.deepEqual([status(harness, 1), status(harness, 2)], ["Available", "Available"]);
  await harness.over();
});

for (const [what, status] of [["gone", 404], ["", 200]] as const) {
  Deno.test(`a file that is "${what}" (${status}) is no firmware, and closes nothing (1.6 §7.25)`, async () => {
    await using server = serve(() => new Response(what, { status }));
    const harness = await (await stationHarness()).boot();
    await update(harness, `${server.url}/fw.bin`);
    await said(harness, "FirmwareStatusNotification DownloadFailed");
    assert.deepEqual(firmware(harness), ["Downloading", "DownloadFailed"]);
    assert(!harness.said.includes("StatusNotification Unavailable"));
    await harness.over();
  });
}

Deno.test("an installation that fails opens the connectors again, without a reboot (1.6 §7.25)", async () => {
  await using server = serve(() => new Response("firmware"));
  const harness = await (await stationHarness()).boot();
  await update(harness, `${server.url}/InstallationFailed.bin`);
  await said(harness, "FirmwareStatusNotification Installing");
  assert.equal(status(harness), "Unavailable");
  await harness.clock.advance(5_000);
  await said(harness, "FirmwareStatusNotification InstallationFailed");
  await eventually("the end of the update", () => status(harness) === "Available");
  assert.deepEqual(harness.csms.reconnects, []);
  await harness.over();
});

Deno.test("the diagnostics are the station's own log lines (1.6 §5.9)", async () => {
  await using server = serve(() => new Response(null, { status: 201 }));
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  await harness.call("GetDiagnostics", { location: `${server.url}/logs/` });
  await said(harness, "DiagnosticsStatusNotification Uploaded");
  assert.match(server.requests[0]!.body, /A transaction begins/);
  await harness.over();
});

Deno.test("what the CSMS missed of an update it hears on the next connection", async () => {
  await using server = serve(() => new Response("gone", { status: 404 }));
  const harness = await (await stationHarness()).boot();
  harness.replies.FirmwareStatusNotification = "silence";
  await update(harness, `${server.url}/fw.bin`);
  await harness.lose();
  await eventually(
    "the end of the download",
    () => harness.station.services.firmware.current.status === "DownloadFailed",
  );
  delete harness.replies.FirmwareStatusNotification;
  harness.forget();
  await harness.open();
  assert.deepEqual(firmware(harness), ["DownloadFailed"]);
  await harness.over();
});

Deno.test("a certificate that is not valid yet leaves no timer when the station stops (A02.FR.08)", async () => {
  const harness = await (await stationHarness()).boot();
  harness.station.settings.set("cpoName", "ACME Charging");
  await harness.call("ExtendedTriggerMessage", {
    requestedMessage: "SignChargePointCertificate",
  });
  await eventually("the request", () => harness.payloads("SignCertificate").length === 1);
  await harness.clock.settle();
  const ca = await TestCa.make("CN=Root", DECADES);
  const { csr } = harness.only("SignCertificate");
  const certificateChain = await ca.signRequest(String(csr), {
    subject: "CN=CP1, O=ACME Charging",
    to: DECADES.to,
  });
  const signed = await harness.call("CertificateSigned", { certificateChain });
  assert.deepEqual(signed, { status: "Accepted" });
  assert(harness.lines.some((line) => line.includes("not valid yet")));
  await harness.lose();
  harness.station.stop();
  assert.equal(harness.clock.pending, 0);
  await harness.over();
});

/** Valid on the day of the harness, which is not today. */
const DECADES = { from: -24 * 365 * 20, to: 24 * 365 * 20 };
