import assert from "node:assert/strict";
import { answers, driven, type Payload } from "../support.ts";
import { ANNA, charge, story, why } from "./support.ts";
import { useCase } from "./use_case.ts";

useCase(
  ["S02", "S03", "E18"],
  "a swap that the CSMS asks for is told with each battery that goes in or out",
  async (h) => {
    const swap = { requestId: 4, idToken: ANNA };
    await answers(h, "Accepted", "RequestBatterySwap", swap);
    const again = await h.call("RequestBatterySwap", { ...swap, requestId: 5 });
    assert.deepEqual([again.status, why(again)], ["Rejected", "Unspecified"]);
    await h.clock.advance(120_000);
    assert.deepEqual(story(h), ["BatterySwap BatteryIn", "BatterySwap BatteryOut"]);
    for (const { requestId, idToken, batteryData } of h.payloads("BatterySwap")) {
      assert.deepEqual([requestId, idToken], [4, ANNA]);
      const [battery] = batteryData as Payload[];
      assert.equal(battery?.evseId, 1);
    }
    await answers(h, "Accepted", "RequestBatterySwap", { ...swap, requestId: 6 });
    await h.clock.advance(120_000);
  },
);

useCase(
  ["S02"],
  "a station without a free place swaps nothing",
  async (h) => {
    await h.station.driver.plug(1);
    const refused = await h.call("RequestBatterySwap", { requestId: 4, idToken: ANNA });
    assert.equal(refused.status, "Rejected");
    await h.clock.advance(120_000);
    assert.deepEqual(h.payloads("BatterySwap"), []);
  },
);

useCase(
  ["S01", "E18"],
  "a driver who presents a card at the station swaps as the user words it",
  async (h) => {
    await driven(h, h.station.driver.call("Authorize", { idToken: ANNA }));
    for (const eventType of ["BatteryIn", "BatteryOut"]) {
      const swap = {
        requestId: 1,
        idToken: ANNA,
        eventType,
        batteryData: [{ evseId: 1, serialNumber: "B1", soC: 20, soH: 95 }],
      };
      await driven(h, h.station.driver.call("BatterySwap", swap));
      assert.deepEqual(h.payloads("BatterySwap").at(-1), swap);
    }
    assert.deepEqual(story(h), [
      "Authorize",
      "BatterySwap BatteryIn",
      "BatterySwap BatteryOut",
    ]);
  },
);

useCase(
  ["S04"],
  "a battery charges in its place as a car does, with a token of the station's own",
  async (h) => {
    await charge(h, { idToken: "BATTERY", type: "Local" });
    await h.clock.advance(600_000);
    assert.deepEqual(h.payloads("Authorize"), []);
    assert(h.station.meter(1)!.importWh > 1_000);
  },
);
