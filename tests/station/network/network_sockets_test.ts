/**
 * A whole program and real sockets: a station that moves to another CSMS and back, changes its password,
 * and speaks what its CSMS chooses.
 */
import assert from "node:assert/strict";
import { SystemClock, systemRandom } from "../../../src/clock/mod.ts";
import { type Csms, startCsms } from "../../../src/csms/mod.ts";
import { silentLog } from "../../../src/log/mod.ts";
import { eventually, within } from "../../support/connection_harness.ts";
import { type RealApp, startApp } from "../../support/real_app.ts";
import { PickyCsms } from "./picky_csms.ts";

const PASSWORD = "correct horse battery";
const NEW_PASSWORD = "another good password";
const QUICK = { reconnect_backoff: "100ms", reconnect_jitter: 0, max_reconnect_attempts: 0 };

/** A CSMS that lets station CP1 in by the password of the moment. */
async function csmsFor(users?: Map<string, string>): Promise<Csms> {
  return await startCsms({ clock: new SystemClock(), random: systemRandom, log: silentLog, users });
}

async function start(csms: Csms, station: object): Promise<RealApp> {
  const app = await startApp({
    csms: { default_url: csms.url, ...QUICK },
    stations: [{ id: "CP1", protocol_version: "2.0.1", ...station }],
  });
  await within("the first boot", csms.until(({ stations }) => stations.get("CP1")?.boots === 1));
  return app;
}

async function call(csms: Csms, action: string, payload: Record<string, unknown>) {
  const outcome = await csms.call("CP1", action, payload);
  assert(outcome.kind === "result", `${action}: ${JSON.stringify(outcome)}`);
  return outcome.payload;
}

async function write(csms: Csms, component: string, variable: string, attributeValue: string) {
  const { setVariableResult } = await call(csms, "SetVariables", {
    setVariableData: [{
      component: { name: component },
      variable: { name: variable },
      attributeValue,
    }],
  }) as { setVariableResult: { attributeStatus: string }[] };
  return setVariableResult[0]?.attributeStatus;
}

Deno.test("B10: a station moves to another CSMS after a reboot, and comes back when that one is gone", async () => {
  await using old = await csmsFor();
  await using other = await csmsFor();
  await using _ = await start(old, {});
  const connectionData = {
    ocppVersion: "OCPP20",
    ocppTransport: "JSON",
    ocppInterface: "Wired0",
    ocppCsmsUrl: other.url,
    messageTimeout: 20,
    securityProfile: 0,
  };
  const set = await call(old, "SetNetworkProfile", { configurationSlot: 2, connectionData });
  assert.equal(set.status, "Accepted");
  assert.equal(
    await write(old, "OCPPCommCtrlr", "NetworkConfigurationPriority", "2"),
    "RebootRequired",
  );
  await write(old, "OCPPCommCtrlr", "NetworkProfileConnectionAttempts", "1");
  await call(old, "Reset", { type: "Immediate" });
  await within("the boot there", other.until(({ stations }) => stations.get("CP1")?.boots === 1));
  assert.equal(old.stations.has("CP1"), false);
  await other.drop();
  await within("the way back", old.until(({ stations }) => stations.get("CP1")?.boots === 1));
  assert.deepEqual([...old.violations, ...other.violations], []);
});

Deno.test("A01: a new password reconnects with it and boots nothing again", async () => {
  const users = new Map([["CP1", PASSWORD]]);
  await using csms = await csmsFor(users);
  await using app = await start(csms, { auth: { type: "basic", password: PASSWORD } });
  users.set("CP1", NEW_PASSWORD);
  assert.equal(await write(csms, "SecurityCtrlr", "BasicAuthPassword", NEW_PASSWORD), "Accepted");
  await within("the new connection", csms.until((it) => it.census().connects === 2));
  await eventually("it is kept", () => app.lines.some((line) => /Changed the cred/.test(line)));
  assert.equal(csms.census().boots, 1);
  csms.disconnect("CP1", 1001);
  await within("a redial with it", csms.until((it) => it.census().connects === 3));
  assert.deepEqual(csms.violations, []);
});

Deno.test("A01: a password that the CSMS does not take is forgotten, and the one before is dialled again", async () => {
  const users = new Map([["CP1", PASSWORD]]);
  await using csms = await csmsFor(users);
  await using app = await start(csms, { auth: { type: "basic", password: PASSWORD } });
  assert.equal(await write(csms, "SecurityCtrlr", "BasicAuthPassword", NEW_PASSWORD), "Accepted");
  await within("the way back", csms.until((it) => it.census().connects === 2));
  await eventually(
    "a word of it",
    () => app.lines.some((line) => /Cannot change the cred/.test(line)),
  );
  csms.disconnect("CP1", 1001);
  await within("a redial with the old one", csms.until((it) => it.census().connects === 3));
  assert(!app.lines.some((line) => line.includes(NEW_PASSWORD)));
});

Deno.test("a station that offers three versions speaks what the CSMS chose, and when that changes it boots again (part 4 §3.1.2)", async () => {
  await using csms = new PickyCsms("ocpp1.6");
  await using _ = await startApp({
    csms: { default_url: csms.url, ...QUICK },
    stations: [{ id: "CP1", protocol_version: ["2.1", "2.0.1", "1.6"] }],
  });
  for (const subprotocol of ["ocpp1.6", "ocpp2.0.1", "ocpp2.1", "ocpp1.6"]) {
    if (csms.offered !== "") csms.speak(subprotocol);
    await within(`a boot and a status in ${subprotocol}`, csms.heard("StatusNotification"));
    const boot = csms.calls[0]!;
    assert.equal(boot.action, "BootNotification");
    assert.equal("chargePointModel" in boot.payload, subprotocol === "ocpp1.6");
    const status = csms.calls.find(({ action }) => action === "StatusNotification")!;
    assert.equal("evseId" in status.payload, subprotocol !== "ocpp1.6");
    assert.equal(csms.offered, "ocpp2.1, ocpp2.0.1, ocpp1.6");
  }
});

Deno.test("a mere reconnect in the same version boots nothing (B04, 1.6-J §5.4)", async () => {
  await using csms = new PickyCsms("ocpp2.0.1");
  await using app = await startApp({
    csms: { default_url: csms.url, ...QUICK },
    stations: [{ id: "CP1", protocol_version: ["2.1", "2.0.1", "1.6"] }],
  });
  await within("a boot", csms.heard("StatusNotification"));
  csms.speak("ocpp2.0.1");
  await within("a reconnect", csms.connected());
  const beat = await app.send("POST", "/api/stations/CP1/call", {
    action: "Heartbeat",
    payload: {},
  });
  await beat.body?.cancel();
  await within("a heartbeat", csms.heard("Heartbeat"));
  assert.deepEqual(csms.calls.map(({ action }) => action), ["Heartbeat"]);
});

Deno.test("what waits in the words of one version is told in those of the next (E04)", async () => {
  await using csms = new PickyCsms("ocpp1.6");
  await using app = await startApp({
    csms: { default_url: csms.url, ...QUICK },
    stations: [{ id: "CP1", protocol_version: ["2.0.1", "1.6"] }],
  });
  await within("a boot", csms.heard("StatusNotification"));
  csms.ignored = "StartTransaction";
  const started = app.send("POST", "/api/stations/CP1/start-transaction", {
    connectorId: 1,
    idToken: "TAG",
  });
  await within("a start that is not answered", csms.heard("StartTransaction"));
  csms.speak("ocpp2.0.1");
  await within("the start in 2.0.1", csms.heard("TransactionEvent"));
  await (await started).body?.cancel();
  assert.equal(csms.calls.find(({ action }) => action === "StartTransaction"), undefined);
});

Deno.test("reconnect_policy ocpp: the RetryBackOff variables of the station say how long it waits (part 4 §5.3)", async () => {
  await using csms = await csmsFor();
  await using app = await startApp({
    csms: { default_url: csms.url, ...QUICK, reconnect_backoff: "1s", reconnect_policy: "ocpp" },
    stations: [{ id: "CP1", protocol_version: "2.0.1" }],
  });
  await within("the first boot", csms.until(({ stations }) => stations.get("CP1")?.boots === 1));
  await write(csms, "OCPPCommCtrlr", "RetryBackOffRandomRange", "0");
  await write(csms, "OCPPCommCtrlr", "RetryBackOffWaitMinimum", "77");
  await csms.drop();
  const waitMs = () => {
    const state = app.app.manager.state("CP1");
    return state?.name === "reconnecting" ? state.retryAt - new SystemClock().now() : 0;
  };
  await eventually("the wait", () => waitMs() > 0);
  assert(waitMs() > 60_000 && waitMs() <= 77_000, String(waitMs()));
});
