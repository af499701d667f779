import assert from "node:assert/strict";
import type { StationHarness } from "../../../support/station_harness.ts";
import { answers, driven, fromNow, type Payload } from "../support.ts";
import { charge, story, why } from "./support.ts";
import { useCase } from "./use_case.ts";

function message(id: number, content: string, more: object = {}): Payload {
  const shown = { format: "UTF8", content };
  return { message: { id, priority: "NormalCycle", message: shown, ...more } };
}

/** What the display of EVSE 1 shows now. */
function shownBy(h: StationHarness): readonly unknown[] {
  return h.station.services.facilities.view().displays[0]!.messages;
}

/** The ids of the messages that are reported. */
async function reported(h: StationHarness, request: object): Promise<unknown[]> {
  h.forget();
  await answers(h, "Accepted", "GetDisplayMessages", { requestId: 4, ...request });
  await h.clock.settle();
  const { messageInfo, requestId, tbc } = h.only("NotifyDisplayMessages");
  assert.deepEqual([requestId, tbc ?? false], [4, false]);
  return (messageInfo as Payload[]).map(({ id }) => id);
}

useCase(
  ["O01"],
  "a message is shown in its state and in its time, and AlwaysFront before all others",
  async (h) => {
    await answers(h, "Accepted", "SetDisplayMessage", message(1, "Welcome", { state: "Idle" }));
    await answers(
      h,
      "Accepted",
      "SetDisplayMessage",
      message(2, "Soon", { startDateTime: fromNow(h, 60_000), endDateTime: fromNow(h, 120_000) }),
    );
    assert.deepEqual(shownBy(h), ["Welcome"]);
    await h.clock.advance(60_000);
    assert.deepEqual(shownBy(h), ["Welcome", "Soon"]);
    await answers(
      h,
      "Accepted",
      "SetDisplayMessage",
      message(3, "Attention", { priority: "AlwaysFront" }),
    );
    assert.deepEqual(shownBy(h), ["Attention"]);
    await answers(h, "Accepted", "ClearDisplayMessage", { id: 3 });
    await h.clock.advance(60_000);
    assert.deepEqual(shownBy(h), ["Welcome"]);
    await charge(h);
    assert.deepEqual(shownBy(h), []);
  },
);

useCase(
  ["O02"],
  "a message for a transaction is shown as long as it runs",
  async (h) => {
    const lost = message(1, "Hello", { transactionId: "nobody's" });
    await answers(h, "UnknownTransaction", "SetDisplayMessage", lost);
    const transactionId = await charge(h);
    await answers(h, "Accepted", "SetDisplayMessage", message(1, "Hello Anna", { transactionId }));
    assert.deepEqual(shownBy(h), ["Hello Anna"]);
    await driven(h, h.station.driver.stopTransaction(1, {}));
    assert.deepEqual(shownBy(h), []);
    await answers(h, "Unknown", "GetDisplayMessages", { requestId: 5 });
  },
);

useCase(
  ["O03", "O04"],
  "all messages are reported, or those of an id, a priority or a state",
  async (h) => {
    await answers(h, "Unknown", "GetDisplayMessages", { requestId: 3 });
    await answers(h, "Accepted", "SetDisplayMessage", message(1, "a"));
    await answers(h, "Accepted", "SetDisplayMessage", message(2, "b", { priority: "InFront" }));
    await answers(h, "Accepted", "SetDisplayMessage", message(3, "c", { state: "Charging" }));
    assert.deepEqual(await reported(h, {}), [1, 2, 3]);
    assert.deepEqual(await reported(h, { id: [1, 3, 9] }), [1, 3]);
    assert.deepEqual(await reported(h, { priority: "InFront" }), [2]);
    assert.deepEqual(await reported(h, { state: "Charging" }), [3]);
    await answers(h, "Unknown", "GetDisplayMessages", { requestId: 3, id: [9] });
  },
);

useCase(
  ["O05", "O06"],
  "a message with an id that is there takes its place, and is cleared once",
  async (h) => {
    await answers(h, "Accepted", "SetDisplayMessage", message(1, "old"));
    await answers(h, "Accepted", "SetDisplayMessage", message(1, "new"));
    assert.deepEqual(shownBy(h), ["new"]);
    await answers(h, "Accepted", "ClearDisplayMessage", { id: 1 });
    await answers(h, "Unknown", "ClearDisplayMessage", { id: 1 });
    assert.deepEqual(shownBy(h), []);
    assert.deepEqual(story(h), []);
  },
);

useCase(
  ["O01"],
  "what the display cannot do is refused with its reason",
  async (h) => {
    const elsewhere = { display: { name: "Display", evse: { id: 9 } } };
    const refused = await h.call("SetDisplayMessage", message(1, "x", elsewhere));
    assert.deepEqual([refused.status, why(refused)], ["Rejected", "UnknownEvse"]);
  },
);
