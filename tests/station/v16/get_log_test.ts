import assert from "node:assert/strict";
import { LogUploads } from "../../../src/station/service/log_uploads.ts";
import { getLog } from "../../../src/station/v16/get_log.ts";
import { FakeHost } from "../service/support.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey } from "./support.ts";

Deno.test("GetLog answers with the file's name, and whether it called one off (whitepaper N01.FR.01, 11)", async () => {
  const host = new FakeHost();
  const charger = fakeCharger({ logs: new LogUploads(host) });
  const ask = () =>
    obey("GetLog", getLog, charger, {
      requestId: 7,
      logType: "SecurityLog",
      log: { remoteLocation: "ftp://example.org/", latestTimestamp: "2026-01-01T00:00:00Z" },
    });
  const { payload, after } = await ask();
  assert.equal(payload.status, "Accepted");
  assert.match(payload.filename!, /_SecurityLog_/);
  after();
  assert.equal((await ask()).payload.status, "AcceptedCanceled");
  await host.clock.settle();
  const { kind, from, to, requestId } = charger.services.logs.job!.request;
  assert.deepEqual([kind, from, to, requestId], ["SecurityLog", null, Date.UTC(2026, 0), 7]);
});
