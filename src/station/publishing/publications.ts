import type { Clock } from "../../clock/mod.ts";
import { nodeCrypto } from "../../config/mod.ts";
import type { Log } from "../../log/mod.ts";
import { readLocation } from "../service/location.ts";
import { type RetryPlan, withRetries } from "../service/retries.ts";
import type { Transfers } from "../service/transfers.ts";

/** How far the publishing of a firmware is (PublishFirmwareStatusEnumType, as far as it comes here). */
export type PublishStatus =
  | "ChecksumVerified"
  | "DownloadFailed"
  | "Downloaded"
  | "Downloading"
  | "Idle"
  | "InvalidChecksum"
  | "PublishFailed";

/** A firmware that is to be published in the local network. */
export interface PublishRequest extends RetryPlan {
  readonly requestId: number;
  readonly location: string;
  /** MD5 of the whole file, hexadecimal. */
  readonly checksum: string;
}

/** The station, as {@link Publications} see it. */
export interface PublishingOwner {
  readonly log: Log;
  readonly clock: Pick<Clock, "sleep">;
  readonly transfers: Transfers;
  /** Authorities that a file server may have beside the usual ones, PEM. */
  caCerts(): readonly string[];
  said(progress: { readonly status: PublishStatus; readonly requestId: number }): void;
}

/**
 * Firmware that a local controller offers to others (2.x L03, L04). It is really fetched and checked;
 * a station has no server of its own to offer it on, and says so with PublishFailed.
 */
export class Publications {
  readonly #owner: PublishingOwner;
  #running: { readonly stop: AbortController; readonly checksum: string } | null = null;
  #status: PublishStatus = "Idle";
  #requestId: number | null = null;

  constructor(owner: PublishingOwner) {
    this.#owner = owner;
  }

  /** How far the last request is; Idle once it is over. */
  get current(): { readonly status: PublishStatus; readonly requestId: number | null } {
    return this.#running === null
      ? { status: "Idle", requestId: null }
      : { status: this.#status, requestId: this.#requestId };
  }

  /** Whether one is under way, or with a checksum: that one. */
  isBusy(checksum: string | null = null): boolean {
    if (this.#running === null) return false;
    return checksum === null || this.#running.checksum === checksum.toLowerCase();
  }

  /** Fetches and checks it. What becomes of it is said step by step. */
  async publish(request: PublishRequest): Promise<void> {
    const stop = new AbortController();
    this.#running = { stop, checksum: request.checksum.toLowerCase() };
    this.#requestId = request.requestId;
    this.#say("Downloading");
    const found = await this.#fetch(request, stop.signal);
    if (stop.signal.aborted) return;
    if (found === null) this.#say("DownloadFailed");
    else {
      this.#say("Downloaded");
      if (found !== request.checksum.toLowerCase()) {
        this.#owner.log.warn("The firmware to publish has another checksum", { found });
        this.#say("InvalidChecksum");
      } else {
        this.#say("ChecksumVerified");
        this.#owner.log.warn("The firmware cannot be published: the station has no file server");
        this.#say("PublishFailed");
      }
    }
    this.#running = null;
  }

  stop(): void {
    this.#running?.stop.abort();
    this.#running = null;
  }

  /** The MD5 of the file; `null`: it could not be fetched. */
  async #fetch(request: PublishRequest, signal: AbortSignal): Promise<string | null> {
    const { log, clock, transfers } = this.#owner;
    const location = readLocation(request.location);
    if ("reason" in location) {
      log.warn("Cannot fetch the firmware to publish", { error: location.reason });
      return null;
    }
    let sum = nodeCrypto().createHash("md5");
    const options = { caCerts: this.#owner.caCerts(), signal };
    const end = await withRetries(
      () => {
        sum = nodeCrypto().createHash("md5");
        return transfers.download(location, (chunk) => sum.update(chunk), options);
      },
      request,
      { clock, log, signal },
    );
    if (end.kind === "done") return sum.digest("hex");
    if (end.kind !== "aborted") {
      const error = end.message;
      log.warn("Cannot fetch the firmware to publish", { from: location.shown, error });
    }
    return null;
  }

  #say(status: PublishStatus): void {
    this.#status = status;
    if (this.#requestId !== null) this.#owner.said({ status, requestId: this.#requestId });
  }
}
