/** How a run of `deno` ended. */
export interface DenoRun {
  readonly success: boolean;
  /** Standard output and standard error, without colours. */
  readonly output: string;
}

/** Runs this Deno, and waits for it. A variable that is `undefined` is taken away. */
export async function runDeno(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<DenoRun> {
  const merged = { ...Deno.env.toObject(), NO_COLOR: "1", ...environment };
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(merged)) if (value !== undefined) env[name] = value;
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    clearEnv: true,
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const decoder = new TextDecoder();
  return { success, output: decoder.decode(stdout) + decoder.decode(stderr) };
}
