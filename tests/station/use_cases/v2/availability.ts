import assert from "node:assert/strict";
import { named } from "../../v2/device_harness.ts";
import { answers, CAR, driven, type Payload } from "../support.ts";
import { charge, configure, session, story, TWO } from "./support.ts";
import { useCase } from "./use_case.ts";

const EVSE_1 = { id: 1, connectorId: 1 };

useCase(
  ["G01"],
  "a connector is Available, Occupied while a car is there, and Available again",
  async (h) => {
    await driven(h, h.station.driver.plug(1, CAR));
    await driven(h, h.station.driver.unplug(1));
    const told = story(h).filter((one) => one.startsWith("StatusNotification"));
    assert.deepEqual(told, ["StatusNotification Occupied", "StatusNotification Available"]);
  },
);

useCase(
  ["G01"],
  "a status that does not last for MinimumStatusDuration is not told",
  async (h) => {
    await configure(h, { "OCPPCommCtrlr.MinimumStatusDuration": "10" });
    await driven(h, h.station.driver.plug(1, CAR));
    await h.clock.advance(5_000);
    await driven(h, h.station.driver.unplug(1));
    await h.clock.advance(60_000);
    assert.deepEqual(h.payloads("StatusNotification"), []);
  },
);

useCase(
  ["G02"],
  "heartbeats come as the CSMS wants them, and put the clock right",
  async (h) => {
    const ahead = 3_600_000;
    h.replies.Heartbeat = () => ({ currentTime: new Date(h.clock.now() + ahead).toISOString() });
    await configure(h, { "OCPPCommCtrlr.HeartbeatInterval": "300" });
    await h.clock.advance(299_999);
    assert.deepEqual(story(h), []);
    await h.clock.advance(1);
    assert.deepEqual(story(h), ["Heartbeat"]);
    await answers(h, "Accepted", "TriggerMessage", {
      requestedMessage: "StatusNotification",
      evse: EVSE_1,
    });
    const { timestamp } = h.only("StatusNotification");
    assert.equal(timestamp, new Date(h.clock.now() + ahead).toISOString());
  },
);

useCase(
  ["G03"],
  "an EVSE in use goes out of service when its transaction has ended, and stays so over a reset",
  async (h) => {
    await charge(h);
    const change = (operationalStatus: string, evse: object = { id: 1 }) => ({
      operationalStatus,
      evse,
    });
    await answers(h, "Scheduled", "ChangeAvailability", change("Inoperative"));
    assert.deepEqual(story(h), []);
    await driven(h, h.station.driver.stopTransaction(1, {}));
    await driven(h, h.station.driver.unplug(1));
    assert(story(h).includes("StatusNotification Unavailable"), story(h).join());
    await answers(h, "Accepted", "Reset", { type: "OnIdle" });
    await h.lose();
    h.forget();
    await h.open();
    const told = h.payloads("StatusNotification").map((one) => [one.evseId, one.connectorStatus]);
    assert.deepEqual(told, [[1, "Unavailable"], [2, "Available"]]);
    await answers(h, "Accepted", "ChangeAvailability", change("Operative", EVSE_1));
    assert.equal(story(h).at(-1), "StatusNotification Available");
    await answers(h, "Rejected", "ChangeAvailability", change("Operative", { id: 7 }));
  },
  TWO,
);

useCase(
  ["G04"],
  "the station goes out of service with all its connectors, and says so of itself in an event",
  async (h) => {
    await answers(h, "Accepted", "ChangeAvailability", { operationalStatus: "Inoperative" });
    await h.clock.settle();
    const told = h.payloads("StatusNotification").map((one) => [one.evseId, one.connectorStatus]);
    assert.deepEqual(told, [[1, "Unavailable"], [2, "Unavailable"]]);
    const [event] = h.only("NotifyEvent").eventData as Payload[];
    assert.deepEqual(
      [event?.component, event?.variable, event?.actualValue],
      [
        ...Object.values(named("ChargingStation.AvailabilityState")),
        "Unavailable",
      ],
    );
    h.forget();
    await answers(h, "Accepted", "ChangeAvailability", { operationalStatus: "Operative" });
    await h.clock.settle();
    assert.equal(h.payloads("StatusNotification").length, 2);
  },
  TWO,
);

useCase(
  ["G05", "N07"],
  "a lock that fails is told in an event, and the connector does not charge",
  async (h) => {
    await driven(
      h,
      h.station.driver.status(1, { status: "Faulted", errorCode: "ConnectorLockFailure" }),
    );
    const [event] = h.only("NotifyEvent").eventData as Payload[];
    assert.deepEqual([event?.actualValue, event?.techCode], ["true", "ConnectorLockFailure"]);
    assert(story(h).includes("StatusNotification Faulted"));
    await driven(h, h.station.driver.plug(1, CAR));
    const deed = await h.station.driver.authorize(1, { idToken: "ANNA", type: "" });
    assert.equal(deed.kind, "refused");
    assert.deepEqual(session(h), []);
  },
);
