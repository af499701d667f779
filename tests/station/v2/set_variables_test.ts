import assert from "node:assert/strict";
import type { Payload } from "../../../src/ocpp/mod.ts";
import { setVariables } from "../../../src/station/v2/set_variables.ts";
import { oddPayloads } from "../v16/support.ts";
import { deviceHarness, named, setVariable, valueOf } from "./device_harness.ts";
import { VERSIONS } from "./support.ts";

const CONNECTION = {
  ocppVersion: "OCPP20",
  ocppTransport: "JSON",
  ocppInterface: "Wired0",
  ocppCsmsUrl: "ws://other.example/ocpp",
  messageTimeout: 30,
  securityProfile: 0,
};

for (const version of VERSIONS) {
  Deno.test(`${version}, B05: every status, one result for each, in their order`, async () => {
    const h = await deviceHarness(version);
    await h.call("SetNetworkProfile", { configurationSlot: 2, connectionData: CONNECTION });
    const asked = [
      { ...named("TxCtrlr.EVConnectionTimeOut"), attributeValue: "90" },
      { ...named("Ghost.Model"), attributeValue: "1" },
      { ...named("TxCtrlr.Ghost"), attributeValue: "1" },
      { ...named("TxCtrlr.TxStartPoint"), attributeType: "MinSet", attributeValue: "1" },
      { ...named("SecurityCtrlr.SecurityProfile"), attributeValue: "0" },
      { ...named("OCPPCommCtrlr.NetworkConfigurationPriority"), attributeValue: "2,1" },
    ];
    const answer = await h.call("SetVariables", { setVariableData: asked });
    const results = answer.setVariableResult as Payload[];
    assert.deepEqual(results.map(({ attributeStatus }) => attributeStatus), [
      "Accepted",
      "UnknownComponent",
      "UnknownVariable",
      "NotSupportedAttributeType",
      "Rejected",
      "RebootRequired",
    ]);
    const names = asked.map(({ attributeValue: _, ...names }) => names);
    assert.deepEqual(
      results.map(({ attributeStatus: _, attributeStatusInfo: __, ...names }) => names),
      names,
    );
    assert.equal(await valueOf(h, "TxCtrlr.EVConnectionTimeOut"), "90");
    assert.equal(await valueOf(h, "OCPPCommCtrlr.NetworkConfigurationPriority"), "2,1");
    await h.over();
  });
}

Deno.test("B05.FR.07, FR.08: what has the wrong form or is out of bounds is Rejected with the reason", async () => {
  const h = await deviceHarness("2.1");
  const cases = [
    ["TxCtrlr.EVConnectionTimeOut", "soon"],
    ["TxCtrlr.EVConnectionTimeOut", "0"],
    ["OCPPCommCtrlr.WebSocketPingInterval", "-1"],
    ["MonitoringCtrlr.OfflineQueuingSeverity", "10"],
    ["AuthCtrlr.LocalPreAuthorize", "yes"],
    ["TxCtrlr.TxStartPoint", "Moonrise"],
    ["ClockCtrlr.TimeSource", "NTP"],
    ["SampledDataCtrlr.TxUpdatedMeasurands", "SoC,Temperature"],
    ["SampledDataCtrlr.TxUpdatedMeasurands", "Voltage.L1"],
    ["SecurityCtrlr.BasicAuthPassword", "short"],
  ] as const;
  for (const [name, attributeValue] of cases) {
    const before = await valueOf(h, name);
    const setVariableData = [{ ...named(name), attributeValue }];
    const answer = await h.call("SetVariables", { setVariableData });
    const [result] = answer.setVariableResult as { [key: string]: { [key: string]: string } }[];
    assert.equal(result?.attributeStatus, "Rejected", `${name} ${attributeValue}`);
    assert.equal(result?.attributeStatusInfo?.reasonCode, "InvalidValue");
    assert.match(result?.attributeStatusInfo?.additionalInfo ?? "", /^Cannot set /);
    assert.equal(await valueOf(h, name), before);
  }
  await h.over();
});

Deno.test("B05.FR.09: what is read-only is Rejected", async () => {
  const h = await deviceHarness("2.1");
  assert.equal(await setVariable(h, "ChargingStation.Model", "Other"), "Rejected");
  assert.equal(await setVariable(h, "OCPPCommCtrlr.MessageTimeout[Default]", "5"), "Rejected");
  const target = { ...named("EVSE.Power", { id: 1 }), attributeType: "Target" };
  assert.equal(await setVariable(h, "EVSE.Power", "1", target), "Rejected");
  await h.over();
});

Deno.test("B05: lists may be empty, and are kept in the spelling of the specification", async () => {
  const h = await deviceHarness("2.1");
  assert.equal(
    await setVariable(h, "SampledDataCtrlr.TxEndedMeasurands", "soc, VOLTAGE"),
    "Accepted",
  );
  assert.equal(await valueOf(h, "SampledDataCtrlr.TxEndedMeasurands"), "SoC,Voltage");
  assert.equal(await setVariable(h, "TxCtrlr.TxStopPoint", ""), "Accepted");
  assert.equal(await valueOf(h, "TxCtrlr.TxStopPoint"), "");
  await h.over();
});

Deno.test("B05: what a change leads to follows the answer", async () => {
  const h = await deviceHarness("2.1");
  const setVariableData = [
    { ...named("OCPPCommCtrlr.WebSocketPingInterval"), attributeValue: "17" },
    { ...named("AlignedDataCtrlr.Interval"), attributeValue: "900" },
  ];
  const before = h.csms.pingIntervals.length;
  const answer = await setVariables(h.station, { setVariableData });
  assert.equal(h.csms.pingIntervals.length, before);
  (answer as unknown as { after: () => void }).after();
  assert.equal(h.csms.pingIntervals.at(-1), 17_000);
  await h.over();
});

Deno.test("A00.FR.205: the password is written and never read", async () => {
  const h = await deviceHarness("2.1");
  const password = "correct horse battery staple";
  assert.equal(await setVariable(h, "SecurityCtrlr.BasicAuthPassword", password), "Accepted");
  assert.equal(await valueOf(h, "SecurityCtrlr.BasicAuthPassword"), "[Rejected]");
  await h.call("GetBaseReport", { requestId: 1, reportBase: "FullInventory" });
  await h.clock.advance(0);
  assert(h.payloads("NotifyReport").length > 0);
  assert(!h.csms.sent.some((text) => text.includes("horse")));
  assert(!h.lines.some((line) => line.includes("horse")));
  await h.over();
});

Deno.test("B05: more than ItemsPerMessage are too many", async () => {
  const h = await deviceHarness("2.1");
  const one = { ...named("ChargingStation.Model"), attributeValue: "1" };
  const answer = await h.call("SetVariables", { setVariableData: Array(51).fill(one) });
  assert.deepEqual(answer, { error: "OccurrenceConstraintViolation" });
  await h.over();
});

Deno.test("B05: odd requests do no harm", async () => {
  const h = await deviceHarness("2.1");
  const good = { ...named("OCPPCommCtrlr.ResetRetries"), attributeValue: "1" };
  for (const odd of oddPayloads(good)) await setVariables(h.station, { setVariableData: [odd] });
  for (const odd of oddPayloads({ setVariableData: [good] })) await setVariables(h.station, odd);
  await h.over();
});

for (const version of VERSIONS) {
  Deno.test(`${version}, A01: a new password is used at once, and given up when it fails`, async () => {
    const station = {
      security_profile: 1,
      auth: { type: "basic", password: "the password before" },
    };
    const h = await deviceHarness(version, { station });
    const password = "correct horse battery";
    assert.equal(await setVariable(h, "SecurityCtrlr.BasicAuthPassword", password), "Accepted");
    const { credentials } = h.csms.retargets.at(-1)!;
    assert(credentials?.type === "basic");
    assert.equal(credentials.password?.reveal(), password);
    assert.equal(credentials.authorizationKey, null);
    h.csms.retargeted = { kind: "http", message: "The CSMS answered 401" } as never;
    await setVariable(h, "SecurityCtrlr.BasicAuthPassword", "another that it does not know");
    await h.clock.settle();
    assert.equal(h.station.settings.get("basicAuthPassword")?.reveal(), password);
    await h.over();
  });
}
