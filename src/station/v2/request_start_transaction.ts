import type { Charger, RemoteRefusal } from "../charger.ts";
import { obeys } from "../dialect.ts";
import type { ChargingProfile } from "../smart/profile.ts";
import { profileFault } from "../smart/profile_fault.ts";
import { profileLimits } from "../smart/profile_limits.ts";
import { type ProfileRead, readProfile, unreadable } from "./charging_profile.ts";
import { evseFault } from "./evse.ts";
import { isIdToken, readIdToken } from "./id_token.ts";
import { type ReasonCode, refusing } from "./status_info.ts";

/** What stands in the way, in the words of part 2's appendix. */
const REASONS = {
  boot: "CSNotAccepted",
  "master-pass": "InvalidIdToken",
  "none-free": "Unspecified",
  "out-of-service": "Unspecified",
  reserved: "Unspecified",
  taken: "TxInProgress",
  unknown: "UnknownEvse",
} as const satisfies Record<RemoteRefusal["obstacle"], ReasonCode>;

/**
 * Starts a transaction for somebody who is not there, on an EVSE or on one of the station's choice
 * (F01, F02). A profile that comes along must be a TxProfile that can be followed (F01.FR.26).
 */
export const requestStartTransaction = obeys<"2.1", "RequestStartTransaction">(
  (station, request) => {
    const reject = refusing(station, "RequestStartTransaction", "Rejected");
    const { evseId = null, remoteStartId, groupIdToken } = request;
    if (!isIdToken(request.idToken)) return reject("InvalidIdToken", "it has no idToken");
    const fault = evseId === null ? null : evseFault(station, evseId);
    if (fault !== null) return reject(...fault);
    const read = readTxProfile(station, request.chargingProfile);
    if ("why" in read) return reject(read.reasonCode, read.why);
    const started = station.remoteStart({
      connectorId: evseId,
      idToken: readIdToken(request.idToken),
      groupId: isIdToken(groupIdToken) ? readIdToken(groupIdToken) : null,
      profile: read.profile,
      remoteStartId: Number.isSafeInteger(remoteStartId) ? remoteStartId : null,
    });
    if ("why" in started) return reject(REASONS[started.obstacle], started.why);
    // The cable came first: the transaction goes on with this token (F01).
    const { transaction = null } = station.connector(started.connectorId) ?? {};
    return transaction === null
      ? { status: "Accepted" }
      : { status: "Accepted", transactionId: transaction.id };
  },
);

/** The profile for the transaction that will start, whose id nobody knows yet. */
function readTxProfile(
  station: Charger,
  given: Parameters<typeof readProfile>[0] | undefined,
): ProfileRead | { readonly profile: null } {
  if (given === undefined) return { profile: null };
  const read = readProfile(given);
  if ("why" in read) return read;
  const profile: ChargingProfile = read.profile;
  if (profile.purpose !== "TxProfile") {
    return unreadable("InvalidProfile", "its charging profile is not a TxProfile");
  }
  if (profile.transactionId !== null) {
    const why =
      `its charging profile is for transaction "${profile.transactionId}", not for the next`;
    return unreadable("InvalidProfile", why);
  }
  const fault = profileFault(profile, profileLimits(station.settings), station.now());
  return fault === null
    ? { profile }
    : unreadable("InvalidProfile", `its charging profile ${fault}`);
}
