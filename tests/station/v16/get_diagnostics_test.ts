import assert from "node:assert/strict";
import { LogUploads } from "../../../src/station/service/log_uploads.ts";
import { getDiagnostics } from "../../../src/station/v16/get_diagnostics.ts";
import { FakeHost } from "../service/support.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey } from "./support.ts";

Deno.test("GetDiagnostics answers with the file's name and uploads afterwards (1.6 §5.8)", async () => {
  const host = new FakeHost();
  const charger = fakeCharger({ logs: new LogUploads(host) });
  const { payload, after } = await obey("GetDiagnostics", getDiagnostics, charger, {
    location: "ftp://example.org/",
    retries: 2,
    retryInterval: 5,
    startTime: "2026-01-01T00:00:00Z",
  });
  assert.match(payload.fileName!, /_DiagnosticsLog_/);
  assert.deepEqual(host.said, []);
  after();
  await host.clock.settle();
  assert.deepEqual(host.statuses("logStatus"), ["Uploading", "NotSupportedOperation"]);
  assert.deepEqual(charger.services.logs.job!.request, {
    requestId: null,
    kind: "DiagnosticsLog",
    location: "ftp://example.org/",
    from: Date.UTC(2026, 0),
    to: null,
    retries: 2,
    retryIntervalMs: 5_000,
  });
});
