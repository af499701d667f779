import assert from "node:assert/strict";
import type { StationHarness } from "../../../support/station_harness.ts";
import { TestCa } from "../../service/support.ts";
import { setVariable, valueOf } from "../../v2/device_harness.ts";
import { answers, type Payload } from "../support.ts";
import { story, why } from "./support.ts";
import { useCase } from "./use_case.ts";

const BASIC = { station: { auth: { type: "basic", password: "the password of CP1" } } };

function connection(more: object = {}): Payload {
  return {
    ocppVersion: "OCPP20",
    ocppTransport: "JSON",
    ocppInterface: "Wired0",
    ocppCsmsUrl: "ws://other.example/ocpp",
    messageTimeout: 45,
    securityProfile: 1,
    ...more,
  };
}

const inSlot = (configurationSlot: number, more: object = {}) => ({
  configurationSlot,
  connectionData: connection(more),
});

/** Resets the station, and connects it where it wants to go. */
async function reset(h: StationHarness): Promise<string> {
  await answers(h, "Accepted", "Reset", { type: "Immediate" });
  await h.clock.settle();
  await h.lose();
  h.forget();
  const url = h.station.network.nextTarget(0)?.url ?? "unchanged";
  await h.open();
  return url;
}

useCase(
  ["B09", "B10"],
  "a network profile waits in its slot until its priority and a reboot put it to use",
  async (h, version) => {
    const speaks = version === "2.1" ? {} : { ocppVersion: "OCPP20" };
    await answers(h, "Accepted", "SetNetworkProfile", inSlot(2, speaks));
    const priority = "OCPPCommCtrlr.NetworkConfigurationPriority";
    assert.equal(await setVariable(h, priority, "7"), "Rejected");
    assert.equal(await setVariable(h, priority, "2,1"), "RebootRequired");
    assert.deepEqual(story(h), []);
    assert.match(await reset(h), /^ws:\/\/other\.example\/ocpp/);
    assert.equal(story(h)[0], "BootNotification");
    assert.equal(await valueOf(h, "OCPPCommCtrlr.ActiveNetworkProfile"), "2");
  },
  BASIC,
);

useCase(
  ["B09"],
  "a profile that the station cannot use is refused with its reason",
  async (h) => {
    for (
      const [request, reason] of [
        [inSlot(99), "InvalidConfSlot"],
        [inSlot(2, { ocppCsmsUrl: "http://other.example" }), "InvalidNetworkConf"],
        [inSlot(2, { ocppTransport: "SOAP" }), "InvalidNetworkConf"],
        [inSlot(2, { ocppInterface: "Wireless3" }), "InvalidNetworkConf"],
        [inSlot(2, { securityProfile: 0 }), "NoSecurityDowngrade"],
      ] as const
    ) {
      const refused = await h.call("SetNetworkProfile", request);
      assert.deepEqual([refused.status, why(refused)], ["Rejected", reason]);
    }
  },
  BASIC,
);

useCase(
  ["A05"],
  "a security profile is raised by a network profile with what it needs, and never lowered again",
  async (h) => {
    const secure = inSlot(2, { securityProfile: 2, ocppCsmsUrl: "wss://other.example/ocpp" });
    await answers(h, "Accepted", "SetNetworkProfile", secure);
    const priority = "OCPPCommCtrlr.NetworkConfigurationPriority";
    assert.equal(await setVariable(h, priority, "2,1"), "Rejected", "no root is installed");
    await answers(h, "Accepted", "InstallCertificate", {
      certificateType: "CSMSRootCertificate",
      certificate: (await TestCa.make()).pem,
    });
    assert.equal(await setVariable(h, priority, "2,1"), "RebootRequired");
    assert.match(await reset(h), /^wss:/);
    assert.equal(await valueOf(h, "SecurityCtrlr.SecurityProfile"), "2");
    assert.equal(await valueOf(h, priority), "2");
    const lower = await h.call("SetNetworkProfile", inSlot(3));
    assert.deepEqual([lower.status, why(lower)], ["Rejected", "NoSecurityDowngrade"]);
  },
  BASIC,
);
