import assert from "node:assert/strict";
import { dialect21 } from "../../../src/station/v2/dialect.ts";
import type { Trigger } from "../../../src/station/spoken.ts";
import {
  transactionEnded as ended,
  transactionStarted as started,
  transactionUpdated as updated,
} from "../../../src/station/v2/transaction_event.ts";
import type { StopReason } from "../../../src/station/words.ts";
import { NOON, transactionFacts } from "../v16/fake_charger.ts";
import { oddPayloads, sample, transactionEnded, transactionEvent } from "../v16/support.ts";
import { assertValid, spell } from "./support.ts";

const ID = transactionFacts().id;

Deno.test("E02: the start says whose the transaction is, where, and what the meter reads", () => {
  const event = transactionEvent({
    seqNo: 0,
    trigger: "Authorized",
    tellsOwner: true,
    samples: [sample()],
  });
  const { meterValue, ...rest } = spell(started, event)!;
  assert.deepEqual(rest, {
    eventType: "Started",
    timestamp: "2026-01-31T12:00:00.000Z",
    triggerReason: "Authorized",
    seqNo: 0,
    idToken: { idToken: "TAG1", type: "Central" },
    transactionInfo: { transactionId: ID, chargingState: "Charging" },
    evse: { id: 1, connectorId: 1 },
  });
  assert.equal((meterValue as unknown[]).length, 1);
});

Deno.test("F01, H03: the start names the remote start and the reservation that it goes back to", () => {
  const transaction = transactionFacts({ remoteStartId: 9, reservationId: 4 });
  const event = transactionEvent({ trigger: "RemoteStart", transaction, tellsOwner: true });
  const payload = spell(started, event);
  assert.deepEqual(payload?.transactionInfo, {
    transactionId: ID,
    chargingState: "Charging",
    remoteStartId: 9,
  });
  assert.equal(payload?.reservationId, 4);
});

Deno.test("E01: a start before anybody is authorized names nobody", () => {
  const transaction = transactionFacts({ idToken: null });
  const payload = spell(started, transactionEvent({ trigger: "CablePluggedIn", transaction }));
  assert(!Object.hasOwn(payload!, "idToken"));
});

Deno.test("E02: an update says only what is new", () => {
  const transaction = transactionFacts({ remoteStartId: 9, reservationId: 4 });
  assert.deepEqual(spell(updated, transactionEvent({ transaction, seqNo: 3 })), {
    eventType: "Updated",
    timestamp: "2026-01-31T12:00:00.000Z",
    triggerReason: "MeterValuePeriodic",
    seqNo: 3,
    transactionInfo: { transactionId: ID, chargingState: "Charging" },
  });
});

Deno.test("E02, F01: the first event since it is known says whose the transaction is", () => {
  for (const trigger of ["Authorized", "RemoteStart", "CablePluggedIn"] as const) {
    const payload = spell(updated, transactionEvent({ trigger, tellsOwner: true }));
    assert.deepEqual(payload?.idToken, { idToken: "TAG1", type: "Central" });
  }
});

Deno.test("E07: a token that ends the use is told while the transaction goes on", () => {
  const stopToken = { idToken: "TAG2", type: "ISO14443" };
  const payload = spell(updated, transactionEvent({ trigger: "StopAuthorized", stopToken }));
  assert.deepEqual(payload?.idToken, stopToken);
});

Deno.test("E04: what happened without a connection says so", () => {
  assert.equal(spell(started, transactionEvent({ offline: true }))?.offline, true);
  assert.equal(spell(updated, transactionEvent({ offline: true }))?.offline, true);
  assert.equal(spell(ended, transactionEnded({ offline: true }))?.offline, true);
  assert(!Object.hasOwn(spell(ended, transactionEnded())!, "offline"));
});

Deno.test("E06: the end says why, by whom, and how it stands", () => {
  const stopToken = { idToken: "TAG2", type: "ISO14443" };
  const event = transactionEnded({ stopToken, seqNo: 5, chargingState: "EVConnected" });
  assert.deepEqual(spell(ended, event), {
    eventType: "Ended",
    timestamp: "2026-01-31T13:00:00.000Z",
    triggerReason: "StopAuthorized",
    seqNo: 5,
    idToken: stopToken,
    transactionInfo: { transactionId: ID, chargingState: "EVConnected", stoppedReason: "Local" },
  });
});

Deno.test("E06: without a token that ended it the end names none, nor the one that started it", () => {
  const payload = spell(ended, transactionEnded({ trigger: "RemoteStop", reason: "Remote" }));
  assert(!Object.hasOwn(payload!, "idToken"));
});

const SAME: readonly StopReason[] = [
  "DeAuthorized",
  "EmergencyStop",
  "EVDisconnected",
  "Local",
  "Other",
  "PowerLoss",
  "Reboot",
  "Remote",
  "EnergyLimitReached",
  "GroundFault",
  "ImmediateReset",
  "LocalOutOfCredit",
  "MasterPass",
  "OvercurrentFault",
  "PowerQuality",
  "SOCLimitReached",
  "StoppedByEV",
  "TimeLimitReached",
  "Timeout",
];
const OTHERS = [
  ["HardReset", "ImmediateReset"],
  ["SoftReset", "ImmediateReset"],
  ["UnlockCommand", "Other"],
] as const;

for (const [reason, said] of [...SAME.map((one) => [one, one] as const), ...OTHERS]) {
  Deno.test(`ReasonEnumType: ${reason} is said as ${said}`, () => {
    const { transactionInfo } = spell(ended, transactionEnded({ reason }))!;
    assert.equal((transactionInfo as { stoppedReason: string }).stoppedReason, said);
  });
}

Deno.test("TriggerReasonEnumType: both versions know each trigger", () => {
  const triggers: readonly Trigger[] = [
    "AbnormalCondition",
    "Authorized",
    "CablePluggedIn",
    "ChargingRateChanged",
    "ChargingStateChanged",
    "Deauthorized",
    "EVCommunicationLost",
    "EVConnectTimeout",
    "EVDeparted",
    "EVDetected",
    "EnergyLimitReached",
    "MeterValueClock",
    "MeterValuePeriodic",
    "RemoteStart",
    "RemoteStop",
    "ResetCommand",
    "SignedDataReceived",
    "StopAuthorized",
    "TimeLimitReached",
    "Trigger",
    "UnlockCommand",
  ];
  for (const trigger of triggers) {
    assert.equal(spell(updated, transactionEvent({ trigger }))?.triggerReason, trigger);
  }
});

Deno.test("E02: samples of a transaction go along, in the order of time", () => {
  const samples = [sample({ at: NOON + 1000, context: "Transaction.End" }), sample()];
  const { meterValue } = spell(ended, transactionEnded({ samples }))!;
  assert.deepEqual((meterValue as { timestamp: string }[]).map(({ timestamp }) => timestamp), [
    "2026-01-31T12:00:00.000Z",
    "2026-01-31T12:00:01.000Z",
  ]);
});

Deno.test("E02: the answer may say what the token is worth; the id is the station's own", () => {
  const answer = { idTokenInfo: { status: "Blocked" } };
  assertValid("TransactionEvent", "response", answer);
  assert.deepEqual(started.answer(answer), {
    csmsId: null,
    idTokenInfo: { status: "Blocked", groupId: null, expiresAt: null },
  });
  assert.deepEqual(updated.answer({}), { csmsId: null, idTokenInfo: null });
  for (const odd of oddPayloads({ idTokenInfo: {} })) ended.answer(odd);
});

Deno.test("E02: what only 2.1 has a word for is another charging state to 2.0.1, and that word to 2.1", () => {
  const [in21] = dialect21.messages.transactionUpdated;
  for (
    const trigger of ["LimitSet", "OperationModeChanged", "TariffChanged", "TxResumed"] as const
  ) {
    const event = transactionEvent({ trigger });
    assert.equal(spell(updated, event)?.triggerReason, "ChargingStateChanged");
    assert.equal(in21!.request(event)?.triggerReason, trigger);
  }
});

Deno.test("I06: the answer may have something new for the driver to read", () => {
  const updatedPersonalMessage = { format: "UTF8", content: "Now 0.60 EUR/kWh" };
  assertValid("TransactionEvent", "response", { updatedPersonalMessage });
  assert.deepEqual(updated.answer({ updatedPersonalMessage }).message, {
    ...updatedPersonalMessage,
    language: null,
  });
});
