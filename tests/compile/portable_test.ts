/**
 * The shell script of the portable form, around a stand-in for Deno that says how it was started. What
 * it does with the real one is in tests/storm/forms_storm.ts.
 */
import assert from "node:assert/strict";
import { portableForm } from "../../tools/compile/portable.ts";
import { runFlags } from "../../tools/compile/project.ts";
import { within } from "../support/connection_harness.ts";

const ignore = Deno.build.os === "windows";

/** Prints its arguments and what it was told by environment, and ends with 7; or waits for a signal. */
const RUNTIME = `#!/bin/sh
[ "$1" = --version ] && exit 0
for argument; do echo "$argument"; done
echo "$DENO_DIR" "$PORTABLE_OCPP_EMU" "\${NODE_OPTIONS:-none}"
case "$*" in *wait) echo waits; exec sleep 60 ;; esac
exit 7
`;

const bytes = await portableForm({
  runtime: new TextEncoder().encode(RUNTIME),
  program: new TextEncoder().encode("the program"),
});

interface Ended {
  readonly code: number;
  readonly output: string;
  readonly complaints: string;
}

/** A folder with the portable file in it, and a home. */
class Place implements AsyncDisposable {
  readonly file: string;
  readonly home: string;

  private constructor(readonly folder: string) {
    this.file = `${folder}/ocpp-emu`;
    this.home = `${folder}/home`;
  }

  static async make(content = bytes): Promise<Place> {
    const place = new Place(await Deno.makeTempDir({ prefix: "ocpp-emu-portable-" }));
    await Deno.mkdir(place.home);
    await Deno.writeFile(place.file, content, { mode: 0o755 });
    return place;
  }

  /** The folder that both files are unpacked into when nothing else is asked for. */
  get cache(): string {
    return `${this.home}/.cache/ocpp-emu`;
  }

  command(args: readonly string[], env: Record<string, string> = {}): Deno.Command {
    const PATH = Deno.env.get("PATH") ?? "";
    return new Deno.Command(this.file, {
      args: [...args],
      cwd: this.folder,
      clearEnv: true,
      env: { PATH, HOME: this.home, TMPDIR: `${this.folder}/tmp`, LC_ALL: "C", ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    });
  }

  async run(args: readonly string[] = [], env: Record<string, string> = {}): Promise<Ended> {
    const { code, stdout, stderr } = await this.command(args, env).output();
    const decoder = new TextDecoder();
    return { code, output: decoder.decode(stdout), complaints: decoder.decode(stderr) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}

function filesOf(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
}

function test(name: string, body: () => Promise<void>): void {
  Deno.test(name, { ignore }, body);
}

test("it becomes the program: its arguments, its exit code, the flags of the set app", async () => {
  await using place = await Place.make();
  const args = ["serve", "--config", "a b.yaml", "*", "", "$HOME"];
  const { code, output, complaints } = await place.run(args, { NODE_OPTIONS: "--require=evil" });
  assert.deepEqual([code, complaints], [7, ""]);
  const lines = output.split("\n");
  const program = filesOf(place.cache).find((name) => name.endsWith(".js"));
  assert.deepEqual(lines.slice(0, -2), [
    ...["run", "-q", "--no-config", "--no-lock", "--no-npm", "--no-remote"],
    ...runFlags(),
    `${place.cache}/${program}`,
    ...args,
  ]);
  const real = Deno.realPathSync(place.file);
  assert.equal(lines.at(-2), `${place.cache}/deno ${real} none`);
  assert.equal(await Deno.readTextFile(`${place.cache}/${program}`), "the program");
});

test("it unpacks once, and anew what somebody deleted", async () => {
  await using place = await Place.make();
  await place.run();
  const files = filesOf(place.cache);
  assert.equal(files.length, 2);
  const stamp = (name: string) => Deno.statSync(`${place.cache}/${name}`).ino;
  const before = files.map(stamp);
  await place.run();
  assert.deepEqual(files.map(stamp), before);
  await Deno.remove(`${place.cache}/${files[0]}`);
  assert.equal((await place.run()).code, 7);
  assert.deepEqual(filesOf(place.cache), files);
  assert.equal(stamp(files[1]!), before[1]);
});

test("eight that start at once all run, and leave two whole files", async () => {
  await using place = await Place.make();
  const ended = await Promise.all(Array.from({ length: 8 }, () => place.run()));
  for (const { code, complaints } of ended) assert.deepEqual([code, complaints], [7, ""]);
  assert.equal(filesOf(place.cache).length, 2);
});

test("a signal reaches the program", async () => {
  await using place = await Place.make();
  const child = place.command(["wait"]).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  while (!said.includes("waits")) said += (await within("a line", reader.read())).value ?? "";
  child.kill("SIGTERM");
  const [{ signal }] = await within(
    "the end",
    Promise.all([child.status, reader.cancel(), child.stderr.cancel()]),
  );
  assert.equal(signal, "SIGTERM");
});

test("XDG_CACHE_HOME comes before HOME, unless it is relative", async () => {
  await using place = await Place.make();
  const xdg = `${place.folder}/xdg`;
  await place.run([], { XDG_CACHE_HOME: xdg });
  assert.equal(filesOf(`${xdg}/ocpp-emu`).length, 2);
  assert.deepEqual(filesOf(place.home), []);
  await place.run([], { XDG_CACHE_HOME: "xdg2" });
  assert.equal(filesOf(place.cache).length, 2);
});

test("without a home it goes to TMPDIR, into a folder that only its user can read", async () => {
  await using place = await Place.make();
  assert.equal((await place.run([], { HOME: "" })).code, 7);
  const [name] = filesOf(`${place.folder}/tmp`);
  assert.match(name!, /^ocpp-emu-\d+$/);
  assert.equal(Deno.statSync(`${place.folder}/tmp/${name}`).mode! & 0o777, 0o700);
});

test("a folder that cannot be written is left for the next one", async () => {
  await using place = await Place.make();
  const below = `${place.file}/not a folder`;
  assert.equal((await place.run([], { XDG_CACHE_HOME: below })).code, 7);
  assert.equal(filesOf(place.cache).length, 2);
});

test("a file that was cut short is said to be damaged, and nothing is unpacked", async () => {
  await using place = await Place.make(bytes.slice(0, -3));
  const { code, complaints } = await place.run();
  assert.equal(code, 1);
  const real = Deno.realPathSync(place.file);
  assert.equal(
    complaints,
    `Cannot start: "${real}" is damaged, get it anew: ` +
      `it has ${bytes.length - 3} bytes in place of ${bytes.length}\n`,
  );
  assert.deepEqual(filesOf(place.cache), []);
});

test("a file that carries something else than it says is not run", async () => {
  const other = bytes.slice();
  const at = new TextDecoder().decode(bytes.slice(0, 2_000)).indexOf("runtime_hash=") + 13;
  other[at] = other[at] === 0x30 ? 0x31 : 0x30;
  await using place = await Place.make(other);
  const { code, complaints } = await place.run();
  assert.equal(code, 1);
  assert.match(complaints, /is damaged, get it anew: what it carries has another SHA-256 than it/);
  assert.deepEqual(filesOf(place.cache), []);
});

test("a runtime that this machine cannot run is not kept, and is told", async () => {
  const runtime = new TextEncoder().encode("#!/bin/sh\necho 'no such loader' >&2\nexit 127\n");
  await using place = await Place.make(await portableForm({ runtime, program: bytes }));
  const { code, complaints } = await place.run([], { TMPDIR: `${place.file}/no` });
  assert.equal(code, 1);
  const [first, second] = complaints.split("\n");
  assert.equal(
    first,
    "Cannot start: no folder takes the program (set XDG_CACHE_HOME to one that can be written):",
  );
  assert.equal(
    second,
    `  ${place.cache}: does not run on this machine, it is for ${Deno.build.target}: no such loader`,
  );
  assert.deepEqual(filesOf(`${place.home}/.cache`), []);
});
