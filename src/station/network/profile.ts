import type { ProtocolVersion } from "../../config/mod.ts";
import { stationUrl } from "../../connection/mod.ts";

/** How a CSMS is reached, as a configuration slot keeps it (2.x NetworkConnectionProfile). Plain JSON. */
export interface NetworkProfile {
  /** The station id is put into it. */
  readonly url: string;
  /** 0 to 3 (A00). */
  readonly securityProfile: number;
  readonly messageTimeoutS: number;
  readonly interface: string;
  /** What is offered there; `null`: all that the station speaks. */
  readonly versions: readonly ProtocolVersion[] | null;
  /** Of this slot alone (2.1); `null`: the station's. */
  readonly password: string | null;
}

/** The slots that a station has, as words: the values of NetworkConfigurationPriority. */
export const SLOTS: readonly string[] = Array.from({ length: 10 }, (_, slot) => String(slot));

/** Why a profile cannot be, whatever station it is for: a clause that begins with "it"; `null`: it can (B09.FR.02). */
export function contentFault(profile: NetworkProfile, stationId: string): string | null {
  const { url, securityProfile, messageTimeoutS, password } = profile;
  if (![0, 1, 2, 3].includes(securityProfile)) {
    return `it has security profile ${securityProfile}, and there are 1, 2 and 3`;
  }
  try {
    stationUrl(url, stationId);
  } catch (error) {
    return `it has no usable URL: ${error instanceof Error ? error.message : error}`;
  }
  const scheme = securityProfile >= 2 ? "wss:" : "ws:";
  if (new URL(url).protocol !== scheme) {
    return `its URL must start ${scheme}// for security profile ${securityProfile}`;
  }
  if (!Number.isInteger(messageTimeoutS) || messageTimeoutS < 1) {
    return `its messageTimeout must be at least 1 s, found: ${messageTimeoutS}`;
  }
  if (password !== null && !/^[\x20-\x7e]{16,64}$/.test(password)) {
    return "its basicAuthPassword must be 16 to 64 printable ASCII characters";
  }
  return null;
}
