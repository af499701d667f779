import type { World } from "../app.ts";
import type { Csms, CsmsOptions } from "../csms/mod.ts";
import type { Form } from "./form.ts";

/** What the commands need of the world beside what the app needs. */
export interface CliWorld extends World {
  readonly form: Form;
  /** The config.yaml that ships: every key with its default. */
  readonly defaultConfig: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly workingFolder: string;
  /** Where the file lies that the user started; `null` when it runs from source. */
  readonly executableFolder: string | null;
  readonly files: {
    exists(path: string): boolean;
    /** @throws what reading a file throws */
    readText(path: string): string;
  };
  startCsms(options: CsmsOptions): Promise<Csms>;
  /** Standard output. */
  print(text: string): void;
  /** Standard error. */
  complain(text: string): void;
  /** Calls `stop` for each SIGINT and SIGTERM; the answer takes the handlers away again. */
  onSignal(stop: () => void): () => void;
  /** Hears of errors that nobody caught, and keeps the process alive. */
  onUncaught(report: (thrown: unknown) => void): () => void;
  /** Ends the process now, whatever is under way. */
  exit(code: number): never;
}
