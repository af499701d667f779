import { PROGRAM } from "./bundle.ts";
import { runFlags } from "./project.ts";
import { runDeno } from "./run_deno.ts";

/** What is to be compiled. */
export interface CompileOptions {
  /** The bundled program. */
  readonly program: string;
  readonly triple: string;
  /** Where the executable goes. */
  readonly output: string;
  /** A base runtime to use in place of Deno's cache and download. */
  readonly denort?: string | undefined;
  /** `false`: a base runtime that is not in Deno's cache is not fetched. */
  readonly download?: boolean | undefined;
}

/** An executable, or why there is none. */
export type Compiled =
  | { readonly made: true; readonly listing: string }
  | { readonly made: false; readonly why: string };

/** A proxy that refuses: port 9 is for throwing away. */
const NOWHERE = "http://127.0.0.1:9";

/** Compiles the bundled program. Nothing is embedded but it. */
export async function compileProgram(options: CompileOptions): Promise<Compiled> {
  const { program, triple, output, denort, download = true } = options;
  const run = await runDeno([
    ...["compile", "--no-config", "--no-lock", "--no-npm", "--no-remote", "--no-check"],
    ...["--app-name", "ocpp-emu", "--target", triple, ...runFlags()],
    ...["-o", output, program],
  ], { DENORT_BIN: denort, ...(download ? {} : { HTTPS_PROXY: NOWHERE }) });
  if (run.success) return { made: true, listing: run.output };
  return { made: false, why: whyNot(run.output, triple) };
}

/**
 * The files that `deno compile` says it embedded.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const said = "Embedded Files\n\nocpp-emu\n└── ocpp-emu.js (1.11MB)\n\nFiles: 1.12MB\n";
 * assert.deepEqual(embeddedFiles(said), ["ocpp-emu.js"]);
 * ```
 */
export function embeddedFiles(listing: string): string[] {
  const [, tree = ""] = /Embedded Files\n\n([\s\S]*?)\n\n/.exec(listing) ?? [];
  const lines = tree.split("\n");
  // A single file stands in the first line, behind the path of its folder.
  const branches = lines.length === 1 ? lines : lines.slice(1);
  return branches.map((line) => line.replace(/^[│├└─\s]+/, "").replace(/ \([^)]*\)$/, ""))
    .map((name) => name.endsWith(`/${PROGRAM}`) ? PROGRAM : name);
}

function whyNot(output: string, triple: string): string {
  const why = output.trimEnd();
  if (!/base binary|denort/i.test(why)) return `Cannot compile for ${triple}:\n${why}`;
  const [cause = "no reason given"] = /error sending request[^\n]*|(?<=\d: )[^\n]*denort[^\n]*/i
    .exec(why) ?? [];
  return `Cannot compile for ${triple}: the base runtime "denort" of Deno ${Deno.version.deno} ` +
    `is missing (${cause}); give its path as DENORT_BIN`;
}
