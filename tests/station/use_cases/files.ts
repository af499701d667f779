import assert from "node:assert/strict";
import { serve } from "../service/support.ts";
import { ALICE, charge, driven, fromNow, untilSaid, withStation } from "./support.ts";
import { useCase } from "./use_case.ts";

useCase(
  ["§5.19", "§4.5", "§8.1"],
  "firmware is fetched over HTTP, installed when nobody charges, and the station boots with it",
  async () => {
    await using files = serve(() => new Response("the new firmware"));
    await withStation(async (h) => {
      await charge(h);
      const location = `${files.url}/firmware-2.0.0.bin`;
      const answer = await h.call("UpdateFirmware", { location, retrieveDate: fromNow(h, 0) });
      assert.deepEqual(answer, {});
      await untilSaid(h, "FirmwareStatusNotification Downloaded");
      await h.clock.advance(60_000);
      assert(!h.said.includes("FirmwareStatusNotification Installing"), "somebody charges");
      await driven(h, h.station.driver.authorize(1, ALICE));
      await h.clock.advance(10_000);
      assert(h.said.includes("FirmwareStatusNotification Installing"));
      await h.lose();
      await h.open();
      await h.clock.settle();
      assert.equal(h.only("BootNotification").firmwareVersion, "2.0.0");
      assert(h.said.includes("FirmwareStatusNotification Installed"));
    });
  },
);

useCase(
  ["§5.19", "§4.5"],
  "firmware waits for its time, and one that cannot be had is told after its retries",
  async () => {
    await using files = serve(() => new Response("not here", { status: 404 }));
    await withStation(async (h) => {
      const location = `${files.url}/firmware.bin`;
      const retrieveDate = fromNow(h, 3_600_000);
      await h.call("UpdateFirmware", { location, retrieveDate, retries: 1, retryInterval: 60 });
      await h.clock.advance(3_599_000);
      assert.equal(files.requests.length, 0);
      await h.clock.advance(1_000);
      assert.deepEqual(h.said.filter((one) => one !== "Heartbeat"), [
        "FirmwareStatusNotification Downloading",
      ]);
    });
  },
);

useCase(["§5.9", "§4.4", "§8.2"], "diagnostics go to the place that the CSMS names", async () => {
  await using files = serve(() => new Response(null, { status: 201 }));
  await withStation(async (h) => {
    const { fileName } = await h.call("GetDiagnostics", { location: `${files.url}/logs/` });
    await untilSaid(h, "DiagnosticsStatusNotification Uploaded");
    assert.deepEqual(h.said, [
      "DiagnosticsStatusNotification Uploading",
      "DiagnosticsStatusNotification Uploaded",
    ]);
    const [upload] = files.requests;
    assert(String(upload?.url).includes(String(fileName)), String(upload?.url));
    assert.match(upload!.body, /Accepted by the CSMS/);
  });
});

useCase(
  ["§5.9", "§4.4", "§8.2"],
  "what cannot be uploaded is told",
  () =>
    withStation(async (h) => {
      await h.call("GetDiagnostics", { location: "ftp://files.example/logs" });
      await h.clock.advance(1_000);
      assert.equal(h.said.at(-1), "DiagnosticsStatusNotification UploadFailed");
    }),
);
