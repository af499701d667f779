import assert from "node:assert/strict";
import { answers, CAR, driven } from "../support.ts";
import { ANNA, BEN, charge, configure, present, session, story, TWO } from "./support.ts";
import { useCase } from "./use_case.ts";

const FAMILY = { idToken: "FAMILY", type: "Central" };
const IN_FAMILY = { idTokenInfo: { status: "Accepted", groupIdToken: FAMILY } };

useCase(
  ["C01"],
  "a card is asked about with its type, and whom the CSMS does not accept is not served",
  async (h) => {
    h.replies.Authorize = { idTokenInfo: { status: "Blocked" } };
    await driven(h, h.station.driver.plug(1, CAR));
    h.forget();
    const refused = await present(h);
    assert(refused.kind === "refused" && refused.reason.includes("Blocked"));
    assert.deepEqual(story(h), ["Authorize"]);
    assert.deepEqual(h.only("Authorize"), { idToken: ANNA });
    h.replies.Authorize = { idTokenInfo: { status: "Accepted" } };
    assert.equal((await present(h, BEN)).kind, "done");
    assert.equal(session(h)[0], "Started Authorized");
  },
);

useCase(
  ["C02"],
  "whoever presses the start button is not asked about, and charges without a token",
  async (h) => {
    await driven(h, h.station.driver.plug(1, CAR));
    h.forget();
    await present(h, { idToken: "", type: "NoAuthorization" });
    assert.deepEqual(h.payloads("Authorize"), []);
    const [started] = h.payloads("TransactionEvent");
    assert.deepEqual(started?.idToken, { idToken: "", type: "NoAuthorization" });
  },
);

for (
  const [number, type, what] of [
    ["C03", "Central", "a payment card is a token that the terminal makes up"],
    ["C04", "KeyCode", "a PIN is a token"],
    ["C08", "ISO14443", "a car with external identification means leaves the token to the reader"],
  ] as const
) {
  useCase([number], `${what}, which is asked about by its type`, async (h) => {
    const idToken = { idToken: "1234", type };
    await charge(h, idToken);
    await driven(h, h.station.driver.stopTransaction(1, { idToken }));
    assert.equal(session(h).at(-1), "Ended StopAuthorized");
    assert.deepEqual(h.payloads("TransactionEvent").at(-1)?.idToken, idToken);
  });
}

useCase(
  ["C09"],
  "a token of the same group ends the transaction, one of another does not",
  async (h) => {
    h.replies.Authorize = IN_FAMILY;
    h.replies.TransactionEvent = {};
    await charge(h);
    h.replies.Authorize = { idTokenInfo: { status: "Accepted" } };
    const stranger = { idToken: "CARL", type: "ISO14443" };
    assert.equal((await present(h, stranger)).kind, "refused");
    assert.deepEqual(session(h), []);
    h.replies.Authorize = IN_FAMILY;
    assert.equal((await present(h, BEN)).kind, "done");
    assert.equal(session(h).at(-1), "Ended StopAuthorized");
    assert.deepEqual(h.payloads("TransactionEvent").at(-1)?.idToken, BEN);
  },
);

useCase(
  ["C10", "C12"],
  "an answer is kept, and with LocalPreAuthorize the next start needs no question",
  async (h) => {
    await configure(h, { "AuthCtrlr.LocalPreAuthorize": "true" });
    await charge(h);
    await driven(h, h.station.driver.stopTransaction(1, { idToken: ANNA }));
    await driven(h, h.station.driver.unplug(1));
    assert.equal(h.station.cache.size, 1);
    h.forget();
    await driven(h, h.station.driver.plug(1, CAR));
    await present(h);
    assert.deepEqual(h.payloads("Authorize"), []);
    assert.equal(session(h)[0], "Started Authorized");
  },
);

useCase(
  ["C11"],
  "an empty cache asks again, and one that is disabled cannot be emptied",
  async (h) => {
    await configure(h, { "AuthCtrlr.LocalPreAuthorize": "true" });
    await charge(h);
    await driven(h, h.station.driver.stopTransaction(1, { idToken: ANNA }));
    await driven(h, h.station.driver.unplug(1));
    await answers(h, "Accepted", "ClearCache", {});
    assert.equal(h.station.cache.size, 0);
    await present(h);
    assert.equal(h.payloads("Authorize").length, 1);
    await configure(h, { "AuthCacheCtrlr.Enabled": "false" });
    await answers(h, "Rejected", "ClearCache", {});
  },
);

useCase(
  ["C15"],
  "offline a token that nobody knows is served only if OfflineTxForUnknownIdEnabled",
  async (h) => {
    await h.lose();
    await driven(h, h.station.driver.plug(1, CAR));
    assert.equal((await present(h)).kind, "refused");
    await h.open();
    await configure(h, { "AuthCtrlr.OfflineTxForUnknownIdEnabled": "true" });
    await h.lose();
    h.forget();
    assert.equal((await present(h)).kind, "queued");
    await h.open();
    await h.clock.settle();
    const [started] = h.payloads("TransactionEvent");
    assert.deepEqual([started?.eventType, started?.offline], ["Started", true]);
  },
);

useCase(
  ["C16"],
  "the master pass ends what others began, and starts nothing",
  async (h) => {
    await configure(h, { "AuthCtrlr.MasterPassGroupId": "POLICE" });
    await charge(h);
    await charge(h, BEN, 2);
    const group = { idToken: "POLICE", type: "Central" };
    h.replies.Authorize = { idTokenInfo: { status: "Accepted", groupIdToken: group } };
    const officer = { idToken: "OFFICER", type: "ISO14443" };
    await present(h, officer);
    const [ended] = h.payloads("TransactionEvent").filter((one) => one.eventType === "Ended");
    assert.equal(
      (ended?.transactionInfo as { stoppedReason: string }).stoppedReason,
      "MasterPass",
    );
    await driven(h, h.station.driver.unplug(1));
    assert.equal((await present(h, officer)).kind, "refused");
  },
  TWO,
);

useCase(
  ["C05", "F01"],
  "who is started from afar is asked about only with AuthorizeRemoteStart",
  async (h) => {
    await configure(h, { "AuthCtrlr.AuthorizeRemoteStart": "true" });
    await driven(h, h.station.driver.plug(1, CAR));
    h.forget();
    h.replies.Authorize = { idTokenInfo: { status: "Expired" } };
    const start = { idToken: ANNA, remoteStartId: 9, evseId: 1 };
    await answers(h, "Accepted", "RequestStartTransaction", start);
    await h.clock.settle();
    assert.deepEqual(session(h), []);
    assert.deepEqual(h.only("Authorize").idToken, ANNA);
    h.replies.Authorize = { idTokenInfo: { status: "Accepted" } };
    await answers(h, "Accepted", "RequestStartTransaction", { ...start, idToken: BEN });
    await h.clock.settle();
    assert.equal(session(h)[0], "Started RemoteStart");
  },
);

useCase(
  ["C06"],
  "a token of the station's own (Local) needs no question",
  async (h) => {
    await driven(h, h.station.driver.plug(1, CAR));
    h.forget();
    const start = {
      idToken: { idToken: "1b9d6bcd", type: "Local" },
      remoteStartId: 9,
      evseId: 1,
    };
    await answers(h, "Accepted", "RequestStartTransaction", start);
    await h.clock.settle();
    assert.deepEqual(h.payloads("Authorize"), []);
    assert.deepEqual(h.payloads("TransactionEvent")[0]?.idToken, start.idToken);
  },
);

useCase(
  ["C07"],
  "a contract is asked about with the hashes of its certificate as the user words them, and charges by its eMAID",
  async (h) => {
    const eMAID = { idToken: "NL-ABC-123456-7", type: "eMAID" };
    const hash = {
      hashAlgorithm: "SHA256",
      issuerNameHash: "00",
      issuerKeyHash: "00",
      serialNumber: "1",
      responderURL: "http://ocsp.example",
    };
    const payload = { idToken: eMAID, iso15118CertificateHashData: [hash] };
    const answer = { idTokenInfo: { status: "Accepted" }, certificateStatus: "Accepted" };
    h.replies.Authorize = answer;
    const deed = await driven(h, h.station.driver.call("Authorize", payload));
    assert.deepEqual(h.only("Authorize"), payload);
    assert(deed.kind === "done");
    assert.deepEqual(deed.csms, { action: "Authorize", payload: answer });
    await charge(h, eMAID);
    await driven(h, h.station.driver.stopTransaction(1, { idToken: eMAID }));
    assert.deepEqual(h.payloads("TransactionEvent").at(-1)?.idToken, eMAID);
  },
);
