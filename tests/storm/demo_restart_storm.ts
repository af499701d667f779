import assert from "node:assert/strict";
import { within } from "../support/connection_harness.ts";
import { Program } from "../support/process.ts";

Deno.test("the demo's CSMS crashes after 20 s, says so, and all stations are back by themselves", async () => {
  await using program = await Program.start(["demo", "--port", "0"]);
  await program.line(/Ctrl\+C ends the demo/);
  const url = /^ {2}(http:\S+)\/health$/m.exec(program.output.join("\n"))![1]!;
  assert.deepEqual(await ready(url), { status: "ready" });

  program.patienceMs = 40_000;
  await program.line(/WARN {2}The CSMS of the demo crashes now/);
  for (const id of ["CP-1.6", "CP-2.0.1", "CP-2.1"]) {
    await program.line(new RegExp(`WARN {2}Connection lost: .* station=${id} `));
  }
  assert.equal((await fetchJson(`${url}/health`)).stations.connected, 0);
  await program.line(/INFO {2}The CSMS of the demo is back/);
  assert.deepEqual(await ready(url), { status: "ready" });
  assert.deepEqual((await fetchJson(`${url}/health`)).stations, { connected: 3, total: 3 });
  assert.equal(await program.stop(), 0);
  assert.deepEqual(program.complaints, []);
});

async function ready(url: string): Promise<unknown> {
  return await within("/ready", fetchJson(`${url}/ready?timeout=15s`), 20_000);
}

// deno-lint-ignore no-explicit-any -- whatever JSON holds
async function fetchJson(url: string): Promise<any> {
  return await (await fetch(url)).json();
}
