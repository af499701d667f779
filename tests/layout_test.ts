import assert from "node:assert/strict";

/** Rooms in the order in which they may import: only from those before them. */
const ORDER = [
  "clock",
  "log",
  "config",
  "ocpp",
  "connection",
  "store",
  "station",
  "csms",
  "http",
  "app",
  "cli",
  "main",
];

/** Hand-written files stay near 250 lines. */
const MOST_LINES = 260;

interface Source {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  /** Without comments, so that prose may say what code must not. */
  readonly code: string;
}

const root = new URL("../", import.meta.url);
const sources = [read("main.ts"), ...walk("src").map(read)];

function walk(folder: string): string[] {
  return Array.from(Deno.readDirSync(new URL(`${folder}/`, root))).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory ? walk(path) : path.endsWith(".ts") ? [path] : [];
  });
}

function read(path: string): Source {
  const text = Deno.readTextFileSync(new URL(path, root));
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
  const room = path === "main.ts" ? "main" : path.split("/")[1]!.replace(/\.ts$/, "");
  return { path, room, text, code };
}

function isGenerated({ text }: Source): boolean {
  return /^\/\/.*generated/i.test(text);
}

function importsOf({ path, code }: Source): string[] {
  const found = code.matchAll(
    /^(?:import|export)\s(?:[^;"]*?\sfrom\s)?\s*"([^"]+)"|\bimport\(\s*"([^"]+)"/gm,
  );
  return Array.from(found, (match) => (match[1] ?? match[2])!).map((specifier) =>
    specifier.startsWith(".") ? new URL(specifier, `file:///${path}`).pathname.slice(1) : specifier
  );
}

function roomOf(path: string): string {
  return path === "main.ts" ? "main" : path.split("/")[1]!.replace(/\.ts$/, "");
}

Deno.test("every room is in the order of rooms", () => {
  for (const { path, room } of sources) assert(ORDER.includes(room), `${path}: unknown room`);
});

Deno.test("imports point to rooms on the left", () => {
  for (const source of sources) {
    for (const target of importsOf(source)) {
      if (!target.startsWith("src/") || roomOf(target) === source.room) continue;
      const [from, to] = [ORDER.indexOf(source.room), ORDER.indexOf(roomOf(target))];
      assert(to < from, `${source.path} imports ${target}, which is on its right`);
    }
  }
});

Deno.test("rooms import each other through the door", () => {
  for (const source of sources) {
    for (const target of importsOf(source)) {
      if (!target.startsWith("src/") || roomOf(target) === source.room) continue;
      assert(
        target === "src/app.ts" || target === `src/${roomOf(target)}/mod.ts`,
        `${source.path} imports ${target} and not the door of its room`,
      );
    }
  }
});

Deno.test("connection and ocpp do not know each other", () => {
  for (const source of sources.filter(({ room }) => room === "connection")) {
    assert(!importsOf(source).some((path) => path.startsWith("src/ocpp/")), source.path);
  }
});

Deno.test("every room has a door that says what the room is for", () => {
  for (const room of new Set(sources.map((source) => source.room))) {
    if (room === "main" || room === "app") continue;
    const door = sources.find(({ path }) => path === `src/${room}/mod.ts`);
    assert(door !== undefined, `src/${room} has no mod.ts`);
    assert(/^\/\*\*[\s\S]{150,}?@module/.test(door.text), `src/${room}/mod.ts has no doc comment`);
  }
});

Deno.test("hand-written files stay near 250 lines", () => {
  for (const source of sources.filter((source) => !isGenerated(source))) {
    const lines = source.text.split("\n").length - 1;
    assert(lines <= MOST_LINES, `${source.path} has ${lines} lines`);
  }
});

Deno.test("timers, wall clock and chance appear only in the clock room", () => {
  const impure =
    /\b(setTimeout|setInterval|AbortSignal\.timeout|Date\.now|new Date\(\s*\)|performance\.now|Math\.random|crypto\.(randomUUID|getRandomValues))/;
  for (const { path, room, code } of sources) {
    if (room !== "clock") assert(!impure.test(code), `${path}: ${impure.exec(code)?.[0]}`);
  }
});

Deno.test("new WebSocket appears in one file", () => {
  const places = sources.filter(({ code }) => /new WebSocket\b/.test(code)).map(({ path }) => path);
  assert.deepEqual(places, ["src/connection/deno_dial.ts"]);
});

Deno.test("only the config room reads YAML, and only with what both packages offer", () => {
  for (const source of sources) {
    if (!importsOf(source).includes("@std/yaml")) continue;
    assert.equal(source.room, "config", source.path);
    const names = /import\s*\{([^}]*)\}\s*from\s*"@std\/yaml"/.exec(source.code)?.[1] ?? "?";
    for (const name of names.split(",").map((name) => name.trim()).filter(Boolean)) {
      assert(["parse", "stringify"].includes(name), `${source.path} imports ${name}`);
    }
  }
});

Deno.test("only shipped packages are imported", () => {
  for (const source of sources) {
    for (const target of importsOf(source)) {
      const isShipped = /^(src\/|deno\.json$|config\.yaml$|node:|hono(\/|$)|zod(\/|$)|@std\/yaml$)/
        .test(target);
      assert(isShipped, `${source.path} imports ${target}`);
    }
  }
});

Deno.test("main.ts has no OCPP word", () => {
  const main = sources.find(({ path }) => path === "main.ts");
  assert(main !== undefined && !/BootNotification|Heartbeat|CALL\b|ocpp\d/.test(main.text));
});

Deno.test("nothing is left for later", () => {
  for (const { path, text } of sources) assert(!/\b(TODO|FIXME|XXX)\b/.test(text), path);
});

Deno.test("every folder of tests is run: at once with others, after them, or as a storm", () => {
  const { test } = JSON.parse(Deno.readTextFileSync(new URL("deno.json", root))).tasks;
  for (const { name, isDirectory } of Deno.readDirSync(new URL("tests/", root))) {
    if (!isDirectory || name === "bench" || name === "storm") continue;
    assert(
      `${test.command} `.includes(` tests/${name} `),
      `the test task leaves out tests/${name}`,
    );
  }
});
