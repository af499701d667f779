import assert from "node:assert/strict";
import { Program } from "../support/process.ts";
import { within } from "../support/connection_harness.ts";
import { configFor, ready, realCsms, serve, THREE } from "./support.ts";

Deno.test("every frame of every version is looked up, followed, exported and deleted", async () => {
  await using csms = await realCsms();
  await using program = await serve(csms.url);
  await ready(program);
  for (const { id } of THREE) {
    const { body } = await program.get(`/api/messages?stationId=${id}&action=BootNotification`);
    const [answer, call] = body.messages;
    assert.deepEqual([call.direction, call.type, call.latencyMs], ["out", "call", null]);
    assert.deepEqual([answer.direction, answer.type, answer.id], ["in", "result", call.id]);
    assert(answer.latencyMs > 0);
    assert.equal(JSON.parse(call.text)[2], "BootNotification");
  }

  const url = await program.url();
  const stream = await fetch(`${url}/api/messages/stream?type=garbage`);
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  await reader.read();
  await program.post("/api/connections/CP21/send", "no frame");
  const event = await within("the frame in the stream", reader.read());
  assert.match(event.value!, /"stationId":"CP21","direction":"out","type":"garbage"/);
  await reader.cancel();

  const lines = (await (await fetch(`${url}/api/messages/export`)).text()).trimEnd().split("\n");
  assert(lines.length >= 7, `${lines.length}`);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  assert.match(metrics, /^ocpp_emu_frames_total\{direction="out",type="garbage"\} 1$/m);
  assert.match(metrics, /^process_resident_memory_bytes [1-9]\d{7,}$/m);

  const removed = await fetch(`${url}/api/messages?type=garbage`, { method: "DELETE" });
  assert.equal((await removed.json()).deleted, 1);
  assert.equal(await program.stop(), 0);
});

Deno.test("a second process on the same store ends with 1 and says why", async () => {
  await using csms = await realCsms();
  await using first = await serve(csms.url);
  await ready(first);
  const environment = { OCPP_EMU_STORAGE__PATH: `${first.folder}/data/ocpp-emu.db` };
  const second = await Program.run(["serve"], { config: configFor(csms.url), environment });
  assert.equal(second.code, 1);
  assert.match(second.complaints, /^Cannot open the store ".*": another process uses it: stop /);
  assert.equal(await first.stop(), 0);
});
