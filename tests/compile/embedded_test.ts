/** What is inside: all that the program can reach, and nothing else. */
import assert from "node:assert/strict";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleProgram, PROGRAM } from "../../tools/compile/bundle.ts";
import { compileProgram, embeddedFiles } from "../../tools/compile/compile_program.ts";
import { ROOT } from "../../tools/compile/project.ts";
import { runDeno } from "../../tools/compile/run_deno.ts";

const folder = await Deno.makeTempDir({ prefix: "ocpp-emu-embedded-" });
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
const program = await bundleProgram(folder, ["--sourcemap", "external"]);
const text = await Deno.readTextFile(program);

/** The files that the bundle was made of. */
const inside = new Set<string>(
  JSON.parse(await Deno.readTextFile(`${program}.map`)).sources.map((source: string) =>
    source.startsWith("file:") ? fileURLToPath(source) : resolve(dirname(program), source)
  ),
);

interface Module {
  readonly specifier: string;
  readonly local?: string;
  readonly dependencies?: readonly { readonly code?: { readonly specifier?: string } }[];
}

/** The files of this repository that main.ts reaches when it runs, by `import` and `import()`. */
async function reachable(): Promise<Set<string>> {
  const main = fileURLToPath(new URL("main.ts", ROOT));
  const { success, output } = await runDeno(["info", "--json", main]);
  assert(success, output);
  const { roots, modules } = JSON.parse(output.slice(output.indexOf("{")));
  const known = new Map<string, Module>(
    modules.map((module: Module) => [module.specifier, module]),
  );
  const found = new Set<string>(roots);
  for (const specifier of found) {
    for (const { code } of known.get(specifier)?.dependencies ?? []) {
      if (code?.specifier !== undefined) found.add(code.specifier);
    }
  }
  return new Set(
    Array.from(found).filter((url) => url.startsWith("file:")).map((url) => fileURLToPath(url)),
  );
}

function isPackage(path: string): boolean {
  return /[/\\](npm|node_modules)[/\\]/.test(path);
}

Deno.test("every file that the program can reach is inside, and no file else", async () => {
  const reached = await reachable();
  const root = fileURLToPath(ROOT);
  const absent = Array.from(reached).filter((path) => !inside.has(path))
    .map((path) => path.slice(root.length).replaceAll("\\", "/"));
  // Doors have no code of their own; the virtual clock is for tests, and is shaken off.
  const explained = (path: string) =>
    /^src\/\w+\/mod\.ts$/.test(path) || path === "src/clock/virtual_clock.ts";
  assert.deepEqual(absent.filter((path) => !explained(path)), []);
  assert(inside.has(`${root}config.yaml`), "the config that ships");
  for (const path of inside) assert(reached.has(path) || isPackage(path), `${path} is not reached`);
});

Deno.test("of packages only hono, yaml and zod are inside, and none for development", () => {
  const packages = new Set(
    Array.from(inside).filter(isPackage).map((path) =>
      /[/\\](?:npm[/\\][^/\\]+|node_modules)[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)[^]*$/.exec(path)?.[1]
    ),
  );
  assert.deepEqual(Array.from(packages).sort(), ["hono", "yaml", "zod"]);
});

Deno.test("nothing is loaded from outside but what Deno itself has", () => {
  const outside = text.matchAll(/^import\s[^;]*?from\s*"([^"]+)"|\bimport\("([^"]+)"\)/gm);
  const specifiers = Array.from(outside, (match) => match[1] ?? match[2]!);
  assert(specifiers.includes("node:sqlite"), "the search finds imports");
  for (const specifier of specifiers) assert.match(specifier, /^node:/);
});

Deno.test("a start loads no module of Node that most runs do without, no CommonJS, and one command", () => {
  const eager = Array.from(
    text.matchAll(/^import\s[^;]*?from\s*"(node:[^"]+)"/gm),
    ([, name]) => name,
  );
  assert.deepEqual([...new Set(eager)].sort(), ["node:path", "node:sqlite", "node:util"]);
  assert.doesNotMatch(text, /\b__commonJS\b/);
  for (const command of ["serve", "demo", "csms", "check"]) {
    assert.match(text, new RegExp(`${command}: async .*=> \\(?init_${command}\\d*\\(`), command);
  }
});

Deno.test("deno compile embeds the bundled program and nothing else", async () => {
  // Deno in place of its base runtime: what comes out does not run, but is put together as ever.
  const compiled = await compileProgram({
    program,
    triple: Deno.build.target,
    output: `${folder}/dry-run`,
    denort: Deno.execPath(),
    download: false,
  });
  assert(compiled.made, compiled.made ? "" : compiled.why);
  assert.deepEqual(embeddedFiles(compiled.listing), [PROGRAM]);
});

Deno.test("without a base runtime the task says in one sentence what is missing", async () => {
  const compiled = await compileProgram({
    program,
    triple: "aarch64-apple-darwin",
    output: `${folder}/never`,
    denort: `${folder}/no-such-denort`,
    download: false,
  });
  assert(!compiled.made);
  assert.match(
    compiled.why,
    /^Cannot compile for aarch64-apple-darwin: the base runtime "denort" of Deno \S+ is missing \(.*\); give its path as DENORT_BIN$/,
  );
});
