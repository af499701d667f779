/**
 * One test for every form: from source, portable, and compiled where Deno's base runtime lies in the
 * cache or DENORT_BIN names it. The names of the steps say which of them ran, and why one did not.
 */
import assert from "node:assert/strict";
import { dirname } from "node:path";
import deno from "../../deno.json" with { type: "json" };
import { MAIN, Program, type StartOptions } from "../support/process.ts";
import { buildForms, type BuiltForm } from "../support/forms.ts";

/** What a folder may hold that Deno would obey, if it were let. */
const TRAPS = {
  "deno.json": '{ "imports": { "zod": "./nowhere.ts" }, "lock": { "frozen": true }, broken',
  "deno.lock": "broken",
  "package.json": '{ "type": "commonjs", "dependencies": { "hono": "0.0.0" }, broken',
  ".npmrc": "registry=http://127.0.0.1:9/",
  ".env": "OCPP_EMU_SERVER__PORT=wrong",
};

/** Tries what a charging station never needs, and says how each ended. */
const PROBE = `
const tries = {
  run: () => new Deno.Command("true").outputSync(),
  ffi: () => Deno.dlopen("libc.so.6", {}),
  sys: () => Deno.osRelease(),
  net: () => Deno.listen({ hostname: "127.0.0.1", port: 0 }).close(),
  read: () => Deno.statSync("."),
  write: () => Deno.mkdirSync("probe"),
  env: () => Deno.env.toObject(),
};
for (const [name, attempt] of Object.entries(tries)) {
  let said = "allowed";
  try { attempt(); } catch (error) { said = error.name; }
  console.log(name + " " + said);
}
`;

Deno.test("every form of the program does the same", async (t) => {
  await using built = await buildForms();
  for (const why of built.leftOut) await t.step({ name: `without ${why}`, ignore: true, fn() {} });
  for (const form of built.forms) await usesOf(form, t);
});

async function usesOf({ form, executable, around }: BuiltForm, t: Deno.TestContext) {
  const home = await Deno.makeTempDir({ prefix: "ocpp-emu-home-" });
  // From source Deno needs its cache of packages, and obeys what lies around.
  const alone: StartOptions = executable === undefined ? {} : {
    executable,
    files: TRAPS,
    environment: { HOME: home, XDG_CACHE_HOME: "", TMPDIR: `${home}/tmp` },
  };
  const start = (...args: string[]) => Program.start(args, alone);

  await t.step(`${form}: --version tells which form it is`, async () => {
    const { code, output } = await Program.run(["--version"], alone);
    assert.deepEqual([code, output], [0, `ocpp-emu ${deno.version} (${form})`]);
  });

  await t.step(`${form}: config prints the file that ships`, async () => {
    const { code, output } = await Program.run(["config"], alone);
    assert.equal(code, 0);
    assert.equal(`${output}\n`, await Deno.readTextFile(new URL("config.yaml", MAIN)));
  });

  await t.step(`${form}: the demo is healthy, ready, and ends with 0 at SIGTERM`, async () => {
    await using program = await start("demo", "--port", "0");
    const health = new URL((await program.line(/^ {2}http:.*\/health$/)).trim());
    const { stations } = await (await fetch(health)).json();
    assert.equal(stations.total, 3);
    const ready = await fetch(new URL("/ready?timeout=10s", health));
    assert.deepEqual([ready.status, await ready.json()], [200, { status: "ready" }]);
    assert.equal(await program.stop(), 0);
    assert.deepEqual(program.complaints, []);
  });

  await t.step(`${form}: what it keeps is there in the next run`, async () => {
    const folder = executable === undefined ? home : dirname(executable);
    const config = `${folder}/config.yaml`;
    await Deno.writeTextFile(config, "server: { port: 0 }\nstorage: { path: kept.db }\n");
    const args = executable === undefined ? ["--config", config] : [];
    {
      await using program = await start(...args);
      const { config: found } = await program.logged(/^Started$/);
      assert.equal(found, config);
      const made = await program.post("/api/stations", '{ "id": "KEPT", "autoStart": false }');
      assert.equal(made.status, 201);
      assert.equal(await program.stop(), 0);
    }
    await using program = await start(...args);
    const { body } = await program.get("/api/stations");
    assert.deepEqual([body.count, body.stations[0].id], [1, "KEPT"]);
    assert.equal(await program.stop(), 0);
    assert(Deno.statSync(`${folder}/kept.db`).isFile);
  });

  await t.step(`${form}: a wrong command ends with 2`, async () => {
    const { code, complaints } = await Program.run(["sevre", "a b", "*"], alone);
    assert.equal(code, 2);
    assert.match(complaints, /^No such command "sevre"/);
  });

  await t.step(`${form}: programs, native libraries and system facts are refused`, async () => {
    const probe = `${home}/probe.js`;
    await Deno.writeTextFile(probe, PROBE);
    const other = await around(probe);
    const options = other === undefined
      ? { script: "probe.js", files: { "probe.js": PROBE } }
      : { ...alone, executable: other };
    const { code, output } = await Program.run([], options);
    assert.equal(code, 0);
    assert.deepEqual(output.split("\n"), [
      "run NotCapable",
      "ffi NotCapable",
      "sys NotCapable",
      "net allowed",
      "read allowed",
      "write allowed",
      "env allowed",
    ]);
  });

  await Deno.remove(home, { recursive: true });
}
