import type { Clock } from "../../clock/mod.ts";
import { nodeCrypto } from "../../config/mod.ts";
import type { Log } from "../../log/mod.ts";
import { SignatureCheck, type Signing } from "./firmware_signature.ts";
import { versionIn } from "./firmware_version.ts";
import { readLocation } from "./location.ts";
import { type RetryPlan, withRetries } from "./retries.ts";
import type { Transfers } from "./transfers.ts";

/** A firmware to be fetched and installed. Plain JSON; times are milliseconds since 1970. */
export interface FirmwareRequest extends RetryPlan {
  /** `null` for the UpdateFirmware of plain 1.6. */
  readonly requestId: number | null;
  readonly location: string;
  readonly retrieveAt: number;
  /** `null`: as soon as it can be. */
  readonly installAt: number | null;
  /** `null`: nothing proves where it comes from. */
  readonly signing: Signing | null;
}

/** A firmware that was fetched. Its bytes are not kept. */
export interface FirmwareImage {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** What its location says of its version, if anything. */
  readonly version: string | null;
}

/** What {@link fetchFirmware} needs of the station. */
export interface FetchPorts {
  readonly log: Log;
  readonly clock: Pick<Clock, "sleep">;
  readonly transfers: Transfers;
  /** Authorities that a file server may have beside the usual ones, PEM. */
  caCerts(): readonly string[];
}

/** Fetches a firmware, and checks its signature if it has one. `null`: it could not; the log says why. */
export async function fetchFirmware(
  request: FirmwareRequest,
  ports: FetchPorts,
  signal: AbortSignal,
): Promise<{ readonly image: FirmwareImage; readonly isAuthentic: boolean } | null> {
  const { log, clock, transfers } = ports;
  const location = readLocation(request.location);
  if ("reason" in location) {
    log.warn("Cannot fetch the firmware", { error: location.reason });
    return null;
  }
  let sums = newSums(request);
  const options = { caCerts: ports.caCerts(), signal };
  const end = await withRetries(
    () => {
      sums = newSums(request);
      return transfers.download(location, (chunk) => {
        sums.hash.update(chunk);
        sums.check?.update(chunk);
      }, options);
    },
    request,
    { clock, log, signal },
  );
  if (end.kind === "aborted") return null;
  if (end.kind !== "done" || end.bytes === 0) {
    const error = end.kind === "done" ? "The file is empty" : end.message;
    log.warn("Cannot fetch the firmware", { from: location.shown, error });
    return null;
  }
  const sha256 = sums.hash.digest("hex");
  const image = { bytes: end.bytes, sha256, version: versionIn(location.url) };
  log.info("The firmware is fetched", { from: location.shown, ...image });
  return { image, isAuthentic: sums.check?.isValid() ?? true };
}

function newSums({ signing }: FirmwareRequest) {
  return {
    hash: nodeCrypto().createHash("sha256"),
    check: signing === null ? null : new SignatureCheck(signing),
  };
}
