/**
 * The forms in which a user gets the program: run from source, and what `deno task compile` builds here.
 * Each built file lies alone in a folder of its own.
 *
 * @module
 */
import { build } from "../../tools/compile/build.ts";
import { bundleProgram } from "../../tools/compile/bundle.ts";
import { compileProgram } from "../../tools/compile/compile_program.ts";
import { targetOf } from "../../tools/compile/targets.ts";
import type { Form } from "../../src/cli/mod.ts";

/** One form of the program. */
export interface BuiltForm {
  readonly form: Form;
  /** `undefined`: it runs from source. */
  readonly executable: string | undefined;
  /** The same form with other code in it, which runs under the same permissions. */
  around(program: string): Promise<string | undefined>;
}

/** Every form that this machine can build, and why one is left out. */
export interface Forms extends AsyncDisposable {
  readonly forms: readonly BuiltForm[];
  readonly leftOut: readonly string[];
}

/** Not pressed, because that is quicker. */
const LEVEL = 0;

/** Builds what can be built without a download: the base runtime of Deno may lie in its cache. */
export async function buildForms(): Promise<Forms> {
  const folder = await Deno.makeTempDir({ prefix: "ocpp-emu-forms-" });
  const target = targetOf(Deno.build.target);
  const leftOut: string[] = [];
  const forms: BuiltForm[] = [
    { form: "source", executable: undefined, around: () => Promise.resolve(undefined) },
  ];
  let count = 0;
  async function place(): Promise<string> {
    const own = `${folder}/${count++}`;
    await Deno.mkdir(own);
    return `${own}/${target.executable}`;
  }
  async function file(program: string, portable: boolean) {
    const output = await place();
    const options = { program, target, output, portable, level: LEVEL, download: false };
    return { output, ...await build(options) };
  }
  const bundle = await bundleProgram(folder);
  const compiled = await file(bundle, false);
  if (compiled.form === "compiled") {
    const around = async (program: string) => {
      const options = { program, triple: target.triple, output: await place() };
      await compileProgram({ ...options, denort: Deno.env.get("DENORT_BIN"), download: false });
      return options.output;
    };
    forms.push({ form: "compiled", executable: compiled.output, around });
  } else {
    leftOut.push(`compiled: ${compiled.notes[0]}`);
  }
  // Where nothing could be compiled, the portable form stands there already.
  const portable = compiled.form === "portable" ? compiled : await file(bundle, true);
  if (portable.form === "portable") {
    const around = async (program: string) => (await file(program, true)).output;
    forms.push({ form: "portable", executable: portable.output, around });
  } else {
    leftOut.push(`portable: ${portable.notes[0]}`);
  }
  return {
    forms,
    leftOut,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
