import assert from "node:assert/strict";
import { stopTransaction } from "../../../src/station/v16/stop_transaction.ts";
import type { StopReason } from "../../../src/station/words.ts";
import { NOON, transactionFacts } from "./fake_charger.ts";
import { oddPayloads, reading, sample, spell, transactionEnded } from "./support.ts";

Deno.test("§4.10: the stop names transaction, meter, time and reason", () => {
  assert.deepEqual(spell(stopTransaction, transactionEnded()), {
    transactionId: 42,
    meterStop: 2500,
    timestamp: "2026-01-31T13:00:00.000Z",
    reason: "Local",
  });
});

Deno.test("§4.10: the token that ended it is named, one that is empty is not", () => {
  const by = (idToken: string) =>
    spell(stopTransaction, transactionEnded({ stopToken: { idToken, type: "Central" } }));
  assert.equal(by("TAG2")?.idTag, "TAG2");
  assert(!Object.hasOwn(by("")!, "idTag"));
});

Deno.test("§4.10: a transaction whose start was given up has no id to name", () => {
  const event = transactionEnded({ transaction: transactionFacts({ csmsId: null }) });
  assert.equal(spell(stopTransaction, event)?.transactionId, -1);
  const first = transactionEnded({ transaction: transactionFacts({ csmsId: 0 }) });
  assert.equal(spell(stopTransaction, first)?.transactionId, 0);
});

Deno.test("§6.49: the meter counts whole watt-hours, and no fewer than at the start", () => {
  const event = transactionEnded({ meterStopWh: 1000.4 });
  assert.equal(spell(stopTransaction, event)?.meterStop, 1000);
});

const OWN: readonly StopReason[] = [
  "DeAuthorized",
  "EmergencyStop",
  "EVDisconnected",
  "HardReset",
  "Local",
  "Other",
  "PowerLoss",
  "Reboot",
  "Remote",
  "SoftReset",
  "UnlockCommand",
];
const OTHERS: readonly StopReason[] = [
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

for (const reason of OWN) {
  Deno.test(`§7.36: the reason ${reason} is said as it is`, () => {
    assert.equal(spell(stopTransaction, transactionEnded({ reason }))?.reason, reason);
  });
}

Deno.test("§7.36: a reason that only 2.x knows is Other", () => {
  for (const reason of OTHERS) {
    assert.equal(spell(stopTransaction, transactionEnded({ reason }))?.reason, "Other", reason);
  }
});

Deno.test("§4.10: transaction data are one MeterValue per moment, in the order of time", () => {
  const samples = [
    sample({ at: NOON + 60_000, context: "Transaction.End" }),
    sample({ at: NOON, context: "Transaction.Begin" }),
    sample({
      at: NOON + 60_000,
      context: "Sample.Clock",
      readings: [reading({ measurand: "SoC", unit: "Percent", value: 80, location: "EV" })],
    }),
  ];
  const payload = spell(stopTransaction, transactionEnded({ samples }));
  const data = payload?.transactionData as { timestamp: string; sampledValue: unknown[] }[];
  assert.deepEqual(data.map(({ timestamp, sampledValue }) => [timestamp, sampledValue.length]), [
    ["2026-01-31T12:00:00.000Z", 1],
    ["2026-01-31T12:01:00.000Z", 2],
  ]);
});

Deno.test("§4.10: transaction data that have nothing in them are left out", () => {
  const payload = spell(stopTransaction, transactionEnded({ samples: [sample({ readings: [] })] }));
  assert(!Object.hasOwn(payload!, "transactionData"));
});

Deno.test("§4.10: the answer may say what the token is worth, and need not", () => {
  assert.deepEqual(stopTransaction.answer({}), { csmsId: null, idTokenInfo: null });
  const { idTokenInfo } = stopTransaction.answer({ idTagInfo: { status: "Expired" } });
  assert.equal(idTokenInfo?.status, "Expired");
  for (const odd of oddPayloads({ idTagInfo: {} })) stopTransaction.answer(odd);
});
