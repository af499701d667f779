import type { Form } from "../../src/cli/mod.ts";
import { compileProgram } from "./compile_program.ts";
import { portableForm } from "./portable.ts";
import type { Target } from "./targets.ts";

/** What is to be built. */
export interface BuildOptions {
  /** The bundled program. */
  readonly program: string;
  readonly target: Target;
  /** Where the file goes. */
  readonly output: string;
  /** The portable form at once, without a try to compile. */
  readonly portable?: boolean;
  /** `false`: a base runtime that is not in Deno's cache is not fetched. */
  readonly download?: boolean;
  /** How hard gzip tries in the portable form, 0 (not at all) to 9. */
  readonly level?: number;
}

/** Which form was built, `null` for none; and what is to be told of it. */
export interface Built {
  readonly form: Form | null;
  readonly notes: readonly string[];
}

/** Builds the file for one target: compiled, else for this machine the portable form. */
export async function build(options: BuildOptions): Promise<Built> {
  const { program, target: { triple }, output, portable = false, level, download } = options;
  const isHost = triple === Deno.build.target;
  const notes: string[] = [];
  // deno compile does not write over a file that it did not make, and what runs now stays whole.
  await Deno.remove(output).catch(() => {});
  if (!portable) {
    // What DENORT_BIN names is for this machine: another target has to come from cache or download.
    const denort = isHost ? Deno.env.get("DENORT_BIN") : undefined;
    const compiled = await compileProgram({ program, triple, output, denort, download });
    const why = compiled.made ? await doubt(output, isHost) : compiled.why;
    if (why === null) return { form: "compiled", notes };
    notes.push(why);
    await Deno.remove(output).catch(() => {});
  }
  if (!isHost) return { form: null, notes };
  if (Deno.build.os === "windows") {
    notes.push("Cannot build the portable form on Windows: it needs a POSIX shell");
    return { form: null, notes };
  }
  if (!portable) notes.push("Building the portable form in its place");
  const [runtime, bundle] = [await Deno.readFile(Deno.execPath()), await Deno.readFile(program)];
  const bytes = await portableForm({
    runtime,
    program: bundle,
    ...(level === undefined ? {} : { level }),
  });
  await Deno.writeFile(output, bytes, { mode: 0o755 });
  await Deno.chmod(output, 0o755);
  return { form: "portable", notes };
}

/** Why an executable that was made for this machine is none: DENORT_BIN may name a whole Deno. */
async function doubt(output: string, isHost: boolean): Promise<string | null> {
  if (!isHost) return null;
  const { stdout } = await new Deno.Command(await Deno.realPath(output), { args: ["--version"] })
    .output();
  const said = new TextDecoder().decode(stdout).trim();
  if (/^ocpp-emu \S+ \(compiled\)$/.test(said)) return null;
  return `Cannot use the base runtime: what was compiled with it says "${said.split("\n")[0]}" ` +
    'to --version; DENORT_BIN must name a "denort", not a "deno"';
}
