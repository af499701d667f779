/**
 * Builds the one file that is downloaded: `deno task compile` for this machine, `deno task compile:all`
 * an archive for each target of the table. Where Deno's base runtime cannot be had, this machine gets
 * the portable form instead, and the other targets are left out.
 *
 *     deno run -q -P=test --no-prompt tools/compile/compile.ts [--all] [--dist FOLDER] [--portable]
 *
 * @module
 */
import { parseArgs } from "node:util";
import { archiveName, targetOf, TARGETS } from "./targets.ts";
import { build } from "./build.ts";
import { releaseArchive } from "./release.ts";
import { bundleProgram } from "./bundle.ts";
import { sha256 } from "./portable.ts";
import { VERSION } from "./project.ts";

const { values } = parseArgs({
  options: {
    all: { type: "boolean", default: false },
    dist: { type: "string", default: "dist" },
    portable: { type: "boolean", default: false },
  },
});
const { all, dist, portable } = values;
const host = Deno.build.target;
const missing: string[] = [];
const sums: string[] = [];

await Deno.mkdir(dist, { recursive: true });
const folder = await Deno.makeTempDir({ prefix: "ocpp-emu-compile-" });
try {
  const program = await bundleProgram(folder);
  for (const target of all ? TARGETS : [targetOf(host)]) {
    const output = `${all ? folder : dist}/${target.executable}`;
    const made = await build({
      program,
      target,
      output,
      portable: portable && target.triple === host,
    });
    for (const why of made.notes) say(why);
    if (made.form === null) missing.push(target.triple);
    else if (!all) await note(output, target.executable, made.form);
    else {
      const name = archiveName(VERSION, target);
      await Deno.writeFile(`${dist}/${name}`, await releaseArchive(target, output));
      await note(`${dist}/${name}`, name, made.form);
    }
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
await Deno.writeTextFile(`${dist}/SHA256SUMS`, sums.map((line) => `${line}\n`).join(""));
if (missing.length > 0) {
  say(`Left out: ${missing.join(", ")}`);
  Deno.exit(1);
}

async function note(path: string, name: string, form: string): Promise<void> {
  const bytes = await Deno.readFile(path);
  sums.push(`${sha256(bytes)}  ${name}`);
  say(`${path}: ${form}, ${(bytes.length / 1e6).toFixed(1)} MB`);
}

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
