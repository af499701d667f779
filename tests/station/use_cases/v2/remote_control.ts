import assert from "node:assert/strict";
import { answers, CAR, driven, type Payload } from "../support.ts";
import { ANNA, charge, configure, session, story, TWO, why } from "./support.ts";
import { useCase } from "./use_case.ts";

const START = { idToken: ANNA, remoteStartId: 9, evseId: 1 };

useCase(
  ["F01"],
  "a remote start where a car waits begins at once, and names what it goes back to",
  async (h) => {
    await driven(h, h.station.driver.plug(1, CAR));
    h.forget();
    await answers(h, "Accepted", "RequestStartTransaction", START);
    await h.clock.settle();
    const [started] = h.payloads("TransactionEvent");
    assert.equal(session(h)[0], "Started RemoteStart");
    assert.equal((started?.transactionInfo as Payload).remoteStartId, 9);
    assert.deepEqual(started?.idToken, ANNA);
    assert.deepEqual(h.payloads("Authorize"), []);
    const again = await h.call("RequestStartTransaction", START);
    assert.deepEqual([again.status, why(again)], ["Rejected", "TxInProgress"]);
    const nowhere = await h.call("RequestStartTransaction", { ...START, evseId: 7 });
    assert.deepEqual([nowhere.status, why(nowhere)], ["Rejected", "UnknownEvse"]);
  },
);

useCase(
  ["F02"],
  "a remote start before the car waits for it as long as EVConnectionTimeOut says",
  async (h) => {
    await configure(h, { "TxCtrlr.EVConnectionTimeOut": "30" });
    await answers(h, "Accepted", "RequestStartTransaction", START);
    await h.clock.advance(20_000);
    await driven(h, h.station.driver.plug(1, CAR));
    const told = h.payloads("TransactionEvent");
    assert.equal(told[0]?.eventType, "Started");
    const ids = told.map((one) => (one.transactionInfo as Payload).remoteStartId);
    assert(ids.includes(9), ids.join());
    assert.notEqual(h.station.connector(1)?.transaction ?? null, null);
  },
);

useCase(
  ["F03", "F04"],
  "a remote stop ends the transaction after its answer, and only one that runs",
  async (h) => {
    const transactionId = await charge(h);
    await answers(h, "Rejected", "RequestStopTransaction", { transactionId: "nobody's" });
    assert.deepEqual(session(h), []);
    await answers(h, "Accepted", "RequestStopTransaction", { transactionId });
    await h.clock.settle();
    assert.equal(session(h).at(-1), "Ended RemoteStop");
    const { transactionInfo } = h.payloads("TransactionEvent").at(-1)!;
    assert.equal((transactionInfo as Payload).stoppedReason, "Remote");
    await answers(h, "Rejected", "RequestStopTransaction", { transactionId });
  },
);

useCase(
  ["F05"],
  "a connector is unlocked unless a transaction runs on it, or its lock is broken",
  async (h) => {
    const unlock = (evseId: number) => ({ evseId, connectorId: 1 });
    await answers(h, "Unlocked", "UnlockConnector", unlock(1));
    await answers(h, "UnknownConnector", "UnlockConnector", unlock(7));
    await charge(h);
    await answers(h, "OngoingAuthorizedTransaction", "UnlockConnector", unlock(1));
    assert.deepEqual(session(h), []);
    await h.station.driver.status(2, { status: "Faulted", errorCode: "ConnectorLockFailure" });
    await answers(h, "UnlockFailed", "UnlockConnector", unlock(2));
  },
  TWO,
);

useCase(
  ["F06"],
  "what is triggered is said after the answer",
  async (h) => {
    const trigger = async (requestedMessage: string, evse?: object) => {
      h.forget();
      const request = { requestedMessage, ...(evse === undefined ? {} : { evse }) };
      await answers(h, "Accepted", "TriggerMessage", request);
      await h.clock.settle();
      const [answer] = h.csms.sent.map((text) => JSON.parse(text));
      assert.equal(answer[0], 3);
      return story(h);
    };
    // F06.FR.17: what was accepted is not asked again.
    await answers(h, "Rejected", "TriggerMessage", { requestedMessage: "BootNotification" });
    assert.deepEqual(await trigger("Heartbeat"), ["Heartbeat"]);
    assert.deepEqual(await trigger("StatusNotification", { id: 1, connectorId: 1 }), [
      "StatusNotification Available",
    ]);
    assert.deepEqual(await trigger("MeterValues", { id: 1 }), ["MeterValues"]);
    assert.deepEqual(await trigger("FirmwareStatusNotification"), [
      "FirmwareStatusNotification Idle",
    ]);
    assert.deepEqual(await trigger("LogStatusNotification"), ["LogStatusNotification Idle"]);
    const early = await h.call("TriggerMessage", { requestedMessage: "TransactionEvent" });
    assert.deepEqual([early.status, why(early)], ["Rejected", "TxNotFound"]);
    await charge(h);
    assert.deepEqual(await trigger("TransactionEvent", { id: 1 }), [
      "TransactionEvent Updated Trigger",
    ]);
    await answers(h, "NotImplemented", "TriggerMessage", {
      requestedMessage: "SignV2GCertificate",
    });
  },
);
