import type { Clock } from "../../clock/mod.ts";
import { describeError, type Log } from "../../log/mod.ts";
import type { Charger } from "../charger.ts";
import type { LogStatus } from "../spoken.ts";
import { inFolder, type Location, readLocation } from "./location.ts";
import { type RetryPlan, withRetries } from "./retries.ts";
import type { TransferEnd, Transfers } from "./transfers.ts";

/** The logs that a station has (LogEnumType). The diagnostics of 1.6 §5.8 are a DiagnosticsLog. */
export type LogKind = "DiagnosticsLog" | "SecurityLog";

/** A log to be uploaded. Plain JSON; times are milliseconds since 1970, `null`: no bound. */
export interface LogRequest extends RetryPlan {
  /** `null` for the GetDiagnostics of 1.6. */
  readonly requestId: number | null;
  readonly kind: LogKind;
  readonly location: string;
  readonly from: number | null;
  readonly to: number | null;
}

/** The answer to a request; `begin` is for after the answer. */
export interface LogAnswer {
  readonly status: "Accepted" | "AcceptedCanceled";
  readonly fileName: string;
  readonly begin: () => void;
}

/** What {@link LogUploads} need of their station. */
export interface LogHost {
  readonly id: string;
  readonly log: Log;
  readonly clock: Pick<Clock, "sleep">;
  readonly transfers: Transfers;
  readonly say: Charger["say"];
  /** The station's clock: milliseconds since 1970. */
  now(): number;
  /** Authorities that a file server may have beside the usual ones, PEM. */
  caCerts(): readonly string[];
  /** The lines of a log between two times (milliseconds since 1970), at most some MiB. */
  collectLog(kind: LogKind, from: number | null, to: number | null): string;
}

/** The upload of now, or the last one. Plain JSON. */
export interface LogJob {
  readonly request: LogRequest;
  readonly status: LogStatus;
  /** Whether the CSMS has heard of that status. */
  readonly isSaid: boolean;
}

/** What a transfer that did not succeed is called (whitepaper §6.19). */
const FAILURES = {
  aborted: "UploadFailure",
  denied: "PermissionDenied",
  failed: "UploadFailure",
  refused: "BadMessage",
  unsupported: "NotSupportedOperation",
} as const satisfies Record<Exclude<TransferEnd["kind"], "done">, LogStatus>;

/** Uploads logs by HTTP: 1.6 §5.8 (GetDiagnostics), whitepaper and 2.x N01 (GetLog). */
export class LogUploads {
  readonly #host: LogHost;
  #job: LogJob | null = null;
  /** Of the upload that is under way. */
  #stop: AbortController | null = null;

  constructor(host: LogHost) {
    this.#host = host;
  }

  /** What is being done, or was done last; `null`: nothing ever was. */
  get job(): LogJob | null {
    return this.#job;
  }

  /** What a triggered message says: Idle unless an upload is under way. */
  get current(): { readonly status: LogStatus; readonly requestId: number | null } {
    if (this.#job === null || this.#stop === null) return { status: "Idle", requestId: null };
    return { status: this.#job.status, requestId: this.#job.request.requestId };
  }

  /** Takes a request. A newer one ends an older one (N01.FR.11). */
  prepare(request: LogRequest): LogAnswer {
    const time = new Date(this.#host.now()).toISOString().replace(/[-:]|\.\d+/g, "");
    // An id may hold what no file name should.
    const id = this.#host.id.replace(/[^\w.-]/g, "_").slice(0, 100);
    const fileName = `${id}_${request.kind}_${time}.log`;
    return {
      status: this.#stop === null ? "Accepted" : "AcceptedCanceled",
      fileName,
      begin: () => void this.#begin(request, fileName),
    };
  }

  /** The CSMS can be reached again: it hears of the status that it missed. */
  connected(): void {
    if (this.#job !== null && !this.#job.isSaid) void this.#say(this.#job);
  }

  /** Ends what is under way, without a word. */
  stop(): void {
    this.#stop?.abort();
    this.#stop = null;
  }

  async #begin(request: LogRequest, fileName: string): Promise<void> {
    const canceled = this.#stop === null ? null : this.#job;
    this.stop();
    const stop = this.#stop = new AbortController();
    const run = { request, signal: stop.signal };
    // Of an upload that was called off only 2.x says so.
    if (canceled !== null) await this.#say({ ...canceled, status: "AcceptedCanceled" });
    try {
      await this.#enter(run, "Uploading");
      await this.#enter(run, await this.#upload(run, fileName));
    } catch (error) {
      this.#host.log.error("The upload of a log failed", { error: describeError(error) });
      await this.#enter(run, "UploadFailure");
    } finally {
      if (this.#stop === stop) this.#stop = null;
    }
  }

  async #upload({ request, signal }: Run, fileName: string): Promise<LogStatus> {
    const { log, clock, transfers } = this.#host;
    const folder = readLocation(request.location);
    if ("reason" in folder) {
      log.warn(`Cannot upload the ${request.kind}`, { error: folder.reason });
      return "NotSupportedOperation";
    }
    const location: Location = inFolder(folder, fileName);
    const file = { name: fileName, text: this.#file(request) };
    const options = { caCerts: this.#host.caCerts(), signal };
    const end = await withRetries(
      () => transfers.upload(location, file, options),
      request,
      { clock, log, signal },
    );
    const to = location.shown;
    if (end.kind === "done") {
      log.info(`The ${request.kind} is uploaded`, { to, bytes: end.bytes });
      return "Uploaded";
    }
    if ("message" in end) log.warn(`Cannot upload the ${request.kind}`, { to, error: end.message });
    return FAILURES[end.kind];
  }

  #file({ kind, from, to }: LogRequest): string {
    const { id } = this.#host;
    const time = (at: number | null, open: string) => at === null ? open : write(at);
    const head = `# ${kind} of ${id}, written ${write(this.#host.now())}, ` +
      `from ${time(from, "the beginning")} to ${time(to, "now")}\n`;
    return head + this.#host.collectLog(kind, from, to);
  }

  /** A new state, unless the upload was called off. */
  async #enter({ request, signal }: Run, status: LogStatus): Promise<void> {
    if (signal.aborted) return;
    this.#job = { request, status, isSaid: false };
    await this.#say(this.#job);
  }

  /** Remembers what a CSMS that cannot be reached now is still to hear. */
  async #say(job: LogJob): Promise<void> {
    const { status, request: { requestId } } = job;
    const { kind } = await this.#host.say("logStatus", { status, requestId });
    const isSaid = kind !== "offline" && kind !== "timeout";
    if (isSaid && this.#job === job) this.#job = { ...job, isSaid };
  }
}

function write(at: number): string {
  return new Date(at).toISOString();
}

/** One upload on its way. */
interface Run {
  readonly request: LogRequest;
  readonly signal: AbortSignal;
}
