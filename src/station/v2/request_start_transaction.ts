import type { Charger } from "../charger.ts";
import { obeys } from "../dialect.ts";
import type { ChargingProfile } from "../smart/profile.ts";
import { profileFault } from "../smart/profile_fault.ts";
import { profileLimits } from "../smart/profile_limits.ts";
import { evseFault } from "./evse.ts";
import { type ProfileRead, readProfile, unreadable } from "./charging_profile.ts";
import { isIdToken, readIdToken } from "./id_token.ts";
import { refusing } from "./status_info.ts";

/**
 * Starts a transaction for somebody who is not there, on an EVSE or on one of the station's choice
 * (F01, F02). A profile that comes along must be a TxProfile that can be followed (F01.FR.26).
 */
export const requestStartTransaction = obeys<"2.1", "RequestStartTransaction">(
  (station, request) => {
    const reject = refusing(station, "RequestStartTransaction", "Rejected");
    const { evseId = null, remoteStartId } = request;
    if (!isIdToken(request.idToken)) return reject("InvalidIdToken", "it has no idToken");
    const fault = evseId === null ? null : evseFault(station, evseId);
    if (fault !== null) return reject(...fault);
    const read = readTxProfile(station, request.chargingProfile);
    if ("why" in read) return reject(read.reasonCode, read.why);
    const why = station.remoteStart({
      connectorId: evseId,
      idToken: readIdToken(request.idToken),
      profile: read.profile,
      remoteStartId: Number.isSafeInteger(remoteStartId) ? remoteStartId : null,
    });
    if (why === null) return { status: "Accepted" };
    const isTaken = evseId !== null && station.connector(evseId)?.transaction !== null;
    return reject(isTaken ? "TxInProgress" : "Unspecified", why);
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
  const profile: ChargingProfile = { ...read.profile, transactionId: null };
  if (profile.purpose !== "TxProfile") {
    return unreadable("InvalidProfile", "its charging profile is not a TxProfile");
  }
  const fault = profileFault(profile, profileLimits(station.settings), station.now());
  return fault === null
    ? { profile }
    : unreadable("InvalidProfile", `its charging profile ${fault}`);
}
