import assert from "node:assert/strict";
import type { v21 } from "../../../src/ocpp/mod.ts";
import type { Charger } from "../../../src/station/charger.ts";
import { requestStartTransaction } from "../../../src/station/v2/request_start_transaction.ts";
import { connectorFacts, fakeCharger, NOON, transactionFacts } from "../v16/fake_charger.ts";
import { oddPayloads } from "../v16/support.ts";
import { profile2 } from "./profiles.ts";
import { obey, obeyAnything, reasonOf, settings } from "./support.ts";

const idToken = { idToken: "ANNA", type: "Central" } as const;
const REQUEST = { idToken, remoteStartId: 9 };

async function request(
  more: Partial<v21.RequestStartTransactionRequest> = {},
  given: Partial<Charger> = {},
) {
  const station = fakeCharger({ settings: settings(), ...given });
  const asked = { ...REQUEST, ...more };
  const { payload } = await obey(
    "RequestStartTransaction",
    requestStartTransaction,
    station,
    asked,
  );
  return { payload, deeds: station.deeds };
}

Deno.test("F01: the station starts on the EVSE that is named, or on one of its choice", async () => {
  for (const [evseId, connectorId] of [[2, 2], [undefined, null]] as const) {
    const { payload, deeds } = await request(evseId === undefined ? {} : { evseId });
    assert.deepEqual(payload, { status: "Accepted" });
    assert.deepEqual(deeds, [[
      "remoteStart",
      { connectorId, idToken, groupId: null, profile: null, remoteStartId: 9 },
    ]]);
  }
});

Deno.test("F01: an EVSE that does not exist is Rejected", async () => {
  const { payload, deeds } = await request({ evseId: 3 });
  assert.equal(payload.status, "Rejected");
  assert.equal(reasonOf(payload), "UnknownEvse");
  assert.deepEqual(deeds, []);
});

Deno.test("F01.FR.24: where a transaction runs it is Rejected, and why is said", async () => {
  const why = "A transaction runs on connector 1 already";
  const remoteStart = () => ({ obstacle: "taken", why } as const);
  const connectors = () => [connectorFacts({ transaction: transactionFacts() })];
  const { payload } = await request({ evseId: 1 }, { remoteStart, connectors });
  assert.deepEqual(payload, {
    status: "Rejected",
    statusInfo: { reasonCode: "TxInProgress", additionalInfo: why },
  });
  const none = { obstacle: "none-free", why: "No connector is free" } as const;
  const other = await request({}, { remoteStart: () => none });
  assert.equal(reasonOf(other.payload), "Unspecified");
});

Deno.test("F01.FR.11: a TxProfile goes along, for the transaction that will start", async () => {
  const chargingProfile = profile2({ chargingProfilePurpose: "TxProfile" });
  const { payload, deeds } = await request({ chargingProfile });
  assert.equal(payload.status, "Accepted");
  const [[, start]] = deeds as [[string, { profile: { transactionId: unknown; id: number } }]];
  assert.equal(start.profile.id, chargingProfile.id);
  assert.equal(start.profile.transactionId, null);
});

Deno.test("F01.FR.26: a profile that cannot be followed is Rejected", async () => {
  const wrong: [Partial<v21.ChargingProfileType>, string][] = [
    [{ chargingProfilePurpose: "TxDefaultProfile" }, "InvalidProfile"],
    [{ chargingProfilePurpose: "TxProfile", transactionId: "old" }, "InvalidProfile"],
    [{ chargingProfilePurpose: "TxProfile", stackLevel: 99 }, "InvalidProfile"],
    [{ chargingProfilePurpose: "TxProfile", chargingProfileKind: "Relative" }, "InvalidSchedule"],
    [
      { chargingProfilePurpose: "TxProfile", validTo: new Date(NOON - 1).toISOString() },
      "InvalidProfile",
    ],
  ];
  for (const [rest, code] of wrong) {
    const { payload, deeds } = await request({ chargingProfile: profile2(rest) });
    assert.equal(payload.status, "Rejected");
    assert.equal(reasonOf(payload), code);
    assert.deepEqual(deeds, []);
  }
});

Deno.test("F01: the group of the token goes along, and what more it says", async () => {
  const groupIdToken = { idToken: "FAMILY", type: "Central" } as const;
  const additionalInfo = [{ additionalIdToken: "+31 6", type: "phone" }];
  const { deeds } = await request({ groupIdToken, idToken: { ...idToken, additionalInfo } });
  const [[, start]] = deeds as [[string, { groupId: unknown; idToken: unknown }]];
  assert.deepEqual(start.groupId, groupIdToken);
  assert.deepEqual(start.idToken, { ...idToken, additionalInfo });
});

Deno.test("F01: a transaction that the cable began is named in the answer", async () => {
  const transaction = transactionFacts({ idToken: null });
  const connectors = () => [connectorFacts({ transaction })];
  const { payload } = await request({ evseId: 1 }, { connectors });
  assert.deepEqual(payload, { status: "Accepted", transactionId: transaction.id });
});

Deno.test("F01: odd requests get a proper answer", async () => {
  for (const odd of oddPayloads({ ...REQUEST, evseId: 1 })) {
    const station = fakeCharger({ settings: settings() });
    await obeyAnything("RequestStartTransaction", requestStartTransaction, station, odd);
  }
});
