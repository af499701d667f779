import assert from "node:assert/strict";
import { MAIN, Program } from "../support/process.ts";
import { configFor, ready, realCsms } from "./support.ts";

// The program, with a part that fails in the two ways that nobody catches, when it is told to.
const script = `
Deno.addSignalListener("SIGUSR2", () => {
  setTimeout(() => { throw new Error("a handler threw"); }, 0);
  void Promise.reject(new Error("a promise was rejected"));
});
await import(${JSON.stringify(MAIN.href)});
`;
const ignore = Deno.build.os === "windows";

Deno.test("serve outlives a throwing handler and a rejected promise", { ignore }, async () => {
  await using csms = await realCsms();
  await using program = await Program.start(["serve"], {
    config: configFor(csms.url),
    script: "failing.ts",
    files: { "failing.ts": script },
  });
  await ready(program);
  program.signal("SIGUSR2");
  for (const what of ["a handler threw", "a promise was rejected"]) {
    const line = await program.logged(new RegExp(`${what}$`), { level: "error" });
    assert.match(line.message, /^An error that nobody caught, the program goes on: /);
    assert.match(String(line.stack), /failing\.ts/);
  }
  assert.equal((await program.get("/health")).body.stations.connected, 3);
  assert.equal(await program.stop(), 0);
});

for (const command of ["demo", "csms"]) {
  Deno.test(
    `${command} outlives a throwing handler and a rejected promise`,
    { ignore },
    async () => {
      await using program = await Program.start([command, "--port", "0"], {
        script: "failing.ts",
        files: { "failing.ts": script },
      });
      await program.line(/Ctrl\+C ends the demo|The CSMS listens/);
      program.signal("SIGUSR2");
      await program.line(/ERROR An error that nobody caught.*a handler threw/);
      await program.line(/ERROR An error that nobody caught.*a promise was rejected/);
      assert.equal(await program.stop(), 0);
    },
  );
}
