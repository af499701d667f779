/**
 * Who may charge, as a whole station of 2.x decides it (part 2 C).
 *
 * @module
 */
import assert from "node:assert/strict";
import { stationHarness } from "../../support/station_harness.ts";
import { accepted, ANNA, BEN, charge, driven, eventTypes, FAMILY, set, TWO } from "./stories.ts";
import { VERSIONS } from "./support.ts";

for (const version of VERSIONS) {
  Deno.test(`${version}, C02: a start button asks nobody, and says so in the transaction`, async () => {
    const harness = await (await stationHarness({ version })).boot();
    const nobody = { idToken: "", type: "NoAuthorization" };
    assert.equal((await charge(harness, 1, nobody)).kind, "done");
    assert.deepEqual(harness.payloads("Authorize"), []);
    assert.deepEqual(harness.payloads("TransactionEvent")[0]?.idToken, nobody);
    assert.equal(harness.station.cache.size, 0);
    await harness.over();
  });

  Deno.test(`${version}, AuthCtrlr.Enabled: without authorization whoever comes charges`, async () => {
    const replies = { Authorize: { idTokenInfo: { status: "Blocked" } } };
    const harness = await (await stationHarness({ version, replies, station: TWO })).boot();
    await set(harness, { "AuthCtrlr.Enabled": "false" });
    assert.equal((await charge(harness)).kind, "done");
    const started = harness.station.driver.startTransaction(2, null);
    assert.equal((await driven(harness, started)).kind, "done");
    assert.deepEqual(harness.payloads("Authorize"), []);
    const tokens = harness.payloads("TransactionEvent")
      .filter(({ eventType }) => eventType === "Started").map(({ idToken }) => idToken);
    assert.deepEqual(tokens, [ANNA, { idToken: "", type: "NoAuthorization" }]);
    await harness.over();
  });

  Deno.test(`${version}, C01: what a token says beside itself reaches the CSMS, and is no other token`, async () => {
    const harness = await (await stationHarness({ version })).boot();
    const additionalInfo = [{ additionalIdToken: "+31 6 1234", type: "phone" }];
    await charge(harness, 1, { ...ANNA, additionalInfo });
    assert.deepEqual(harness.only("Authorize").idToken, { ...ANNA, additionalInfo });
    assert.equal((await driven(harness, harness.station.driver.authorize(1, ANNA))).kind, "done");
    assert.equal(eventTypes(harness).at(-1), "Ended", "C01.FR.25");
    await harness.over();
  });

  Deno.test(`${version}, C01: a token that is good for other EVSEs only does not charge here`, async () => {
    const replies = { Authorize: accepted({ evseId: [2] }) };
    const harness = await (await stationHarness({ version, replies, station: TWO })).boot();
    const deed = await charge(harness);
    assert(deed.kind === "refused");
    assert.equal(deed.reason, '"ANNA" may charge at 2 only, and not at 1');
    assert.equal(deed.csms?.action, "Authorize");
    assert.equal((await charge(harness, 2)).kind, "done");
    await harness.over();
  });

  Deno.test(`${version}, C09.FR.03: another token of the group ends a transaction`, async () => {
    const replies = { Authorize: accepted({ groupIdToken: FAMILY }) };
    const harness = await (await stationHarness({ version, replies })).boot();
    await charge(harness);
    await driven(harness, harness.station.driver.authorize(1, BEN));
    const ended = harness.payloads("TransactionEvent").at(-1)!;
    assert.deepEqual([ended.eventType, ended.idToken], ["Ended", BEN]);
    await harness.over();
  });

  Deno.test(`${version}, C12, C14: DisablePostAuthorize spares the CSMS a token that it refused`, async () => {
    const replies = { Authorize: { idTokenInfo: { status: "Blocked" } } };
    const harness = await (await stationHarness({ version, replies })).boot();
    await set(harness, { "AuthCacheCtrlr.DisablePostAuthorize": "true" });
    await charge(harness);
    const again = await driven(harness, harness.station.driver.authorize(1, ANNA));
    assert(again.kind === "refused");
    assert.equal(again.reason, '"ANNA" may not charge: the authorization cache says Blocked');
    assert.equal(harness.payloads("Authorize").length, 1);
    await harness.over();
  });

  Deno.test(`${version}, AuthCtrlr.DisableRemoteAuthorization: no Authorize is sent at all`, async () => {
    const harness = await (await stationHarness({ version })).boot();
    await set(harness, { "AuthCtrlr.DisableRemoteAuthorization": "true" });
    const localAuthorizationList = [{ idToken: ANNA, idTokenInfo: { status: "Accepted" } }];
    const list = { versionNumber: 1, updateType: "Full", localAuthorizationList };
    assert.equal((await harness.call("SendLocalList", list)).status, "Accepted");
    assert.equal((await driven(harness, harness.station.driver.authorize(1, BEN))).kind, "refused");
    assert.equal((await charge(harness)).kind, "done");
    assert.deepEqual(harness.payloads("Authorize"), []);
    await harness.over();
  });

  Deno.test(`${version}, C16.FR.02: a master pass ends every transaction`, async () => {
    const harness = await (await stationHarness({ version, station: TWO })).boot();
    await set(harness, { "AuthCtrlr.MasterPassGroupId": "police" });
    await charge(harness, 1);
    await charge(harness, 2, BEN);
    harness.forget();
    const groupIdToken = { idToken: "POLICE", type: "Central" };
    harness.replies.Authorize = accepted({ groupIdToken });
    const master = { idToken: "OFFICER", type: "ISO14443" };
    assert.equal((await driven(harness, harness.station.driver.authorize(2, master))).kind, "done");
    const ended = harness.payloads("TransactionEvent").filter(({ eventType }) =>
      eventType === "Ended"
    );
    assert.equal(ended.length, 2);
    for (const { idToken, triggerReason, transactionInfo } of ended) {
      assert.deepEqual(idToken, master);
      assert.equal(triggerReason, "StopAuthorized");
      assert.equal((transactionInfo as { stoppedReason: string }).stoppedReason, "MasterPass");
    }
    await harness.over();
  });

  Deno.test(`${version}, C16: a master pass starts nothing, at the station or from afar`, async () => {
    const master = { idToken: "OFFICER", type: "ISO14443" };
    const groupIdToken = { idToken: "POLICE", type: "Central" };
    const replies = { Authorize: accepted({ groupIdToken }) };
    const harness = await (await stationHarness({ version, replies })).boot();
    await set(harness, { "AuthCtrlr.MasterPassGroupId": "POLICE" });
    const deed = await charge(harness, 1, master);
    assert(deed.kind === "refused");
    assert.equal(deed.reason, '"OFFICER" is a master pass, and there is no transaction to end');
    const start = { idToken: master, remoteStartId: 1, evseId: 1 };
    const known = await harness.call("RequestStartTransaction", start);
    assert.deepEqual(known, {
      status: "Rejected",
      statusInfo: {
        reasonCode: "InvalidIdToken",
        additionalInfo: '"OFFICER" is a master pass, and starts nothing',
      },
    });
    const told = { idToken: BEN, groupIdToken, remoteStartId: 2, evseId: 1 };
    assert.equal((await harness.call("RequestStartTransaction", told)).status, "Rejected");
    assert.deepEqual(eventTypes(harness), []);
    await harness.over();
  });

  Deno.test(`${version}, F02, C05: a remote start asks first where it must, but never about a Central token`, async () => {
    const harness = await (await stationHarness({ version, station: TWO })).boot();
    await set(harness, { "AuthCtrlr.AuthorizeRemoteStart": "true" });
    const start = (evseId: number, idToken: object) =>
      harness.call("RequestStartTransaction", { idToken, evseId, remoteStartId: evseId });
    await start(1, { idToken: "APP-1", type: "Central" });
    assert.deepEqual(harness.payloads("Authorize"), []);
    await start(2, ANNA);
    assert.deepEqual(harness.only("Authorize").idToken, ANNA);
    await harness.over();
  });

  Deno.test(`${version}, F01, C09: the group of a remote start ends what it started`, async () => {
    const replies = { Authorize: accepted({ groupIdToken: FAMILY }) };
    const harness = await (await stationHarness({ version, replies })).boot();
    await driven(harness, harness.station.driver.plug(1));
    const start = { idToken: ANNA, groupIdToken: FAMILY, evseId: 1, remoteStartId: 1 };
    assert.equal((await harness.call("RequestStartTransaction", start)).status, "Accepted");
    await driven(harness, harness.station.driver.authorize(1, BEN));
    assert.equal(eventTypes(harness).at(-1), "Ended");
    await harness.over();
  });
}

Deno.test("C01: the display says what the CSMS has to say to the driver, as long as he is there", async () => {
  const personalMessage = { format: "UTF8", language: "en", content: "Good morning, Anna" };
  const replies = { Authorize: accepted({ personalMessage }) };
  const harness = await (await stationHarness({ version: "2.0.1", replies, station: TWO })).boot();
  await charge(harness);
  const { facilities } = harness.station.services;
  const said = () => facilities.view().displays.map(({ messages }) => messages);
  assert.deepEqual(said(), [["Good morning, Anna"], []]);
  await driven(harness, harness.station.driver.authorize(1, ANNA));
  await driven(harness, harness.station.driver.unplug(1));
  assert.deepEqual(said(), [[], []]);
  await harness.over();
});

Deno.test("C01, E05: what the CSMS says of a token when a transaction begins counts there, too", async () => {
  const personalMessage = { format: "UTF8", content: "Welcome" };
  const idTokenInfo = { status: "Accepted", evseId: [2], personalMessage };
  const replies = { TransactionEvent: { idTokenInfo } };
  const harness = await (await stationHarness({ version: "2.0.1", replies, station: TWO })).boot();
  await charge(harness, 2);
  const { facilities } = harness.station.services;
  assert.deepEqual(facilities.view().displays[1]?.messages, ["Welcome"]);
  await charge(harness, 1, BEN);
  assert.equal(harness.station.connector(1)?.transaction, null, "it is for EVSE 2 only");
  assert.notEqual(harness.station.connector(2)?.transaction, null);
  await harness.over();
});

const TARIFF = {
  tariffId: "T-ANNA",
  currency: "EUR",
  energy: { prices: [{ priceKwh: 0.5 }] },
};

Deno.test("2.1, I08: what the CSMS says with a token is what charging costs its bearer", async () => {
  const replies = { Authorize: { ...accepted(), tariff: TARIFF } };
  const harness = await (await stationHarness({ version: "2.1", replies })).boot();
  await charge(harness);
  const [{ id } = { id: "" }] = harness.station.connectors().flatMap(({ transaction }) =>
    transaction ?? []
  );
  const { facilities } = harness.station.services;
  assert.equal(facilities.costOf(id)?.tariffId, "T-ANNA");
  await harness.clock.advance(3_600_000);
  const cost = facilities.costOf(id)?.total.exclTax ?? 0;
  assert(cost > 5 && cost < 6, `11 kWh at 0.5: ${cost}`);
  await harness.over();
});

Deno.test("2.1, I08: a tariff that cannot be followed is told in the log", async () => {
  const tariff = { ...TARIFF, reservationTime: { prices: [{ priceMinute: 1 }] } };
  const replies = { Authorize: { ...accepted(), tariff } };
  const harness = await (await stationHarness({ version: "2.1", replies })).boot();
  assert.equal((await charge(harness)).kind, "done");
  assert(harness.lines.some((line) => line.includes("The tariff of a driver is not followed")));
  await harness.over();
});
